package dev.hearth.run;

import dev.hearth.module.Module;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One go at a task on one host, or at one item of its loop: conditions, arguments, the work itself
 * (again and again with {@code until}), and what {@code changed_when} and {@code failed_when} make
 * of it.
 */
final class Attempt {

  private static final double RETRY_DELAY = 5;
  private static final int RETRIES = 3;

  private final Services services;
  private final Task task;
  private final String host;
  private final Layers scope;
  private final Map<String, Value> locals;
  private final Consumer<Event> tell;
  private final Keywords keywords;

  /**
   * What came of it.
   *
   * @param delegate the host that did the work instead
   * @param inclusion what is to be included, for an include
   */
  record Done(
      Result result,
      List<ShownDiff> diffs,
      Optional<String> delegate,
      Optional<TaskReport.Inclusion> inclusion) {

    static Done of(Result result) {
      return new Done(result, List.of(), Optional.empty(), Optional.empty());
    }

    /** The same with another result. */
    Done with(Result other) {
      return new Done(other, diffs, delegate, inclusion);
    }
  }

  /** A result as it is registered: one that a condition skipped does not say that it is good. */
  static Value.Dict registered(Result result) {
    boolean byCondition =
        result.values().containsKey("skip_reason") || result.values().containsKey("skipped_reason");
    if (!result.skipped() || !byCondition) {
      return result.toValue();
    }
    Map<Value, Value> kept = new LinkedHashMap<>(result.toValue().entries());
    kept.remove(Value.text("failed"));
    return new Value.Dict(kept);
  }

  Attempt(
      Services services,
      Task task,
      String host,
      Layers scope,
      Map<String, Value> locals,
      Consumer<Event> tell) {
    this.services = services;
    this.task = task;
    this.host = host;
    this.scope = scope;
    this.locals = locals;
    this.tell = tell;
    this.keywords = new Keywords(task.attributes(), services.templar(), scope);
  }

  Done run() throws InterruptedException {
    for (Located condition : task.attributes().when()) {
      if (!services.templar().condition(condition, scope)) {
        return Done.of(
            new Result(
                false,
                false,
                true,
                Map.of(
                    "skip_reason", Value.text("Conditional result was False"),
                    "false_condition", shown(condition.value()))));
      }
    }
    Arguments arguments = Arguments.of(task, services, scope);
    if (Directives.includes(task.action().name())) {
      Value.Dict evaluated = Value.Dict.ofTexts(arguments.values());
      return new Done(
          Result.ok(),
          List.of(),
          Optional.empty(),
          Optional.of(
              new TaskReport.Inclusion(
                  evaluated, locals, Optional.ofNullable(locals.get(loopVar())))));
    }
    Optional<String> delegate = keywords.text(Keyword.DELEGATE_TO);
    return untilGood(arguments, delegate);
  }

  private String loopVar() {
    return task.loop().map(loop -> loop.loopVar()).orElse("item");
  }

  private Done untilGood(Arguments arguments, Optional<String> delegate)
      throws InterruptedException {
    int tries =
        task.until().isEmpty() && task.retries().isEmpty()
            ? 1
            : 1
                + Math.max(
                    0, task.retries().map(keywords::number).map(Double::intValue).orElse(RETRIES));
    double delay = task.delay().map(keywords::number).orElse(RETRY_DELAY);
    for (int attempt = 1; ; attempt++) {
      Done done = judged(work(arguments, delegate), delegate);
      if (tries == 1) {
        return done;
      }
      Result result = done.result().with("attempts", attempt);
      boolean good = task.until().isEmpty() ? !result.failed() : holds(task.until(), result);
      if (good) {
        return done.with(result);
      }
      if (attempt == tries) {
        // Ansible counts the retries here, not the tries; failed_when has the last word.
        Result last = result.with("attempts", Math.max(1, attempt - 1));
        return done.with(task.failedWhen().isEmpty() ? last.failed(true) : last);
      }
      tell.accept(
          new Event.Retrying(
              host,
              taskName(),
              tries - attempt,
              result.with("attempts", attempt).with("retries", tries),
              task.action().name().equals("ansible.builtin.debug")
                  ? Event.Detail.ALWAYS
                  : Event.Detail.WHEN_VERBOSE));
      Waiting.seconds(delay);
    }
  }

  private String taskName() {
    return Names.of(task, services.templar(), scope);
  }

  private Done work(Arguments arguments, Optional<String> delegate) throws InterruptedException {
    boolean check = keywords.is(Keyword.CHECK_MODE, services.options().check());
    boolean diff = keywords.is(Keyword.DIFF, services.options().diff());
    Optional<Module<?>> module = services.modules().find(task.action().name());
    if (module.isEmpty()) {
      Result result =
          new Directives(
                  services,
                  task,
                  host,
                  scope,
                  keywords,
                  arguments,
                  check,
                  why -> tell.accept(new Event.Explained(host, why)))
              .run();
      return new Done(result, List.of(), delegate, Optional.empty());
    }
    String worker = delegate.orElse(host);
    Layers access = delegate.isPresent() ? Delegation.scope(services, worker, scope) : scope;
    HostWork work = new HostWork(services, task, worker, scope, access, keywords);
    HostWork.Made made = work.carryOut(module.get(), arguments, check, diff);
    learnFacts(made.result(), delegate);
    return new Done(made.result(), made.diffs(), delegate, Optional.empty());
  }

  /**
   * Results with {@code ansible_facts} are remembered, for the host or for the one that did the
   * work.
   */
  private void learnFacts(Result result, Optional<String> delegate) {
    if (result.values().get("ansible_facts") instanceof Value.Dict facts) {
      String owner = keywords.is(Keyword.DELEGATE_FACTS, false) ? delegate.orElse(host) : host;
      Map<String, Value> learnt = new LinkedHashMap<>();
      facts.entries().forEach((name, value) -> learnt.put(Keywords.text(name), value));
      services.memory().learn(owner, known -> known.withFacts(learnt));
    }
  }

  private Done judged(Done done, Optional<String> delegate) {
    Result result = done.result();
    if (result.skipped()) {
      return done;
    }
    if (!task.changedWhen().isEmpty()) {
      result = result.changed(holds(task.changedWhen(), result));
    }
    if (!task.failedWhen().isEmpty()) {
      boolean failed = holds(task.failedWhen(), result);
      result = result.failed(failed).with("failed_when_result", failed);
    }
    return new Done(result, done.diffs(), delegate, Optional.empty());
  }

  private boolean holds(List<Located> conditions, Result result) {
    Map<String, Value> seen = new LinkedHashMap<>();
    task.register().ifPresent(name -> seen.put(Keywords.text(name.value()), result.toValue()));
    Layers judging = services.scopes().locals(scope, seen);
    return conditions.stream()
        .allMatch(condition -> services.templar().condition(condition, judging));
  }

  private static Value shown(Value condition) {
    return condition instanceof Value.Template template ? Value.text(template.source()) : condition;
  }
}
