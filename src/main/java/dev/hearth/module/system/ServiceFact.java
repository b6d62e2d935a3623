package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * Which service manager a host has and, for those that are not systemd, how one service stands.
 *
 * @param name the service
 * @param runlevel OpenRC's runlevel
 */
record ServiceFact(String name, String runlevel) implements Fact<ServiceFact.Answer> {

  private static final String PROBE =
      """
      if [ -d /run/systemd/system ] && command -v systemctl >/dev/null; then
        echo systemd
        exit 0
      fi
      if command -v rc-service >/dev/null; then
        echo openrc
        rc-service --exists "$1" && echo found
        rc-service "$1" status >/dev/null 2>&1 && echo running
        rc-update show "$2" 2>/dev/null | grep -q "^ *$1 |" && echo enabled
        exit 0
      fi
      echo sysvinit
      [ -x "/etc/init.d/$1" ] && echo found
      if [ -x "/etc/init.d/$1" ] && "/etc/init.d/$1" status >/dev/null 2>&1; then echo running; fi
      for l in /etc/rc[2345].d/S??"$1"; do
        if [ -e "$l" ]; then
          echo enabled
          break
        fi
      done
      exit 0
      """;

  /** The answer. */
  record Answer(String manager, boolean found, boolean running, boolean enabled) {}

  @Override
  public String key() {
    return "service " + name + " " + runlevel;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, name, runlevel);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    java.util.List<String> lines = answer.out().lines().toList();
    return new Answer(
        lines.isEmpty() ? "" : lines.getFirst(),
        lines.contains("found"),
        lines.contains("running"),
        lines.contains("enabled"));
  }
}
