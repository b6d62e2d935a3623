package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the host has of a list of paths below a directory, asked in one go however many they are.
 *
 * @param root the directory
 * @param paths relative to it
 */
record TreeContents(String root, List<String> paths) implements Fact<TreeContents.Listing> {

  private static final String PROBE =
      """
      printf 'umask %s\\nuser %s %s\\n' "$(umask)" "$(id -u)" "$(id -g)"
      cd -- "$1" 2>/dev/null || exit 0
      list=$(cat)
      each() {
        printf '%s\\n' "$list" | tr '\\n' '\\0' | xargs -0 "$@" 2>/dev/null
      }
      each stat -c 'stat %f %u %g %U %G %n' --
      each sha1sum --
      :
      """;

  /**
   * The answer.
   *
   * @param umask of the user on the host
   * @param uid of the user
   * @param gid of the user's first group
   * @param entries what exists, by path
   * @param sums SHA-1 of what is a file, by path
   */
  record Listing(
      int umask, long uid, long gid, Map<String, PathInfo> entries, Map<String, String> sums) {

    PathInfo at(String path) {
      return entries.getOrDefault(path, PathInfo.ABSENT);
    }

    Optional<String> sum(String path) {
      return Optional.ofNullable(sums.get(path));
    }
  }

  @Override
  public String key() {
    return "contents " + root;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, root).reading(Payload.of(Value.text(String.join("\n", paths) + "\n")));
  }

  @Override
  public Listing parse(Outcome.Exited answer) {
    int umask = 022;
    long uid = 0;
    long gid = 0;
    Map<String, PathInfo> entries = new HashMap<>();
    Map<String, String> sums = new HashMap<>();
    for (String line : answer.out().lines().toList()) {
      String[] parts = line.split(" ", 7);
      if (parts[0].equals("umask")) {
        umask = Integer.parseInt(parts[1], 8);
      } else if (parts[0].equals("user")) {
        uid = Long.parseLong(parts[1]);
        gid = Long.parseLong(parts[2]);
      } else if (parts[0].equals("stat") && parts.length == 7) {
        String properties = line.substring(5, line.length() - parts[6].length() - 1);
        entries.put(
            parts[6],
            new TreeAttributes(root).parse(Outcome.Exited.of(0, properties, "")).getFirst());
      } else if (line.length() > 42 && line.startsWith("  ", 40)) {
        sums.put(line.substring(42), line.substring(0, 40));
      } else if (line.length() > 43 && line.startsWith("\\")) {
        sums.put(line.substring(43).replace("\\\\", "\\"), line.substring(1, 41));
      } else {
        throw new UnreadableFact("the host described an entry below " + root + " as " + line);
      }
    }
    return new Listing(umask, uid, gid, entries, sums);
  }
}
