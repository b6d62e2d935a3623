package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/** The code name of the host's release, such as {@code noble}; empty when it has none. */
record CodenameFact() implements Fact<String> {

  private static final String PROBE =
      """
      VERSION_CODENAME=
      [ ! -f /etc/os-release ] || . /etc/os-release
      printf '%s\\n' "$VERSION_CODENAME"
      """;

  @Override
  public String key() {
    return "release codename";
  }

  @Override
  public Script probe() {
    return Script.of(PROBE);
  }

  @Override
  public String parse(Outcome.Exited answer) {
    return answer.out().strip();
  }
}
