package dev.hearth.module.system;

import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * How things of the system that are no files are told in one line, so that {@code diff} sees what
 * changed since. What changes by itself, such as an uptime, is not in it.
 */
final class SystemWatches {

  /** A unit that is still starting counts as running; of one that is to end that does not count. */
  private static final String UNIT =
      UnitFact.USER_BUS
          + """
          shown=$(systemctl "--$1" show -- "$2") || exit
          printf '%s\\n' "$shown" | awk -F= '
            { value[$1] = $2 }
            END {
              if (value["LoadState"] == "not-found") { print "not there"; exit }
              how = value["UnitFileState"] == "" ? "no unit file" : value["UnitFileState"]
              state = value["ActiveState"]
              if (state == "activating" && value["SubState"] == "auto-restart") state = "failing"
              else if (state ~ /^(active|reloading|activating|refreshing)$/) state = "running"
              else if (state ~ /^(inactive|deactivating)$/) state = "stopped"
              if (value["Type"] == "oneshot" && value["RemainAfterExit"] != "yes" && state != "failed") state = "runs to its end"
              print how ", " state
            }'
          """;

  private static final String SCRIPT =
      """
      if command -v rc-service >/dev/null; then set -- rc-service "$1" status
      elif command -v service >/dev/null; then set -- service "$1" status
      else set -- "/etc/init.d/$1" status
      fi
      if "$@" >/dev/null 2>&1; then echo running; else echo stopped; fi
      """;

  private static final String USER =
      """
      entry=$(getent passwd "$1" 2>/dev/null || grep -e "^$1:" /etc/passwd) || { echo absent; exit 0; }
      groups=$(id -Gn -- "$1" 2>/dev/null || id -Gn "$1")
      IFS=:
      set -f
      set -- $entry
      IFS=' '
      groups=$(printf '%s\\n' $groups | sort | tr '\\n' ' ')
      printf 'uid %s, gid %s, home %s, shell %s, groups %s\\n' "$3" "$4" "$6" "$7" "${groups% }"
      """;

  private static final String GROUP =
      """
      entry=$(getent group "$1" 2>/dev/null || grep -e "^$1:" /etc/group) || { echo absent; exit 0; }
      entry=${entry#*:*:}
      echo "gid ${entry%%:*}"
      """;

  private static final String TIMETABLE =
      """
      if [ -n "$1" ] && [ "$1" != "$(id -un)" ]; then set -- -u "$1"; else set --; fi
      jobs=$(crontab "$@" -l 2>/dev/null) && [ -n "$jobs" ] || { echo absent; exit 0; }
      echo "sha256 $(printf '%s\\n' "$jobs" | sha256sum | cut -c1-64)"
      """;

  private static final String SYSCTL =
      """
      PATH=$PATH:/usr/sbin:/sbin
      value=$(sysctl -n "$1" | tr -s '[:space:]' ' ') || exit
      echo "set to ${value% }"
      """;

  /** Its escapes are those of the kernel's table. */
  private static final String MOUNT =
      """
      path=$(printf '%s' "$1" | sed 's/\\\\/\\\\134/g; s/ /\\\\040/g; s/	/\\\\011/g')
      WANTED=$path awk '$2 == ENVIRON["WANTED"] { found = "mounted from " $1 ", " $3 } END { print found == "" ? "absent" : found }' /proc/self/mounts
      """;

  private static final String MODULE =
      """
      name=$(printf '%s' "$1" | tr - _)
      if [ -d "/sys/module/$name" ] || grep -q "^$name " /proc/modules; then echo loaded; else echo absent; fi
      """;

  private static final String NAME = "echo \"named $(cat /proc/sys/kernel/hostname)\"\n";

  private static final String HOLDS =
      """
      PATH=$PATH:/usr/sbin:/sbin
      command -v "$1" >/dev/null || exit 1
      if "$@" >/dev/null 2>&1; then echo there; else echo absent; fi
      """;

  private static final String POLICY =
      """
      PATH=$PATH:/usr/sbin:/sbin
      rules=$("$@") || exit
      printf '%s\\n' "$rules" | sed -n 's/^-P [^ ]* /policy /p'
      """;

  private SystemWatches() {}

  /**
   * A unit of systemd.
   *
   * @param scope {@code system} or {@code user}
   * @param name with its suffix or, of a service, without
   */
  static Undo.Watch unit(String scope, String name) {
    String whole = name.matches(".+\\.[a-z]+") ? name : name + ".service";
    return watch((scope.equals("user") ? "user unit " : "unit ") + whole, UNIT, scope, name);
  }

  /** A service of another manager than systemd. */
  static Undo.Watch script(String name) {
    return watch("service " + name, SCRIPT, name);
  }

  /** A user: numbers, home, shell and groups. */
  static Undo.Watch user(String name) {
    return watch("user " + name, USER, name);
  }

  /** A group's number; its members are told with the users. */
  static Undo.Watch group(String name) {
    return watch("group " + name, GROUP, name);
  }

  /**
   * A user's timetable of cron.
   *
   * @param user empty for the user that the task becomes
   */
  static Undo.Watch timetable(String user) {
    return watch("timetable" + (user.isEmpty() ? "" : " of " + user), TIMETABLE, user);
  }

  /** A setting of the kernel. */
  static Undo.Watch sysctl(String name) {
    return watch("sysctl " + name, SYSCTL, name);
  }

  /** What is mounted at a path. */
  static Undo.Watch mount(String path) {
    return watch("mount " + path, MOUNT, path);
  }

  /** A module of the kernel. */
  static Undo.Watch kernelModule(String name) {
    return watch("kernel module " + name, MODULE, name);
  }

  /** The host's name now. */
  static Undo.Watch hostname() {
    return watch("name of the host", NAME);
  }

  /**
   * Something that a command can be asked for, such as a rule of the firewall.
   *
   * @param what the thing
   * @param command ends with 0 when it is there
   */
  static Undo.Watch holds(String what, List<String> command) {
    return watch(what, HOLDS, command.toArray(String[]::new));
  }

  /**
   * The policy of a chain.
   *
   * @param what the chain
   * @param command prints the chain with its policy
   */
  static Undo.Watch policy(String what, List<String> command) {
    return watch(what, POLICY, command.toArray(String[]::new));
  }

  private static Undo.Watch watch(String what, String script, String... words) {
    return new Undo.Watch(what, Script.of(script, words));
  }
}
