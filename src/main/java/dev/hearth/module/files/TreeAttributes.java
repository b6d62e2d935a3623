package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kind, mode, owner and group of everything below a directory, the directory included, links not
 * followed. Of any number of entries with the same properties only one is told.
 *
 * @param path the directory
 */
record TreeAttributes(String path) implements Fact<List<PathInfo>> {

  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{4}) ([0-9]+) ([0-9]+) (\\S+) (\\S+)");

  private static final String PROBE =
      """
      [ -d "$1" ] || exit 0
      cd -- "$1" && find . -exec stat -c '%f %u %g %U %G' -- {} + | sort -u
      """;

  @Override
  public String key() {
    return "tree " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path);
  }

  @Override
  public List<PathInfo> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot look below " + path + ": " + answer.err().strip());
    }
    List<PathInfo> all = new ArrayList<>();
    for (String line : answer.out().lines().toList()) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new UnreadableFact("the host described an entry below " + path + " as " + line);
      }
      int raw = Integer.parseInt(parts.group(1), 16);
      long uid = Long.parseLong(parts.group(2));
      long gid = Long.parseLong(parts.group(3));
      String owner = parts.group(4).equals("UNKNOWN") ? Long.toString(uid) : parts.group(4);
      String group = parts.group(5).equals("UNKNOWN") ? Long.toString(gid) : parts.group(5);
      all.add(
          new PathInfo(
              type(raw & 0170000), raw & 07777, uid, gid, owner, group, 0, 0, 0, 0, 0, 1, 0));
    }
    return List.copyOf(all);
  }

  private static PathInfo.Type type(int format) {
    return switch (format) {
      case 0040000 -> PathInfo.Type.DIRECTORY;
      case 0120000 -> PathInfo.Type.LINK;
      case 0020000 -> PathInfo.Type.CHARACTER;
      case 0060000 -> PathInfo.Type.BLOCK;
      case 0010000 -> PathInfo.Type.FIFO;
      case 0140000 -> PathInfo.Type.SOCKET;
      default -> PathInfo.Type.FILE;
    };
  }
}
