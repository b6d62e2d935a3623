package dev.hearth.run;

import dev.hearth.connection.BecomeRefused;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Loop;
import dev.hearth.playbook.Task;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One task on one host: its loop, its attempts, and what is told and remembered of them. */
final class TaskOnHost {

  private static final String CENSORED_ITEM = "(censored due to no_log)";

  /** So many lines of a module's standard error are shown. */
  private static final int LAST = 5;

  private final Services services;
  private final Task task;
  private final String host;
  private final Layers playScope;
  private final Consumer<Event> tell;
  private final Foresight foresight;
  private final List<TaskReport.Inclusion> inclusions = new ArrayList<>();
  private final List<Located> notified = new ArrayList<>();
  private boolean explained;
  private ExitCode reason = ExitCode.HOSTS_FAILED;

  /**
   * @param playScope what the host sees in the play
   * @param tell takes what happens, in order
   * @param upcoming the tasks behind it
   */
  TaskOnHost(
      Services services,
      Task task,
      String host,
      Layers playScope,
      Consumer<Event> tell,
      Supplier<Iterator<Task>> upcoming) {
    this.foresight = Foresight.of(task, services, host, playScope, upcoming);
    this.services = services;
    this.task = task;
    this.host = host;
    this.playScope = playScope;
    this.tell = tell;
  }

  /** Runs it, tells the result, remembers what was registered, and says how it went. */
  TaskReport run() throws InterruptedException {
    tell.accept(new Event.HostStarted(host));
    Layers scope = services.scopes().task(playScope, task.attributes(), task.context());
    Result result;
    Event.Status status;
    try {
      result = task.loop().isPresent() ? looped(task.loop().get(), scope) : once(scope);
      status = status(result, scope);
    } catch (Unreachable lost) {
      explain(lost.diagnostic());
      return gone(scope, lost.diagnostic());
    }
    task.register()
        .ifPresent(
            name ->
                remember(
                    Keywords.text(name.value()),
                    task.loop().isPresent()
                        ? LoopItems.registered(result)
                        : Attempt.registered(result)));
    return new TaskReport(host, result, status, inclusions, notified, reason);
  }

  private Result once(Layers scope) throws InterruptedException {
    Attempt.Done done = attempt(scope, Map.of(), foresight);
    tellDone(done, scope, Optional.empty(), false);
    done.inclusion().ifPresent(inclusions::add);
    return done.result();
  }

  private Result looped(Loop loop, Layers scope) throws InterruptedException {
    LoopItems items = new LoopItems(services.templar(), loop, task);
    try {
      Optional<List<Value>> evaluated = items.evaluate(scope);
      if (evaluated.isEmpty() || evaluated.get().isEmpty()) {
        Result nothing =
            new Result(
                    false,
                    false,
                    true,
                    Map.of("skipped_reason", Value.text("No items in the list")))
                .with("results", new Value.Seq(List.of()));
        return told(nothing, scope);
      }
      Result sum = LoopItems.sum(each(items, evaluated.get(), scope));
      tellDone(
          new Attempt.Done(sum, List.of(), Optional.empty(), Optional.empty()),
          scope,
          Optional.empty(),
          true);
      return sum;
    } catch (TemplateFailure failure) {
      explain(failure.diagnostic());
      return told(Result.failure(failure.diagnostic().summary()), scope);
    }
  }

  private List<Result> each(LoopItems items, List<Value> all, Layers scope)
      throws InterruptedException {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Map<String, Value> locals = items.locals(all, i, scope);
      Layers itemScope = services.scopes().locals(knowing(scope), locals);
      if (i > 0) {
        items.pause(itemScope);
      }
      Attempt.Done done =
          items.marked(attempt(itemScope, locals, foresight(items, all, i, scope)), locals);
      Layers after = services.scopes().locals(itemScope, registered(done.result()));
      Value label = all.get(i);
      try {
        label = items.label(label, after);
      } catch (TemplateFailure unknown) {
        explain(unknown.diagnostic());
        done =
            done.with(
                done.result()
                    .failed(true)
                    .with(
                        "msg",
                        "Failed to template loop_control.label: "
                            + unknown.diagnostic().summary()));
      }
      tellDone(done, itemScope, Optional.of(label), false);
      Value shown = keyword(Keyword.NO_LOG, itemScope) ? Value.text(CENSORED_ITEM) : label;
      done.inclusion().map(each -> each.called(shown)).ifPresent(inclusions::add);
      results.add(done.result());
      if (items.stops(after)) {
        break;
      }
    }
    return results;
  }

  /** What comes behind an item of the loop. */
  private Foresight foresight(LoopItems items, List<Value> all, int index, Layers scope) {
    if (task.loop().orElseThrow().pause().isPresent()) {
      return Foresight.NONE;
    }
    Services careful = services.careful();
    return foresight.atItem(
        index,
        all.size(),
        item -> {
          Map<String, Value> locals = items.locals(all, item, scope);
          Layers itemScope = careful.scopes().locals(scope, locals);
          return new Attempt(careful, task, host, itemScope, locals, event -> {}, Foresight.NONE)
              .guess();
        });
  }

  /** An item of a loop sees what the items before it set. */
  private Layers knowing(Layers scope) {
    String action = task.action().name();
    if (!action.equals(Directives.SET_FACT) && !action.equals(Directives.INCLUDE_VARS)) {
      return scope;
    }
    HostMemory learnt = services.memory().of(host);
    return scope.with(Level.INCLUDE_VARS, learnt.included()).with(Level.SET_FACT, learnt.set());
  }

  private Map<String, Value> registered(Result result) {
    return task.register()
        .map(name -> Map.<String, Value>of(Keywords.text(name.value()), result.toValue()))
        .orElse(Map.of());
  }

  private Result told(Result result, Layers scope) {
    tellDone(
        new Attempt.Done(result, List.of(), Optional.empty(), Optional.empty()),
        scope,
        Optional.empty(),
        false);
    return result;
  }

  private Attempt.Done attempt(Layers scope, Map<String, Value> locals, Foresight behind)
      throws InterruptedException {
    try {
      Attempt.Done done = new Attempt(services, task, host, scope, locals, tell, behind).run();
      if (!done.result().skipped()) {
        task.notifies()
            .forEach(
                name ->
                    notified.add(new Located(services.templar().resolve(name, scope), name.at())));
      }
      return done;
    } catch (TemplateFailure failure) {
      explain(failure.diagnostic());
      return Attempt.Done.of(Result.failure(failure.diagnostic().summary()));
    } catch (HearthException failure) {
      failure.diagnostics().forEach(this::explain);
      if (failure.exit() == ExitCode.LOCKED) {
        reason = ExitCode.LOCKED;
      }
      return Attempt.Done.of(Result.failure(failure.diagnostics().getFirst().summary()));
    } catch (BecomeRefused refused) {
      explain(refused.diagnostic());
      reason = refused.diagnostic().exit();
      return Attempt.Done.of(Result.failure(refused.diagnostic().summary()));
    }
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

  private void explain(Diagnostic diagnostic) {
    explained = true;
    tell.accept(new Event.Explained(host, diagnostic));
  }

  private void tellDone(Attempt.Done done, Layers scope, Optional<Value> item, boolean summary) {
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

  private Event.Status status(Result result, Layers scope) {
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
        yield quiet != null && Keywords.bool(services.templar().resolve(quiet, scope), quiet.at())
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
  private boolean keyword(Keyword keyword, Layers scope) {
    try {
      return new Keywords(task.attributes(), services.templar(), scope).is(keyword, false);
    } catch (TemplateFailure failure) {
      return keyword == Keyword.NO_LOG;
    }
  }

  private TaskReport gone(Layers scope, Diagnostic lost) {
    boolean ignored = keyword(Keyword.IGNORE_UNREACHABLE, scope);
    Result result = Result.ok().with("unreachable", true).with("msg", lost.summary());
    Event.Status status = ignored ? Event.Status.UNREACHABLE_IGNORED : Event.Status.UNREACHABLE;
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
    if (ignored) {
      task.register()
          .ifPresent(name -> remember(Keywords.text(name.value()), Attempt.registered(result)));
    }
    return new TaskReport(host, result, status, List.of(), List.of(), lost.exit());
  }

  private void remember(String name, Value result) {
    Map<String, Variable> learnt = new LinkedHashMap<>();
    learnt.put(name, new Variable(result, task.at(), Level.SET_FACT));
    services.memory().learn(host, known -> known.withSet(learnt));
  }
}
