package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * The host's package manager by ansible-core's name; empty when none is known.
 *
 * @param redHat whether only those of Red Hat's family count, which other hosts may have as well
 */
record PackageManagerFact(boolean redHat) implements Fact<String> {

  private static final String PROBE =
      """
      for p in $1 dnf5:dnf5 dnf:dnf yum:yum $2; do
        if command -v "${p%%:*}" >/dev/null; then
          echo "${p#*:}"
          break
        fi
      done
      """;

  @Override
  public String key() {
    return redHat ? "package manager of Red Hat's family" : "package manager";
  }

  @Override
  public Script probe() {
    return redHat
        ? Script.of(PROBE, "", "")
        : Script.of(PROBE, "apt-get:apt", "apk:apk pacman:pacman zypper:zypper");
  }

  @Override
  public String parse(Outcome.Exited answer) {
    return answer.out().strip();
  }
}
