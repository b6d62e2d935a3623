package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How packages stand on an Alpine host.
 *
 * @param names the packages
 * @param newest whether to look for newer versions as well
 */
record ApkFact(List<String> names, boolean newest) implements Fact<Map<String, String>> {

  private static final String PROBE =
      """
      newest=$1
      shift
      for p; do
        if ! apk info -e "$p" >/dev/null 2>&1; then
          echo "missing $p"
        elif [ "$newest" = yes ] && [ -n "$(apk version -q -l '<' "$p" 2>/dev/null)" ]; then
          echo "old $p"
        else
          echo "installed $p"
        fi
      done
      """;

  ApkFact {
    names = List.copyOf(names);
  }

  @Override
  public String key() {
    return "apk " + String.join(" ", names);
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(newest ? "yes" : "no"));
    words.addAll(names);
    return Script.of(PROBE, words.toArray(String[]::new));
  }

  /** {@code installed}, {@code old} or {@code missing} by name. */
  @Override
  public Map<String, String> parse(Outcome.Exited answer) {
    Map<String, String> states = new LinkedHashMap<>();
    for (String line : answer.out().lines().toList()) {
      int blank = line.indexOf(' ');
      states.put(line.substring(blank + 1), line.substring(0, blank));
    }
    return states;
  }
}
