package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells what a task made on one host: how it counts, how much of it is shown, and why it failed.
 */
final class Telling {

  /** So many lines of a module's standard error are shown. */
  private static final int LAST = 5;

  private final Templar templar;
  private final Task task;
  private final String host;
  private final Consumer<Event> tell;
  private boolean explained;

  Telling(Templar templar, Task task, String host, Consumer<Event> tell) {
    this.templar = templar;
    this.task = task;
    this.host = host;
    this.tell = tell;
  }

  /** What the module said, with the task's place. */
  private Diagnostic failure(Result result, boolean hidden) {
    String message =
        hidden
            ? "the output is hidden by no_log"
            : result.values().get("msg") instanceof Value.Text text
                ? text.value().strip()
                : "no message";
    Diagnostic finding =
        Diagnostic.error(
                task.action().at(), host + ": " + task.action().name() + " failed: " + message)
            .exit(ExitCode.HOSTS_FAILED);
    if (!hidden
        && result.values().get("stderr") instanceof Value.Text errors
        && !errors.value().isBlank()
        && !message.contains(errors.value().strip())) {
      List<String> lines = errors.value().strip().lines().toList();
      finding =
          finding.because(
              String.join("\n", lines.subList(Math.max(0, lines.size() - LAST), lines.size())));
    }
    return finding;
  }

  /** Tells why something went wrong. */
  void explain(Diagnostic diagnostic) {
    explained = true;
    tell.accept(new Event.Explained(host, diagnostic));
  }

  /**
   * Tells what came of an attempt.
   *
   * @param item for one item of a loop, what it is called
   * @param summary whether it is the sum of a loop
   */
  void done(Attempt.Done done, Layers scope, Optional<Value> item, boolean summary) {
    if (done.inclusion().isPresent() && !done.result().failed()) {
      return;
    }
    boolean hidden = keyword(Keyword.NO_LOG, scope);
    if (!summary && !explained && status(done.result(), scope) == Event.Status.FAILED) {
      explain(failure(done.result(), hidden));
    }
    explained = false;
    tell.accept(
        new Event.HostDone(
            host,
            done.delegate(),
            task.action().name(),
            done.result(),
            status(done.result(), scope),
            item,
            summary,
            done.diffs(),
            hidden,
            done.result().failed() && !hasWords(done.result())
                ? Event.Detail.WHEN_VERBOSE
                : detail(scope),
            Optional.of(task.at())));
  }

  /** Whether a failed result still says what its task is for. */
  private static boolean hasWords(Result result) {
    return result.values().containsKey("evaluated_to")
        || result.values().containsKey("failed_when_result");
  }

  /** How a result counts. */
  Event.Status status(Result result, Layers scope) {
    if (result.failed()) {
      return keyword(Keyword.IGNORE_ERRORS, scope) ? Event.Status.IGNORED : Event.Status.FAILED;
    }
    if (result.skipped()) {
      return Event.Status.SKIPPED;
    }
    return result.changed() ? Event.Status.CHANGED : Event.Status.OK;
  }

  /** What debug prints and what assert found is shown always, unless assert is to be quiet. */
  private Event.Detail detail(Layers scope) {
    return switch (task.action().name()) {
      case "ansible.builtin.debug" -> Event.Detail.ALWAYS;
      case "ansible.builtin.assert" -> {
        Located quiet = task.action().args().get("quiet");
        yield quiet != null && Keywords.bool(templar.resolve(quiet, scope), quiet.at())
            ? Event.Detail.WHEN_VERBOSE
            : Event.Detail.ALWAYS;
      }
      default -> Event.Detail.WHEN_VERBOSE;
    };
  }

  /**
   * A keyword that cannot be evaluated counts as what is safer: a hidden result, a failure that
   * stops.
   */
  boolean keyword(Keyword keyword, Layers scope) {
    try {
      return new Keywords(task.attributes(), templar, scope).is(keyword, false);
    } catch (TemplateFailure failure) {
      return keyword == Keyword.NO_LOG;
    }
  }

  /** Tells that nothing more can be done on the host: it is away, or another run has it. */
  void gone(Result result, Event.Status status, Layers scope) {
    tell.accept(
        new Event.HostDone(
            host,
            Optional.empty(),
            task.action().name(),
            result,
            status,
            Optional.empty(),
            false,
            List.of(),
            keyword(Keyword.NO_LOG, scope),
            Event.Detail.WHEN_VERBOSE,
            Optional.of(task.at())));
  }
}
