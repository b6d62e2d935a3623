package dev.hearth.connection;

import dev.hearth.shell.Script;
import java.time.Duration;

/**
 * Kills what a worker runs at the moment. Needs neither {@code ps} nor {@code pkill}: it reads
 * {@code /proc} with the shell alone.
 *
 * <p>Meant are the worker, all that descend from it, and what left the family (a process whose
 * parent has ended) but is of the worker's session and younger than the script that runs. What an
 * earlier script left running on purpose is older and stays.
 */
final class ProcessTree {

  /** The longest that killing may take. */
  static final Duration LIMIT = Duration.ofSeconds(15);

  /**
   * One line for any shell, without quotes and exclamation marks, see {@link WorkerProgram}. Takes
   * the worker's process id and a session that is certainly not the worker's own; where both share
   * one, as on a machine without setsid, only the family is killed. First they are asked to end,
   * two seconds later they are made to.
   */
  static final String KILL =
      String.join(
          " ",
          "_k_w=$1; _k_o=$2;",
          "IFS= read -r _k_m </proc/self/stat; _k_m=${_k_m%% *};",
          // Looked at again until nothing new is found: what is stopped starts nothing more. The
          // worker itself is not stopped, it waits for these; sudo and su would stop with it.
          "_k_y=-;",
          "while :; do",
          "_k_t=; _k_s=; _k_b=; _k_c=0;",
          "for _k_e in /proc/[0-9]*; do",
          "IFS= read -r _k_l 2>/dev/null <\"$_k_e/stat\" || continue;",
          "_k_p=${_k_e#/proc/};",
          "if [ \"$_k_p\" = \"$_k_m\" ]; then continue; fi;",
          // state, parent, group, session, ..., as the twentieth the time at which it began
          "set -- ${_k_l##*) };",
          "_k_t=\"$_k_t $_k_p:$2:$4:${20}\";",
          "if [ \"$_k_p\" = \"$_k_w\" ]; then _k_s=$4; fi;",
          "if [ \"$2\" = \"$_k_w\" ]; then",
          "if [ -z \"$_k_b\" ] || [ \"${20}\" -lt \"$_k_b\" ]; then _k_b=${20}; _k_c=$_k_p; fi;"
              + " fi;",
          "done;",
          "if [ \"$_k_s\" = \"$_k_o\" ]; then _k_b=; fi;",
          "_k_k=; _k_n=$_k_w;",
          "while [ -n \"$_k_n\" ]; do",
          "_k_f=;",
          "for _k_e in $_k_t; do",
          "_k_p=${_k_e%%:*}; _k_l=${_k_e#*:};",
          "case \" $_k_n \" in *\" ${_k_l%%:*} \"*) _k_f=\"$_k_f $_k_p\" ;; esac;",
          "done;",
          "if [ \"$_k_n\" = \"$_k_w\" ] && [ -n \"$_k_b\" ]; then",
          "for _k_e in $_k_t; do",
          "_k_p=${_k_e%%:*}; _k_l=${_k_e#*:*:};",
          // Times are told in hundredths of a second; within one the number tells who is younger.
          "if [ \"${_k_l#*:}\" = \"$_k_b\" ] && [ \"$_k_p\" -lt \"$_k_c\" ]; then continue; fi;",
          "if [ \"${_k_l%%:*}\" = \"$_k_s\" ] && [ \"${_k_l#*:}\" -ge \"$_k_b\" ]; then",
          "case \" $_k_f \" in *\" $_k_p \"*) ;; *) _k_f=\"$_k_f $_k_p\" ;; esac; fi;",
          "done; fi;",
          "_k_n=;",
          "for _k_p in $_k_f; do",
          "case \" $_k_k \" in *\" $_k_p \"*) ;; *) _k_n=\"$_k_n $_k_p\" ;; esac; done;",
          "_k_k=\"$_k_k$_k_n\"; _k_n=${_k_n# };",
          "done;",
          "if [ \"$_k_k\" = \"$_k_y\" ]; then break; fi;",
          "_k_y=$_k_k; kill -STOP $_k_k 2>/dev/null;",
          "done;",
          "kill -KILL $_k_w 2>/dev/null;",
          "if [ -z \"$_k_k\" ]; then exit 0; fi;",
          // All are ended before any of them goes on.
          "kill -TERM $_k_k 2>/dev/null; kill -CONT $_k_k 2>/dev/null;",
          "for _k_n in 1 2 3 4 5 6 7 8 9 10; do",
          "_k_f=;",
          "for _k_p in $_k_k; do",
          "if IFS= read -r _k_l 2>/dev/null <\"/proc/$_k_p/stat\"; then",
          "_k_l=${_k_l##*) };",
          "if [ \"${_k_l%% *}\" = Z ]; then :; else _k_f=\"$_k_f $_k_p\"; fi; fi;",
          "done;",
          "if [ -z \"$_k_f\" ]; then exit 0; fi;",
          "sleep 0.2 2>/dev/null || sleep 1;",
          "done;",
          "kill -KILL $_k_f 2>/dev/null;",
          "exit 0");

  /** Puts the session of the shell itself behind the first word. */
  private static final String OWN_SESSION =
      "_k_x=$1; IFS= read -r _k_l </proc/self/stat; set -- ${_k_l##*) }; set -- \"$_k_x\" \"$4\"; ";

  /** When the connection breaks meanwhile, the watcher gives it the time to finish. */
  private static final String STUBBORN = "trap \"\" TERM; ";

  private ProcessTree() {}

  /** The script that does it, for another worker of the same user. */
  static Script killing(int worker) {
    return Script.of(STUBBORN + OWN_SESSION + KILL, Integer.toString(worker));
  }

  /**
   * Takes a worker's process id. Ends with 0 when the worker does nothing: for some seconds it
   * sleeps, has no child and uses no time, so it waits for a frame.
   */
  private static final String IDLE =
      """
      before=
      for look in 1 2 3; do
        IFS= read -r line 2>/dev/null <"/proc/$1/stat" || exit 1
        worker=$1
        set -- ${line##*) }
        [ "$1" = S ] || exit 1
        used=${12}:${13}
        [ "$used" = "${before:-$used}" ] || exit 1
        before=$used
        set -- "$worker"
        for entry in /proc/[0-9]*/stat; do
          IFS= read -r line 2>/dev/null <"$entry" || continue
          line=${line##*) }
          line=${line#* }
          [ "${line%% *}" != "$1" ] || exit 1
        done
        sleep 1
      done
      """;

  /** The script that tells whether a worker waits for a frame, for another worker of its user. */
  static Script idle(int worker) {
    return Script.of(IDLE, Integer.toString(worker));
  }

  /** A function that kills, of the worker's process id and a session. */
  static final String FUNCTION = "_k_kill() { " + KILL + "; }; ";

  /**
   * A function that tells whether the worker runs something that is to go on without a connection:
   * the script that does holds the file {@link Connection#GOES_ON} open as its eighth descriptor,
   * and the file begins with the worker's process id.
   */
  private static final String GOES_ON =
      String.join(
          " ",
          "_k_on() {",
          "for _k_e in /proc/[0-9]*/fd/8; do",
          "if [ -f \"$_k_e\" ]; then :; else continue; fi;",
          "case $(readlink \"$_k_e\") in */" + Connection.GOES_ON + ") ;; *) continue ;; esac;",
          "{ read -r _k_p _k_l <\"$_k_e\"; } 2>/dev/null || continue;",
          "if [ \"$_k_p\" = \"$1\" ]; then return 0; fi;",
          "done;",
          "return 1; };");

  /**
   * A function that tells whether a process runs. One that has ended does not, even if its parent
   * has not asked how: in containers nobody may. One that cannot be looked at is taken for running.
   */
  private static final String LIVES =
      String.join(
          " ",
          "_k_live() {",
          "if [ -d \"/proc/$1\" ]; then :; else return 1; fi;",
          "{ IFS= read -r _k_l <\"/proc/$1/stat\"; } 2>/dev/null || return 0;",
          "case ${_k_l##*) } in Z*|X*) return 1 ;; esac; };");

  /**
   * Shell text that waits, in the background of the worker, until the process that brought the
   * connection is gone, and then, unless that is to go on, kills what the worker runs: nobody is
   * left who wants to know its outcome. Takes the worker's process id and that process's, and needs
   * {@link #FUNCTION}. It ends with the worker. Where that process was gone before it could be
   * looked at, its session is not known, and only the worker's family is killed.
   *
   * <p>The worker's streams have lost their reader by then. A shell whose child is killed tells so
   * on its standard error, and SIGPIPE would end it before its own trap for TERM runs. So they are
   * held open for reading meanwhile, where they are pipes that this user may open.
   */
  static final String WATCH =
      String.join(
          " ",
          "_k_w=$1; _k_o=$2;",
          "if IFS= read -r _k_l 2>/dev/null <\"/proc/$_k_o/stat\"; then",
          "set -- ${_k_l##*) }; _k_x=$4;",
          // It may be gone by now, or hidden from this user; a parent that is gone is another's.
          "elif [ $_k_o = $PPID ] && IFS= read -r _k_l 2>/dev/null <\"/proc/$_k_w/stat\"; then",
          "set -- ${_k_l##*) }; if [ $2 = $_k_o ]; then exit 0; fi; _k_x=$4;",
          "else exit 0; fi;",
          LIVES,
          GOES_ON,
          "while _k_live $_k_o || _k_on $_k_w; do",
          "_k_live $_k_w || exit 0;",
          "sleep 2 || exit 0;",
          "done;",
          "_k_kill $_k_w $_k_x 3</proc/$_k_w/fd/1 4</proc/$_k_w/fd/2;",
          // Where they could not be opened, it was not called.
          "_k_kill $_k_w $_k_x");
}
