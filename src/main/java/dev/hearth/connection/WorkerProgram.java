package dev.hearth.connection;

/**
 * The program that runs on the host: a POSIX {@code sh} loop that reads frames and answers them. It
 * is one line without quotes, exclamation marks or secrets, so that any login shell can start it.
 *
 * <p>A frame is a header line {@code NONCE LENGTH} ({@code -} for no input), the script's lines, a
 * line with the nonce alone, and LENGTH bytes of input with the nonce behind them, once for whoever
 * copies and, with a dot, once for the loop. Lines are read by the shell itself, which takes
 * exactly what it needs from a pipe; the input is copied by {@code dd}, because busybox's {@code
 * head} reads ahead. A script whose input was cut off never sees an end of it: it is killed. Where
 * the end of an input is not where it should be, the loop ends: what is left of it must never be
 * run. The answer, on both streams: the nonce on a line, what the script wrote, the nonce and the
 * exit status on a line.
 *
 * <p>With {@code +} for the length the script reads what else is sent, as it comes, and is the last
 * one: what it leaves unread must never be taken for a frame.
 *
 * <p>Every script runs in a subshell: what it does to variables, directory or file descriptors ends
 * with it. The loop ends when its input does; when the connection breaks under a script, a watcher
 * in the background ends the script ({@link ProcessTree#WATCH}), unless that is to go on ({@link
 * Connection#GOES_ON}). So nothing stays behind.
 */
final class WorkerProgram {

  private WorkerProgram() {}

  /** Set once: predictable messages, no terminal tricks, the system's programs in reach. */
  private static final String PREPARE =
      "umask 022; unset LANGUAGE; TERM=dumb; LC_ALL=C; if [ -d /usr/lib/locale/C.utf8 ] || [ -d"
          + " /usr/lib/locale/C.UTF-8 ]; then LC_ALL=C.UTF-8; fi; case :$PATH: in *:/usr/sbin:*) ;;"
          + " *) PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin ;; esac; export PATH TERM LC_ALL; if ["
          + " -r . ] && [ -x . ]; then :; else cd 2>/dev/null || cd /; fi; _h_e=$(printf \"\\n"
          + ".\"); _h_e=${_h_e%.}; _h_d=; ";

  private static final String RUN =
      "( eval \"unset _h_n _h_b _h_s _h_l _h_e _h_d _h_r$_h_e$_h_s\" )";

  /** Copies exactly that much of the input to the script; the slow way is exact everywhere. */
  private static final String COPY =
      "if [ -z \"$_h_d\" ]; then if dd bs=65536 count=0 iflag=fullblock,count_bytes </dev/null"
          + " >/dev/null 2>&1; then _h_d=fast; else _h_d=slow; fi; fi; { if [ $_h_d = fast ]; then"
          + " dd bs=65536 count=$_h_b iflag=fullblock,count_bytes 2>/dev/null; else dd bs=1"
          + " count=$_h_b 2>/dev/null; fi; IFS= read -r _h_l && [ \"$_h_l\" = \"$_h_n\" ] || { trap"
          + " \"\" TERM; _k_kill $$ 0; }; } | "
          // What the script leaves unread is taken away, or it would be read as the next frame.
          + "{ "
          + RUN
          + "; _h_r=$?; cat >/dev/null; exit $_h_r; }; _h_r=$?; "
          // Whoever copied may have been killed alone: the rest of the input is no frame.
          + "IFS= read -r _h_l && [ \"$_h_l\" = \"$_h_n.\" ] || exit 1";

  /**
   * The first word is the process that brought the connection, unless that is the parent. The
   * watcher is nobody's child and holds no stream, so that neither scripts nor sshd notice it.
   */
  private static final String WATCHED =
      "( ( set -- $$ ${1:-$PPID}; "
          + ProcessTree.WATCH
          + " ) </dev/null >/dev/null 2>&1 & ); set --; ";

  private static final String LOOP =
      "while IFS= read -r _h_n; do _h_b=${_h_n#* }; _h_n=${_h_n%% *}; _h_s=; "
          + "while :; do IFS= read -r _h_l || exit 0; "
          + "if [ \"$_h_l\" = \"$_h_n\" ]; then break; fi; _h_s=$_h_s$_h_l$_h_e; done; "
          + "echo \"$_h_n\"; echo \"$_h_n\" >&2; "
          + "case $_h_b in -) "
          + RUN
          + " </dev/null; _h_r=$? ;; +) "
          + RUN
          + "; _h_r=$? ;; *) "
          + COPY
          + " ;; esac; "
          + "echo \"$_h_n $_h_r\"; echo \"$_h_n $_h_r\" >&2; "
          + "if [ \"$_h_b\" = + ]; then exit 0; fi; done";

  /**
   * The program, which greets with this nonce and its process id as if that were a script's exit
   * status.
   */
  static String text(String greeting) {
    String hello =
        "echo "
            + greeting
            + "; echo \""
            + greeting
            + " $$\"; "
            + "echo "
            + greeting
            + " >&2; echo \""
            + greeting
            + " $$\" >&2; ";
    return PREPARE + hello + ProcessTree.FUNCTION + WATCHED + LOOP;
  }
}
