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
import dev.hearth.receipt.Barred;
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
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One task on one host: its loop, its attempts, and what is told and remembered of them. */
final class TaskOnHost {

  private static final String CENSORED_ITEM = "(censored due to no_log)";

  private final Services services;
  private final Task task;
  private final String host;
  private final Layers playScope;
  private final Consumer<Event> tell;
  private final Telling telling;
  private final BiFunction<String, List<Located>, List<Event>> notifying;
  private final Foresight foresight;
  private final List<TaskReport.Inclusion> inclusions = new ArrayList<>();
  private final List<Located> notified = new ArrayList<>();
  private ExitCode reason = ExitCode.HOSTS_FAILED;

  /**
   * @param playScope what the host sees in the play
   * @param tell takes what happens, in order
   * @param notifying what is said of a host's notifications
   * @param upcoming the tasks behind it
   */
  TaskOnHost(
      Services services,
      Task task,
      String host,
      Layers playScope,
      Consumer<Event> tell,
      BiFunction<String, List<Located>, List<Event>> notifying,
      Supplier<Iterator<Task>> upcoming) {
    this.notifying = notifying;
    this.foresight = Foresight.of(task, services, host, playScope, upcoming);
    this.services = services;
    this.task = task;
    this.host = host;
    this.playScope = playScope;
    this.tell = tell;
    this.telling = new Telling(services.templar(), task, host, tell);
  }

  /** Runs it, tells the result, remembers what was registered, and says how it went. */
  TaskReport run() throws InterruptedException {
    tell.accept(new Event.HostStarted(host));
    Layers scope = services.scopes().task(playScope, task.attributes(), task.context());
    Result result;
    Event.Status status;
    try {
      result = task.loop().isPresent() ? looped(task.loop().get(), scope) : once(scope);
      status = telling.status(result, scope);
    } catch (Unreachable lost) {
      telling.explain(lost.diagnostic());
      return gone(scope, lost.diagnostic());
    } catch (Barred refused) {
      refused.diagnostics().forEach(telling::explain);
      Result failure = Result.failure(refused.diagnostics().getFirst().summary());
      telling.gone(failure, Event.Status.FAILED, scope);
      return new TaskReport(
          host, failure, Event.Status.FAILED, List.of(), List.of(), refused.exit());
    }
    if (task.register().isPresent()) {
      Value.Dict registered = Registered.of(task, result);
      if (telling.keyword(Keyword.NO_LOG, scope)) {
        HiddenResult.tell(registered, services.secrets());
      }
      remember(Keywords.text(task.register().get().value()), registered);
    }
    return new TaskReport(host, result, status, inclusions, notified, reason);
  }

  private Result once(Layers scope) throws InterruptedException {
    Attempt.Done done = attempt(scope, Map.of(), foresight);
    tellNotified(done.result());
    telling.done(done, scope, Optional.empty(), false);
    done.inclusion().ifPresent(inclusions::add);
    return done.result();
  }

  private void tellNotified(Result result) {
    if (result.changed() && !result.failed() && !result.skipped()) {
      notifying.apply(host, notified).forEach(tell);
    }
  }

  private Result looped(Loop loop, Layers scope) throws InterruptedException {
    LoopItems items = new LoopItems(services.templar(), loop, task);
    try {
      Optional<List<Value>> evaluated = items.evaluate(scope);
      if (evaluated.isEmpty()) {
        // A condition skips it.
        return once(scope);
      }
      if (evaluated.get().isEmpty()) {
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
      tellNotified(sum);
      telling.done(
          new Attempt.Done(sum, List.of(), Optional.empty(), Optional.empty()),
          scope,
          Optional.empty(),
          true);
      return sum;
    } catch (TemplateFailure failure) {
      telling.explain(failure.diagnostic());
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
        telling.explain(unknown.diagnostic());
        done =
            done.with(
                done.result()
                    .failed(true)
                    .with(
                        "msg",
                        "Failed to template loop_control.label: "
                            + unknown.diagnostic().summary()));
      }
      telling.done(done, itemScope, Optional.of(label), false);
      Value shown = telling.keyword(Keyword.NO_LOG, itemScope) ? Value.text(CENSORED_ITEM) : label;
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
    telling.done(
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
      telling.explain(failure.diagnostic());
      return Attempt.Done.of(Result.failure(failure.diagnostic().summary()));
    } catch (Barred refused) {
      throw refused;
    } catch (HearthException failure) {
      failure.diagnostics().forEach(telling::explain);
      return Attempt.Done.of(Result.failure(failure.diagnostics().getFirst().summary()));
    } catch (BecomeRefused refused) {
      telling.explain(refused.diagnostic());
      reason = refused.diagnostic().exit();
      return Attempt.Done.of(Result.failure(refused.diagnostic().summary()));
    }
  }

  private TaskReport gone(Layers scope, Diagnostic lost) {
    boolean ignored = telling.keyword(Keyword.IGNORE_UNREACHABLE, scope);
    Result result = Result.ok().with("unreachable", true).with("msg", lost.summary());
    Event.Status status = ignored ? Event.Status.UNREACHABLE_IGNORED : Event.Status.UNREACHABLE;
    telling.gone(result, status, scope);
    if (ignored) {
      task.register()
          .ifPresent(name -> remember(Keywords.text(name.value()), Registered.single(result)));
    }
    return new TaskReport(host, result, status, List.of(), List.of(), lost.exit());
  }

  /** How the module was called is kept of a loop's items only, as in Ansible. */
  private void remember(String name, Value.Dict result) {
    Map<Value, Value> kept = new LinkedHashMap<>(result.entries());
    kept.remove(ModuleCall.KEY);
    Map<String, Variable> learnt = new LinkedHashMap<>();
    learnt.put(name, new Variable(new Value.Dict(kept), task.at(), Level.SET_FACT));
    services.memory().learn(host, known -> known.withSet(learnt));
  }
}
