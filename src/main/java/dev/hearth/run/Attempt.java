package dev.hearth.run;

import dev.hearth.module.Module;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.PythonModule;
import dev.hearth.playbook.Task;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One go at a task on one host, or at one item of its loop: conditions, arguments, the work itself
 * (again and again with {@code until}), and what {@code changed_when} and {@code failed_when} make
 * of it.
 */
final class Attempt {

  /** Directives during which a host may become another one. */
  private static final Set<String> TAKES_TIME =
      Set.of("ansible.builtin.pause", "ansible.builtin.wait_for_connection");

  private static final Set<String> LOCALHOSTS = Set.of("127.0.0.1", "::1", "localhost");

  /** So much verbosity shows how modules were called. */
  private static final int INVOCATION = 3;

  private static final double RETRY_DELAY = 5;
  private static final int RETRIES = 3;

  private final Services services;
  private final Task task;
  private final String host;
  private final Layers scope;
  private final Map<String, Value> locals;
  private final Consumer<Event> tell;
  private final Foresight foresight;
  private final Keywords keywords;
  private final ConnectionVariables connection;

  /** The host that does the work instead; empty when the task's own host does. */
  private final Optional<String> delegate;

  /** The variables that say how to get into the host that does the work. */
  private final Layers access;

  /**
   * What came of it.
   *
   * @param delegate the host that did the work instead, as the output names it
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

  /**
   * @param foresight what comes behind it
   */
  Attempt(
      Services services,
      Task task,
      String host,
      Layers scope,
      Map<String, Value> locals,
      Consumer<Event> tell,
      Foresight foresight) {
    this.foresight = foresight;
    this.services = services;
    this.task = task;
    this.host = host;
    this.locals = locals;
    this.tell = tell;
    Keywords own = new Keywords(task.attributes(), services.templar(), scope);
    this.delegate = own.text(Keyword.DELEGATE_TO);
    this.access = delegate.map(worker -> Delegation.scope(services, worker, scope)).orElse(scope);
    this.connection = new ConnectionVariables(services.templar(), services.options().connection());
    this.scope = withDelegated(connection.added(scope, own, delegate.orElse(host), access));
    this.keywords = new Keywords(task.attributes(), services.templar(), this.scope);
  }

  /** The variables of the host that does the work, as {@code ansible_delegated_vars}. */
  private Layers withDelegated(Layers own) {
    return delegate
        .map(
            worker -> {
              Map<String, Value> told = new LinkedHashMap<>();
              told.put("inventory_hostname", Value.text(host));
              if (access.find("ansible_host") == null && access.find("ansible_ssh_host") == null) {
                told.put("ansible_host", Value.text(worker));
              }
              Layers theirs = services.scopes().locals(access, told);
              return services
                  .scopes()
                  .locals(
                      own,
                      Map.of(
                          "ansible_delegated_vars",
                          Value.Dict.ofTexts(Map.of(worker, services.templar().view(theirs)))));
            })
        .orElse(own);
  }

  Done run() throws InterruptedException {
    for (Located condition : task.attributes().when()) {
      if (!services.templar().condition(condition, scope)) {
        return Done.of(
            new Result(false, false, true, Map.of())
                .with("skip_reason", "Conditional result was False")
                .with("false_condition", Keywords.asWritten(condition.value())));
      }
    }
    Arguments arguments = Arguments.of(task, services, scope);
    if (Directives.includes(task.action().name())) {
      Value.Dict evaluated = Value.Dict.ofTexts(arguments.values());
      return new Done(
          included(arguments.values()),
          List.of(),
          Optional.empty(),
          Optional.of(
              new TaskReport.Inclusion(
                  evaluated, locals, Optional.ofNullable(locals.get(loopVar())))));
    }
    return untilGood(arguments);
  }

  /** What it will ask of its host, without doing anything. */
  Foresight.Guess guess() {
    if (delegate.isPresent() || keywords.is(Keyword.RUN_ONCE, false)) {
      return Foresight.Guess.UNKNOWN;
    }
    for (Located condition : task.attributes().when()) {
      if (!services.templar().condition(condition, scope)) {
        return Foresight.Guess.NOTHING;
      }
    }
    Optional<Module<?>> module = services.modules().find(task.action().name());
    return module.isEmpty()
        ? Foresight.Guess.UNKNOWN
        : hostWork().guess(module.get(), Arguments.of(task, services, scope));
  }

  /** What an include registers: its own arguments. */
  private Result included(Map<String, Value> arguments) {
    Map<String, Value> others = new LinkedHashMap<>(arguments);
    Value file = others.remove(Arguments.FREE_FORM);
    Result result = file == null ? Result.ok() : Result.ok().with("include", file);
    return result.with("include_args", Value.Dict.ofTexts(others));
  }

  private String loopVar() {
    return task.loop().map(loop -> loop.loopVar()).orElse("item");
  }

  private Done untilGood(Arguments arguments) throws InterruptedException {
    int tries =
        task.until().isEmpty() && task.retries().isEmpty()
            ? 1
            : 1
                + Math.max(
                    0, task.retries().map(keywords::number).map(Double::intValue).orElse(RETRIES));
    double delay = task.delay().map(keywords::number).orElse(RETRY_DELAY);
    for (int attempt = 1; ; attempt++) {
      if (tries > 1) {
        // It waits for something to become true.
        services.sessions().freshness().spoil();
      }
      Done done = judged(work(arguments));
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

  private Done work(Arguments arguments) throws InterruptedException {
    boolean check = keywords.is(Keyword.CHECK_MODE, services.options().check());
    boolean diff = keywords.is(Keyword.DIFF, services.options().diff());
    if (task.action().name().equals(Directives.ASYNC_STATUS)) {
      return Done.of(asyncStatus(arguments, check));
    }
    Optional<Result> limit = limit(check);
    if (limit.isPresent()) {
      return new Done(limit.get(), List.of(), shownDelegate(), Optional.empty());
    }
    Given given = new Given(arguments, keywords, task.action().at());
    switch (task.action().name()) {
      case Fetching.ACTION -> {
        Path base = Path.of(Keywords.text(known("playbook_dir"))).toAbsolutePath();
        Result result = new Fetching(hostWork(), given, host, base).run(check);
        return new Done(result, List.of(), shownDelegate(), Optional.empty());
      }
      case Rebooting.ACTION -> {
        HostWork work = hostWork();
        Result result = new Rebooting(work, given, work.local()).run(check);
        return new Done(result, List.of(), shownDelegate(), Optional.empty());
      }
      default -> {}
    }
    if (task.action().python().isPresent()) {
      return bridged(task.action().python().get(), arguments, check, diff);
    }
    Optional<Module<?>> module = services.modules().find(task.action().name());
    if (module.isEmpty()) {
      if (TAKES_TIME.contains(task.action().name())) {
        services.sessions().freshness().spoil();
      }
      Result result =
          Directives.run(
              new DirectiveCall(services, task, host, scope, keywords, arguments, check, tell));
      return new Done(result, List.of(), shownDelegate(), Optional.empty());
    }
    if (module.get().transfers() && delegate.isPresent()) {
      return new Done(
          transferred(module.get(), delegate.get(), arguments, check, diff),
          List.of(),
          shownDelegate(),
          Optional.empty());
    }
    HostWork work = hostWork();
    HostWork.Made made = work.carryOut(module.get(), arguments, check, diff);
    learnFacts(made.result());
    return new Done(
        called(made.result(), arguments, check), made.diffs(), shownDelegate(), Optional.empty());
  }

  /** The result with how the module was called, where somebody may ask for that. */
  private Result called(Result result, Arguments arguments, boolean check) {
    boolean asked =
        services.options().verbosity() >= INVOCATION
            || (task.loop().isPresent() && task.register().isPresent())
            || result.failed();
    return asked && !keywords.is(Keyword.NO_LOG, false)
        ? services.calls().in(result, task.action().name(), arguments.values(), check)
        : result;
  }

  private Optional<Result> limit(boolean check) {
    boolean async = task.async().map(keywords::number).filter(seconds -> seconds > 0).isPresent();
    return ActionLimits.reached(task.action(), isModule(), async, check);
  }

  private boolean isModule() {
    return task.action().python().isPresent()
        || services.modules().find(task.action().name()).isPresent();
  }

  private Done bridged(PythonModule python, Arguments arguments, boolean check, boolean diff)
      throws InterruptedException {
    services.sessions().freshness().spoil();
    HostWork.Made made =
        hostWork()
            .bridge(services.bridge().packed(python, task.action().at()), arguments, check, diff);
    learnFacts(made.result());
    return new Done(made.result(), made.diffs(), shownDelegate(), Optional.empty());
  }

  /** With {@code delegate_to} the files come from there, and this machine is the only one known. */
  private Result transferred(
      Module<?> module, String from, Arguments arguments, boolean check, boolean diff)
      throws InterruptedException {
    if (!LOCALHOSTS.contains(from)) {
      return Result.failure(
          module.spec().name()
              + " cannot send from "
              + from
              + ": Hearth sends from this machine only; on one host use ansible.builtin.copy with"
              + " remote_src, between hosts ansible.builtin.fetch first");
    }
    return new HostWork(services, task, host, scope, scope, keywords, tell, foresight)
        .carryOut(module, arguments, check, diff)
        .result();
  }

  private Value known(String name) {
    Value value = scope.find(name);
    return value == null ? Value.text("") : value;
  }

  private HostWork hostWork() {
    return new HostWork(
        services, task, delegate.orElse(host), scope, access, keywords, tell, foresight);
  }

  private Result asyncStatus(Arguments arguments, boolean check) {
    Value id = arguments.values().getOrDefault("jid", Value.NULL);
    Value mode = arguments.values().getOrDefault("mode", Value.text("status"));
    return hostWork().job(Keywords.text(id), Keywords.text(mode).equals("cleanup"), check);
  }

  /** The host that did the work, with its address where that is another one. */
  private Optional<String> shownDelegate() {
    return delegate.map(
        worker -> {
          String address = Keywords.text(connection.address(worker, access));
          return address.equals(worker) ? worker : worker + "(" + address + ")";
        });
  }

  /**
   * Results with {@code ansible_facts} are remembered, for the host or for the one that did the
   * work.
   */
  private void learnFacts(Result result) {
    if (result.values().get("ansible_facts") instanceof Value.Dict facts) {
      String owner = keywords.is(Keyword.DELEGATE_FACTS, false) ? delegate.orElse(host) : host;
      Map<String, Value> learnt = new LinkedHashMap<>();
      facts.entries().forEach((name, value) -> learnt.put(Keywords.text(name), value));
      services.memory().learn(owner, known -> known.withFacts(learnt));
    }
  }

  private Done judged(Done done) {
    Result result = done.result();
    if (result.skipped()) {
      return done;
    }
    String judging = "changed";
    try {
      if (!task.changedWhen().isEmpty()) {
        result = result.changed(holds(task.changedWhen(), result));
      }
      judging = "failed";
      if (!task.failedWhen().isEmpty()) {
        boolean failed = holds(task.failedWhen(), result);
        if (result.failed() && !failed && isModule()) {
          result = result.with("failed_when_suppressed_exception", Registered.NO_TRACEBACK);
        }
        result = result.failed(failed).with("failed_when_result", failed);
      }
    } catch (TemplateFailure failure) {
      tell.accept(new Event.Explained(host, failure.diagnostic()));
      result =
          result
              .failed(true)
              .with(
                  judging + "_when_result",
                  "Error while evaluating conditional: " + failure.diagnostic().summary());
    }
    return done.with(result);
  }

  private boolean holds(List<Located> conditions, Result result) {
    Map<String, Value> seen = new LinkedHashMap<>();
    task.register().ifPresent(name -> seen.put(Keywords.text(name.value()), result.toValue()));
    Layers judging = services.scopes().locals(scope, seen);
    return conditions.stream()
        .allMatch(condition -> services.templar().condition(condition, judging));
  }
}
