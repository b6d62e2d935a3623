package dev.hearth.module.system;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * The copy of a timetable that {@code backup: true} leaves among the temporary files of the host,
 * named as Ansible names it, and how it goes away again.
 */
final class CrontabCopy {

  private static final String KEEP =
      """
      copy=$(mktemp "${TMPDIR:-/tmp}/crontabXXXXXX") && printf '%s' "$1" >"$copy" && echo "$copy" || exit
      shift
      """;

  /** A copy is told with its content, so that one that was changed since is another one. */
  private static final String LIST =
      """
      for copy in "${TMPDIR:-/tmp}"/crontab??????; do
        case ${copy##*/} in *[!A-Za-z0-9]*) continue ;; esac
        if [ -f "$copy" ] && [ -r "$copy" ] && [ ! -L "$copy" ]; then
          printf '%s %s\\n' "$copy" "$(sha256sum <"$copy" | cut -c 1-64)"
        fi
      done
      """;

  private static final String REMOVE =
      """
      for copy do
        rm -f -- "${copy% *}" || exit 1
      done
      """;

  private CrontabCopy() {}

  /**
   * The step with a copy made before it, whose name is the first line of what it writes. The copy
   * goes when the step is taken back, unless somebody has changed it since.
   *
   * @param text the timetable before the step
   */
  static Step before(Step step, String text) {
    Script script = step.script();
    List<Word> words = new ArrayList<>(List.of(Word.of(text)));
    words.addAll(script.words());
    return Step.change(
        step.what() + ", with a copy of the former one",
        new Script(
            KEEP + script.body(), words, script.input(), script.environment(), script.deadline()),
        new Undo.Several(
            List.of(step.undo(), new Undo.Appeared(Script.of(LIST), Script.of(REMOVE)))));
  }
}
