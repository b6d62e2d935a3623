package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.Optional;

/**
 * Where a program is; empty when the host has none of that name on its path.
 *
 * @param name the program
 */
public record WhichCommand(String name) implements Fact<Optional<String>> {

  @Override
  public String key() {
    return "which " + name;
  }

  @Override
  public Script probe() {
    return Script.of("PATH=$PATH:/usr/sbin:/sbin; command -v \"$1\"\n", name);
  }

  @Override
  public Optional<String> parse(Outcome.Exited answer) {
    String path = answer.out().strip();
    return answer.ok() && !path.isEmpty() ? Optional.of(path) : Optional.empty();
  }
}
