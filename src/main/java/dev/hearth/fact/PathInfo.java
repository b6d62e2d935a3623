package dev.hearth.fact;

/**
 * What the host says about one path.
 *
 * @param type what is there
 * @param mode permission bits and the three above them
 * @param uid number of the owner
 * @param gid number of the group
 * @param owner name of the owner, or the number when it has no name
 * @param group name of the group, or the number when it has no name
 * @param size in bytes
 * @param atime last access, seconds since 1970
 * @param mtime last modification, seconds since 1970
 * @param ctime last change of the inode, seconds since 1970
 * @param inode number
 * @param links how many names the inode has
 * @param device number
 */
public record PathInfo(
    Type type,
    int mode,
    long uid,
    long gid,
    String owner,
    String group,
    long size,
    long atime,
    long mtime,
    long ctime,
    long inode,
    long links,
    long device) {

  /** Kinds of files. */
  public enum Type {
    /** Nothing. */
    ABSENT,
    /** A regular file. */
    FILE,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link. */
    LINK,
    /** A device that is read by characters. */
    CHARACTER,
    /** A device that is read by blocks. */
    BLOCK,
    /** A named pipe. */
    FIFO,
    /** A socket. */
    SOCKET
  }

  /** Nothing there. */
  public static final PathInfo ABSENT =
      new PathInfo(Type.ABSENT, 0, -1, -1, "", "", 0, 0, 0, 0, 0, 0, 0);

  /** Whether there is anything. */
  public boolean exists() {
    return type != Type.ABSENT;
  }

  /** Whether it is a directory. */
  public boolean directory() {
    return type == Type.DIRECTORY;
  }

  /** Whether it is a regular file. */
  public boolean file() {
    return type == Type.FILE;
  }

  /** Whether it is a symbolic link. */
  public boolean link() {
    return type == Type.LINK;
  }

  /** The kind as Ansible's {@code state} says it. */
  public String state() {
    return switch (type) {
      case ABSENT -> "absent";
      case DIRECTORY -> "directory";
      case LINK -> "link";
      case FILE -> links > 1 ? "hard" : "file";
      default -> "file";
    };
  }

  /** Whether that owner, by name or number, owns it. */
  public boolean ownedBy(String nameOrNumber) {
    return owner.equals(nameOrNumber) || Long.toString(uid).equals(nameOrNumber);
  }

  /** Whether that group, by name or number, owns it. */
  public boolean groupedBy(String nameOrNumber) {
    return group.equals(nameOrNumber) || Long.toString(gid).equals(nameOrNumber);
  }

  /**
   * Reads one line of what {@link PathFact#DESCRIBE} prints.
   *
   * @throws UnreadableFact when it is no such line
   */
  public static PathInfo parse(String line) {
    String[] parts = line.strip().split(" ");
    if (parts[0].equals("absent")) {
      return ABSENT;
    }
    try {
      long uid = Long.parseLong(parts[2]);
      long gid = Long.parseLong(parts[3]);
      return new PathInfo(
          Type.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT)),
          Integer.parseInt(parts[1], 8),
          uid,
          gid,
          parts[4].equals("UNKNOWN") ? Long.toString(uid) : parts[4],
          parts[5].equals("UNKNOWN") ? Long.toString(gid) : parts[5],
          Long.parseLong(parts[6]),
          Long.parseLong(parts[7]),
          Long.parseLong(parts[8]),
          Long.parseLong(parts[9]),
          Long.parseLong(parts[10]),
          Long.parseLong(parts[11]),
          Long.parseLong(parts[12]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notUnderstood) {
      throw new UnreadableFact("the host described a path as '" + line + "'");
    }
  }
}
