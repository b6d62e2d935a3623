package dev.hearth.connection;

import dev.hearth.shell.Script;
import java.time.Duration;

/**
 * Kills a worker and all that it runs. Needs neither {@code ps} nor {@code pkill}: it reads {@code
 * /proc} with the shell alone. Processes that detached themselves in an earlier task have another
 * parent by now and are left alone.
 */
final class ProcessTree {

  /** The longest that killing may take. */
  static final Duration LIMIT = Duration.ofSeconds(15);

  private static final String KILL =
      """
      table=
      for entry in /proc/[0-9]*; do
        IFS= read -r stat 2>/dev/null <"$entry/stat" || continue
        rest=${stat##*) }
        rest=${rest#* }
        table="$table ${entry#/proc/}:${rest%% *}"
      done
      kin=
      new=$1
      while [ -n "$new" ]; do
        found=
        for pair in $table; do
          case " $new " in *" ${pair#*:} "*) found="$found ${pair%%:*}" ;; esac
        done
        [ "$new" = "$1" ] || kin="$kin $new"
        new=${found# }
      done
      kill -KILL "$1" 2>/dev/null
      [ -n "$kin" ] || exit 0
      kill -TERM $kin 2>/dev/null
      for _ in 1 2 3 4 5 6 7 8 9 10; do
        alive=
        for pid in $kin; do
          if IFS= read -r stat 2>/dev/null <"/proc/$pid/stat"; then
            rest=${stat##*) }
            [ "${rest%% *}" = Z ] || alive="$alive $pid"
          fi
        done
        [ -n "$alive" ] || exit 0
        sleep 0.2 2>/dev/null || sleep 1
      done
      kill -KILL $alive 2>/dev/null
      exit 0
      """;

  private ProcessTree() {}

  /** The script that does it: first they are asked to end, two seconds later they are made to. */
  static Script killing(int worker) {
    return Script.of(KILL, Integer.toString(worker));
  }
}
