package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How packages stand on a host.
 *
 * @param tool the host's package manager
 * @param names the packages
 * @param newest whether to look for newer versions as well
 */
record PackageStatesFact(PackageTool tool, List<String> names, boolean newest)
    implements Fact<Map<String, String>> {

  PackageStatesFact {
    names = List.copyOf(names);
  }

  @Override
  public String key() {
    return tool.name() + " " + String.join(" ", names);
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(tool.name(), newest ? "yes" : "no"));
    words.addAll(names);
    return Script.of(PackageTool.THERE + tool.probe(), words.toArray(String[]::new));
  }

  /** {@code installed}, {@code old} or {@code missing} by name. */
  @Override
  public Map<String, String> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot ask for packages: " + answer.err().strip());
    }
    Map<String, String> states = new LinkedHashMap<>();
    for (String line : answer.out().lines().toList()) {
      int blank = line.indexOf(' ');
      states.put(line.substring(blank + 1), line.substring(0, blank));
    }
    return states;
  }
}
