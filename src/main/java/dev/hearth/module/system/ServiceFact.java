package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * Which service manager a host has and, for those that are not systemd, how one service stands.
 *
 * @param name the service
 * @param runlevel OpenRC's runlevel
 * @param pattern what the list of processes has when the service runs; empty to ask its script
 */
record ServiceFact(String name, String runlevel, String pattern)
    implements Fact<ServiceFact.Answer> {

  private static final String PROBE =
      """
      if [ -d /run/systemd/system ] && command -v systemctl >/dev/null; then
        echo systemd
        exit 0
      fi
      # runs PATTERN PROGRAM WORDS...: the list of processes, or else what the program says
      runs() {
        if [ -n "$1" ]; then
          all=$(ps auxww 2>/dev/null || ps)
          case $all in *"$1"*) echo running ;; esac
        else
          shift
          ! "$@" >/dev/null 2>&1 || echo running
        fi
      }
      if command -v rc-service >/dev/null; then
        echo openrc
        rc-service --exists "$1" && echo found
        runs "$3" rc-service "$1" status
        rc-update show "$2" 2>/dev/null | grep -q "^ *$1 |" && echo enabled
        exit 0
      fi
      echo sysvinit
      [ -x "/etc/init.d/$1" ] && echo found
      runs "$3" "/etc/init.d/$1" status
      enabled() {
        for l in /etc/rc$2.d/S??"$1"; do
          [ ! -e "$l" ] || return 0
        done
        return 1
      }
      case $2 in *[0-9]*) levels=$2 all=yes ;; *) levels='2 3 4 5' all=no ;; esac
      for r in $levels; do
        if enabled "$1" "$r"; then echo enabled; else all=no; fi
      done
      [ $all = no ] || echo everywhere
      exit 0
      """;

  /**
   * The answer.
   *
   * @param manager {@code systemd}, {@code openrc} or {@code sysvinit}
   * @param found whether there is such a service
   * @param running whether it runs
   * @param enabled whether it is started in any of the runlevels
   * @param everywhere whether it is started in each of the System V runlevels that were named
   */
  record Answer(
      String manager, boolean found, boolean running, boolean enabled, boolean everywhere) {}

  @Override
  public String key() {
    return "service " + name + " " + runlevel;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, name, runlevel, pattern);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    java.util.List<String> lines = answer.out().lines().toList();
    return new Answer(
        lines.isEmpty() ? "" : lines.getFirst(),
        lines.contains("found"),
        lines.contains("running"),
        lines.contains("enabled"),
        lines.contains("everywhere"));
  }
}
