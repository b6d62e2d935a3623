package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What cannot mean anything where hosts do not wait for each other: with the strategies {@code
 * free} and {@code host_pinned}.
 */
final class Independence {

  private static final String ALONE =
      "with the strategies free and host_pinned every host goes through the play by itself";
  private static final String LINEAR = "use the strategy linear, or remove it";

  private Independence() {}

  /** What of a play has no effect. */
  static Optional<Diagnostic> check(Play play) {
    return play.maxFailPercentage()
        .map(
            most ->
                Diagnostic.warning(most.at(), "max_fail_percentage has no effect here")
                    .because(ALONE)
                    .next(LINEAR));
  }

  /**
   * What of a task has no effect.
   *
   * @param once whether it is to run once for all hosts
   * @param fatal whether its failure is to end the play
   * @throws dev.hearth.diag.HearthException when the task itself cannot run so
   */
  static List<Diagnostic> check(Task task, boolean once, boolean fatal) {
    if (Directives.speaksForAll(task)) {
      throw Diagnostic.error(
              task.action().at(), "'" + task.action().written() + "' acts once for all hosts")
          .because(ALONE + ", so it would be done again for each of them")
          .next("use the strategy linear for this play")
          .failure();
    }
    List<Diagnostic> warnings = new ArrayList<>();
    if (once) {
      warnings.add(
          Diagnostic.warning(
                  task.attributes().get(Keyword.RUN_ONCE).orElseThrow().at(),
                  "run_once has no effect here: the task runs on every host")
              .because(ALONE)
              .next(LINEAR));
    }
    if (fatal) {
      warnings.add(
          Diagnostic.warning(
                  task.attributes().get(Keyword.ANY_ERRORS_FATAL).orElseThrow().at(),
                  "any_errors_fatal has no effect here")
              .because(ALONE)
              .next(LINEAR));
    }
    return warnings;
  }
}
