package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * The packages of which a newer version is there.
 *
 * @param tool the host's package manager
 */
record UpgradableFact(PackageTool tool) implements Fact<List<String>> {

  @Override
  public String key() {
    return tool.name() + " upgradable";
  }

  @Override
  public Script probe() {
    return Script.of(tool.newer(), tool.name());
  }

  @Override
  public List<String> parse(Outcome.Exited answer) {
    return answer.out().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
