package dev.hearth.module.storage;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done with Open-iSCSI. */
final class IscsiSteps {

  private static final String RUN =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      exec iscsiadm "$@" </dev/null
      """;

  /** Existing records keep their settings; those of targets that are gone go. */
  private static final String DISCOVER =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      exec iscsiadm --mode discovery --type sendtargets --portal "$1" --op new --op delete </dev/null >/dev/null
      """;

  private static final String FORGET =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      portal=$1
      shift
      for target; do
        iscsiadm --mode node --targetname "$target" --portal "$portal" --op delete </dev/null || exit
      done
      """;

  /**
   * iscsiadm takes a password as an argument only, where every user of the host could read it, so
   * it is written into the target's records themselves: names in {@code $2}, the values on standard
   * input, in the same order.
   */
  private static final String CREDENTIALS =
      """
      found=
      for base in /var/lib/iscsi/nodes /etc/iscsi/nodes; do
        [ -d "$base/$1" ] || continue
        found=$base/$1
      done
      if [ -z "$found" ]; then
        echo "there is no record of $1 below /var/lib/iscsi or /etc/iscsi" >&2
        exit 1
      fi
      umask 077
      target=$1
      shift
      settings=
      for name; do
        IFS= read -r value || exit 1
        settings="$settings$name = $value
      "
      done
      find "$found" -type f ! -name '*.hearth' | while IFS= read -r file; do
        new=$file.hearth
        while IFS= read -r line; do
          for name; do
            case $line in "$name = "*) continue 2 ;; esac
          done
          case $line in '# END RECORD'*) printf '%s' "$settings" ;; esac
          printf '%s\\n' "$line"
        done <"$file" >"$new" || exit 1
        sync "$new" 2>/dev/null
        mv -f "$new" "$file" || exit 1
      done
      """;

  /** A target that lets us in as one of several only is no error for the others. */
  private static final String LOGIN =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      several=$1
      target=$2
      shift 2
      iscsiadm --mode node --targetname "$target" --login "$@" </dev/null >/dev/null
      code=$?
      if [ "$code" -eq 24 ] && [ -n "$several" ]; then
        echo refused
        exit 0
      fi
      [ "$code" -eq 0 ] || exit "$code"
      udevadm settle --timeout=10 2>/dev/null || sleep 1
      for link in /dev/disk/by-path/*-iscsi-"$target"-lun-*; do
        case $link in *-part*) continue ;; esac
        [ ! -e "$link" ] || printf 'disk %s\\n' "$(readlink -f "$link")"
      done
      """;

  private IscsiSteps() {}

  static Step discover(String portal, List<String> fresh, List<String> gone) {
    List<String> words = new ArrayList<>(List.of(portal));
    words.addAll(fresh);
    return Step.change(
        "learn the targets of " + portal,
        Script.of(DISCOVER, portal),
        gone.isEmpty()
            ? new Undo.Run(
                "forget " + String.join(", ", fresh),
                Script.of(FORGET, words.toArray(String[]::new)))
            : new Undo.Impossible("the records of " + String.join(", ", gone) + " are gone"));
  }

  static Step credentials(String target, List<String> names, List<Value.Textual> values) {
    StringBuilder lines = new StringBuilder();
    values.forEach(value -> lines.append(value.reveal()).append('\n'));
    List<String> words = new ArrayList<>(List.of(target));
    words.addAll(names);
    return Step.change(
        "tell the credentials of " + target,
        Script.of(CREDENTIALS, words.toArray(String[]::new))
            .reading(Payload.of(new Value.Secret(lines.toString()))),
        new Undo.Impossible("iscsiadm does not tell which credentials were there before"));
  }

  static Step login(String target, Optional<String> portal, boolean several) {
    List<String> words = new ArrayList<>(List.of(several ? "several" : "", target));
    portal.ifPresent(it -> words.addAll(List.of("--portal", it)));
    return Step.change(
        "connect " + target,
        Script.of(LOGIN, words.toArray(String[]::new)),
        new Undo.Run(
            "disconnect " + target,
            Script.of(RUN, "--mode", "node", "--targetname", target, "--logout")));
  }

  static Step logout(String target) {
    return Step.change(
        "disconnect " + target,
        Script.of(RUN, "--mode", "node", "--targetname", target, "--logout"),
        new Undo.Run(
            "connect " + target,
            Script.of(RUN, "--mode", "node", "--targetname", target, "--login")));
  }

  static Step startup(String target, Optional<String> portal, boolean automatic) {
    String now = automatic ? "automatic" : "manual";
    String before = automatic ? "manual" : "automatic";
    return Step.change(
        "make the start of " + target + " " + now,
        Script.of(RUN, words(target, portal, now)),
        new Undo.Run(
            "make the start of " + target + " " + before,
            Script.of(RUN, words(target, portal, before))));
  }

  private static String[] words(String target, Optional<String> portal, String startup) {
    List<String> words = new ArrayList<>(List.of("--mode", "node", "--targetname", target));
    portal.ifPresent(it -> words.addAll(List.of("--portal", it)));
    words.addAll(List.of("--op", "update", "--name", "node.startup", "--value", startup));
    return words.toArray(String[]::new);
  }

  static Step rescan(Optional<String> target) {
    return Step.change(
        "look for new disks of " + target.orElse("all sessions"),
        target
            .map(name -> Script.of(RUN, "--mode", "node", "--rescan", "-T", name))
            .orElseGet(() -> Script.of(RUN, "--mode", "session", "--rescan")),
        Undo.momentary());
  }
}
