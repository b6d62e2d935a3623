package dev.hearth.receipt;

/**
 * The shell text around a step that goes on when the connection breaks, and that which finds out
 * how it ended. The step's directory holds what it writes ({@code out}, {@code err}), its shell
 * ({@code shell}: process id and when it began) and, once it has ended, its exit status ({@code
 * exit}).
 */
final class ObservedScripts {

  /** The step's own text follows. */
  private static final String BEGIN =
      """
      _h_step() (
      exec 8<&-
      unset _h_p _h_b _h_a _h_u
      """;

  /** Goes before a step that is only done when what was there before was kept. */
  static final String GUARD =
      HostScripts.PLACE
          + """
          if [ ! -f "$_h_p/kept" ]; then
            echo 'what was there before could not be kept' >&2
            exit 121
          fi
          """
          + BEGIN;

  /** Goes before a step that keeps nothing. */
  static final String OBSERVE =
      HostScripts.PLACE
          + """
          [ -d "$_h_p" ] || (umask 077; exec mkdir -p -- "$_h_p") 2>/dev/null
          """
          + BEGIN;

  /**
   * Goes before a step of a run that takes things away, with Hearth's own directory among them
   * perhaps: nothing is put there.
   */
  static final String OBSERVE_APART =
      HostScripts.PLACE
          + HostScripts.APART
          + """
          [ -d "$_h_p" ] || (umask 077; exec mkdir -p -- "$_h_p") 2>/dev/null
          """
          + BEGIN;

  /**
   * Goes behind any of them: the step goes on when the connection breaks ({@link
   * dev.hearth.connection.Connection#GOES_ON}), and how it ended is kept until the run has noted
   * it. Its own text is a subshell, so it may {@code exit} and leaves nothing behind but files.
   */
  static final String END =
      """

      )
      _h_mark() {
        IFS= read -r _h_l <"/proc/$$/stat" && set -- ${_h_l##*) } && echo "$$ ${20}" >"$_h_p/shell" &&
        : >"$_h_p/out" && : >"$_h_p/err"
      }
      if { _h_mark; } 2>/dev/null; then
        exec 8<"$_h_p/shell"
        _h_step "$@" >"$_h_p/out" 2>"$_h_p/err"
        _h_r=$?
        { echo "$_h_r" >"$_h_p/exit"; } 2>/dev/null
        [ -s "$_h_p/exit" ] || echo "what it wrote could not be kept in $_h_p; is the disk full?" >&2
        [ ! -s "$_h_p/out" ] || cat -- "$_h_p/out"
        [ ! -s "$_h_p/err" ] || cat -- "$_h_p/err" >&2
        exit "$_h_r"
      fi
      _h_step "$@"
      """;

  /** Words: place, run, step. Ends as the step did, with what it wrote. */
  static final String ADOPT =
      HostScripts.PLACE
          + HostScripts.APART
          + """
          [ -s "$_h_p/exit" ] || exit 123
          cat -- "$_h_p/out"
          cat -- "$_h_p/err" >&2
          exit "$(cat -- "$_h_p/exit")"
          """;

  /** Nothing is known of how a step ended. */
  static final int NOT_SEEN = 123;

  /** A step goes on. */
  static final int GOES_ON = 124;

  /**
   * Words: place, run, step, seconds. Says whether it is known how the step ended; one that still
   * runs in its shell is waited for, so many seconds at most.
   */
  static final String SEEN =
      HostScripts.PLACE
          + HostScripts.APART
          + """
          shell='' start='' left=$(($1 * 5))
          { read -r shell start <"$_h_p/shell"; } 2>/dev/null
          while [ ! -s "$_h_p/exit" ] && [ -n "$start" ]; do
            { IFS= read -r line <"/proc/$shell/stat"; } 2>/dev/null || break
            set -- ${line##*) }
            [ "${20}" = "$start" ] && [ "$1" != Z ] && [ "$1" != X ] || break
            [ "$left" -gt 0 ] || exit 124
            left=$((left - 1))
            sleep 0.2 2>/dev/null || { sleep 1; left=$((left - 4)); }
          done
          [ -s "$_h_p/exit" ] || exit 123
          """;

  private ObservedScripts() {}
}
