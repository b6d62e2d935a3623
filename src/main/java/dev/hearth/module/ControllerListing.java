package dev.hearth.module;

import dev.hearth.shell.Payload;
import java.util.List;
import java.util.function.Supplier;

/**
 * A file of this machine, or a directory with all that is below it, exactly as it is there.
 *
 * @param name as the user wrote it (a trailing slash means: its content, not itself)
 * @param path where it was found
 * @param entries the file alone, or what is in the directory, parents first; the directory itself
 *     has an empty path
 */
public record ControllerListing(String name, String path, List<Entry> entries) {

  /** Keeps its own copy. */
  public ControllerListing {
    entries = List.copyOf(entries);
  }

  /** Whether it is a directory. */
  public boolean directory() {
    return entries.getFirst().path().isEmpty();
  }

  /** Kinds of entries; others, such as sockets, are left out. */
  public enum Kind {
    /** A directory. */
    DIRECTORY,
    /** A regular file. */
    FILE,
    /** A symbolic link. */
    LINK
  }

  /**
   * One of them.
   *
   * @param path relative to the directory
   * @param kind what it is
   * @param mode permission bits
   * @param owner name and number
   * @param group name and number
   * @param mtime last modification, seconds since 1970
   * @param target what a link says; empty for others
   * @param content what is in a file; nothing for others
   * @param sum its SHA-1, hex, made when somebody asks
   */
  public record Entry(
      String path,
      Kind kind,
      int mode,
      Account owner,
      Account group,
      long mtime,
      String target,
      Payload content,
      Supplier<String> sum) {}

  /**
   * An owner or a group.
   *
   * @param name the number when it has none
   * @param id its number here
   */
  public record Account(String name, long id) {}
}
