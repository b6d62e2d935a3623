package dev.hearth.fact;

/**
 * A path itself and, when it is a symbolic link, what it leads to.
 *
 * @param self the path, links not followed
 * @param target what a link says, as it says it; empty when it is none
 * @param followed what is at the end of all links; the same as {@code self} when it is no link
 */
public record PathStatus(PathInfo self, String target, PathInfo followed) {

  /** Nothing there. */
  public static final PathStatus ABSENT = new PathStatus(PathInfo.ABSENT, "", PathInfo.ABSENT);

  /** The one or the other. */
  public PathInfo info(boolean follow) {
    return follow ? followed : self;
  }

  /** Reads what {@link PathFact#DESCRIBE} prints. */
  public static PathStatus parse(String text) {
    String[] lines = text.split("\n", 3);
    PathInfo self = PathInfo.parse(lines[0]);
    if (!self.link() || lines.length < 3) {
      return new PathStatus(self, "", self);
    }
    String target =
        lines[2].endsWith("\n") ? lines[2].substring(0, lines[2].length() - 1) : lines[2];
    return new PathStatus(self, target, PathInfo.parse(lines[1]));
  }
}
