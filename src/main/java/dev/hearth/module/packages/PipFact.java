package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Python packages that a pip knows of.
 *
 * @param environment the directory of a virtual environment; empty for the host's own Python
 * @param executable another pip; empty for the usual one
 */
record PipFact(String environment, String executable) implements Fact<PipFact.Answer> {

  /** A shell function that sets {@code pip}: arguments are the environment and the executable. */
  static final String FIND =
      """
      find_pip() {
        if [ -n "$1" ]; then
          pip=$1/bin/pip3
          [ -x "$pip" ] || pip=$1/bin/pip
          [ -x "$pip" ]
        else
          pip=${2:-pip3}
          command -v "$pip" >/dev/null 2>&1
        fi
      }
      """;

  private static final String PROBE =
      FIND
          + """
          if [ -n "$1" ] && ! [ -e "$1/bin/activate" ]; then
            echo missing
            exit 0
          fi
          find_pip "$1" "$2" || {
            echo "there is no pip${1:+ in the virtual environment $1} on this host; install it first" >&2
            exit 1
          }
          cd /tmp || exit 1
          export LC_ALL=C PIP_DISABLE_PIP_VERSION_CHECK=1
          echo here
          "$pip" list --format=freeze 2>/dev/null || "$pip" freeze
          """;

  /**
   * The answer.
   *
   * @param exists whether the virtual environment is there
   * @param packages versions by name in normal form
   */
  record Answer(boolean exists, Map<String, String> packages) {}

  @Override
  public String key() {
    return "pip" + (environment.isEmpty() ? "" : " in " + environment);
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, environment, executable);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot list Python packages: " + answer.err().strip());
    }
    Map<String, String> packages = new LinkedHashMap<>();
    for (String line : answer.out().lines().toList()) {
      int sign = line.indexOf("==");
      if (sign > 0) {
        packages.put(
            PipRequirement.normal(line.substring(0, sign)), line.substring(sign + 2).strip());
      }
    }
    return new Answer(!answer.out().startsWith("missing"), packages);
  }
}
