package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.Map;
import java.util.TreeMap;

/**
 * The flags of a program's rights by their names.
 *
 * @param path the program
 */
record CapabilitiesFact(String path) implements Fact<Map<String, String>> {

  private static final String PROBE =
      """
      PATH=$PATH:/usr/sbin:/sbin
      if ! command -v getcap >/dev/null; then
        echo "getcap is not on this host; install libcap2-bin or libcap" >&2
        exit 1
      fi
      [ -e "$1" ] || { echo "there is no $1" >&2; exit 1; }
      exec getcap "$1"
      """;

  @Override
  public String key() {
    return "capabilities " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path);
  }

  /** The output is {@code PATH cap_a,cap_b=ep}, older ones {@code PATH = cap_a+ep}. */
  @Override
  public Map<String, String> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    Map<String, String> rights = new TreeMap<>();
    String line = answer.out().strip();
    if (!line.startsWith(path)) {
      return rights;
    }
    for (String clause :
        line.substring(path.length()).replaceFirst("^ *= ", " ").strip().split(" ")) {
      String[] parts = clause.split("[=+]", 2);
      if (parts.length == 2) {
        for (String name : parts[0].split(",")) {
          rights.put(
              name,
              parts[1]
                  .chars()
                  .sorted()
                  .collect(
                      StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                  .toString());
        }
      }
    }
    return rights;
  }
}
