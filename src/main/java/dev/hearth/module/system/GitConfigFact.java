package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of a setting of git.
 *
 * @param directory where git runs
 * @param place git's options for the place of the setting
 * @param name the setting
 */
record GitConfigFact(String directory, List<String> place, String name)
    implements Fact<List<String>> {

  private static final String PROBE =
      """
      if ! command -v git >/dev/null; then
        echo "git is not on this host; install it first" >&2
        exit 127
      fi
      if [ -n "$1" ]; then cd -- "$1" || exit 2; fi
      shift
      git config "$@"
      case $? in 0 | 1) exit 0 ;; *) exit 2 ;; esac
      """;

  @Override
  public String key() {
    return "git config " + name;
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(directory));
    words.addAll(place);
    words.addAll(List.of("--get-all", name));
    return Script.of(PROBE, words.toArray(String[]::new));
  }

  @Override
  public List<String> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot ask git: " + answer.err().strip());
    }
    return answer.out().lines().toList();
  }
}
