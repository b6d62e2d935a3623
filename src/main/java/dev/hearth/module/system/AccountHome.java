package dev.hearth.module.system;

import dev.hearth.fact.HostPath;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import java.util.List;

/** Home directories, where no program for accounts makes, moves or hands them over. */
final class AccountHome {

  private static final String MAKE =
      AccountFact.ENTRY
          + """
          e=$(entry passwd "$1") || exit
          h=$(printf '%s' "$e" | cut -d: -f6)
          owner=$(printf '%s' "$e" | cut -d: -f3,4)
          m=$3
          if [ -z "$m" ]; then m=$(sed -n 's/^[[:space:]]*UMASK[[:space:]]*//p' /etc/login.defs 2>/dev/null); fi
          umask "${m:-022}"
          mkdir -p -- "$h" || exit
          mode=
          [ -n "$3" ] ||
            mode=$(sed -n 's/^[[:space:]]*HOME_MODE[[:space:]]*//p' /etc/login.defs 2>/dev/null)
          [ -z "$mode" ] || chmod "$mode" "$h" || exit
          if [ -d "$2" ]; then cp -R "$2/." "$h/" || exit; fi
          chown -R "$owner" "$h"
          """;

  private static final String MOVE =
      """
      [ -d "$1" ] || exit 0
      if [ -e "$2" ]; then
        echo "$2 is there already" >&2
        exit 1
      fi
      case $2 in ?*/*) mkdir -p -- "${2%/*}" || exit ;; esac
      mv -- "$1" "$2"
      """;

  private static final String MOVE_BACK =
      "[ ! -d \"$1\" ] || [ -e \"$2\" ] || mv -- \"$1\" \"$2\"\n";

  private static final String HAND_OVER =
      """
      for f in "$1" "/var/mail/$2"; do
        [ ! -e "$f" ] || find "$f" -xdev -user "$3" -exec chown -h "$4" {} + || exit
      done
      """;

  private AccountHome() {}

  /**
   * Makes the home directory that the user database names, with what is in the skeleton.
   *
   * @param want whose
   * @param roots where it will be
   */
  static Step make(User.Args want, List<String> roots) {
    return Step.change(
        "make the home directory of " + want.name(),
        Script.of(MAKE, want.name(), want.skeleton().orElse("/etc/skel"), want.umask().orElse("")),
        new Undo.RestoreTrees(roots));
  }

  /** Moves a home directory; it fails when something is there already. */
  static Step move(String name, String from, String to) {
    return Step.change(
        "move the home directory of " + name,
        Script.of(MOVE, from, to),
        new Undo.Several(List.of(moveBack(from, to), Undo.restore(HostPath.directory(to)))));
  }

  /** Takes back what {@link #move}, or a program, did. */
  static Undo moveBack(String old, String fresh) {
    return new Undo.Run("move " + fresh + " back to " + old, Script.of(MOVE_BACK, fresh, old));
  }

  /** Gives what a user has in its home directory, and its mail, to its new number. */
  static Step handOver(String name, Account now, String uid) {
    String former = Long.toString(now.uid());
    return Step.change(
        "give the files of " + name + " to its new number",
        handOver(name, now.home(), former, uid),
        new Undo.Run(
            "give the files of " + name + " back to its former number",
            handOver(name, now.home(), uid, former)));
  }

  private static Script handOver(String name, String home, String from, String to) {
    return Script.of(HAND_OVER, home, name, from, to);
  }
}
