package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.module.Refusal;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * Whether a rule would change anything, as ufw itself says when it only pretends.
 *
 * @param words the rule as ufw's command line takes it
 */
record UfwRule(List<String> words) implements Fact<Boolean> {

  private static final String PROBE =
      """
      if ! command -v ufw >/dev/null; then
        echo "ufw is not on this host; install it first" >&2
        exit 1
      fi
      LC_ALL=C
      export LC_ALL
      r=$(ufw --dry-run "$@" </dev/null 2>&1)
      c=$?
      if [ $c -ne 0 ]; then
        printf '%s\\n' "$r" >&2
        exit $c
      fi
      printf '%s\\n' "$r" | sed -n \\
        -e 's/^:ufw-user-input .*/family 4/p' -e 's/^:ufw6-user-input .*/family 6/p' -e 's/^### tuple ###/then/p'
      for d in /etc/ufw /lib/ufw /var/lib/ufw; do
        sed -n 's/^### tuple ###/now/p' $d/user.rules $d/user6.rules 2>/dev/null
      done
      exit 0
      """;

  UfwRule {
    words = List.copyOf(words);
  }

  @Override
  public String key() {
    return "ufw rule " + String.join(" ", words);
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, words.toArray(String[]::new));
  }

  @Override
  public Boolean parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      String said = answer.err().isBlank() ? answer.out().strip() : answer.err().strip();
      throw new Refusal("ufw refuses this rule: " + said);
    }
    List<String> lines = answer.out().lines().toList();
    return (lines.contains("family 4") && differ(lines, false))
        || (lines.contains("family 6") && differ(lines, true));
  }

  /** Whether the rules of one family would be others than now. */
  private static boolean differ(List<String> lines, boolean six) {
    return !tuples(lines, "now ", six).equals(tuples(lines, "then ", six));
  }

  private static List<String> tuples(List<String> lines, String start, boolean six) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .filter(tuple -> six == six(tuple))
        .toList();
  }

  /** A tuple is: action, protocol, port, address, port, address, and more. */
  private static boolean six(String tuple) {
    String[] words = tuple.split(" ", -1);
    return words.length > 5 && (words[3].contains(":") || words[5].contains(":"));
  }
}
