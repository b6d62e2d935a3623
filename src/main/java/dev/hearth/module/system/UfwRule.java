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
      printf '%s\\n' "$r" | grep -E '^(Skipping|Rule|Could not|ERROR|WARN)'
      exit $c
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
    return answer.out().lines().anyMatch(line -> line.startsWith("Rule"));
  }
}
