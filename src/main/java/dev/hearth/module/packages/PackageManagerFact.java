package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/** The host's package manager by ansible-core's name; empty when none is known. */
record PackageManagerFact() implements Fact<String> {

  private static final String PROBE =
      """
      for p in apt-get:apt dnf5:dnf5 dnf:dnf yum:yum apk:apk pacman:pacman zypper:zypper; do
        if command -v "${p%%:*}" >/dev/null; then
          echo "${p#*:}"
          break
        fi
      done
      """;

  @Override
  public String key() {
    return "package manager";
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
