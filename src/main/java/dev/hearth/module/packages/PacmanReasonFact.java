package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of some packages are installed for another reason.
 *
 * @param command the host's pacman
 * @param names packages or groups
 * @param explicit whether they should be there for themselves, not for others
 */
record PacmanReasonFact(String command, List<String> names, boolean explicit)
    implements Fact<List<String>> {

  private static final String PROBE =
      """
      pacman=$1 query=$2
      shift 2
      for p; do
        n=$("$pacman" -Sgq -- "$p" 2>/dev/null) || n=
        # The names of a group's packages are words.
        for q in ${n:-"$p"}; do "$pacman" "$query" -- "$q" 2>/dev/null; done
      done
      exit 0
      """;

  PacmanReasonFact {
    names = List.copyOf(names);
  }

  @Override
  public String key() {
    return command + (explicit ? " dependencies " : " explicit ") + String.join(" ", names);
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(command, explicit ? "-Qqd" : "-Qqe"));
    words.addAll(names);
    return Script.of(PROBE, words.toArray(String[]::new));
  }

  @Override
  public List<String> parse(Outcome.Exited answer) {
    return answer.out().lines().toList();
  }
}
