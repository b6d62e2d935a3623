package dev.hearth.run;

import dev.hearth.connection.Become;
import dev.hearth.connection.Target;
import dev.hearth.diag.Location;
import dev.hearth.fact.Fact;
import dev.hearth.module.Binder;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.receipt.Recorder;
import dev.hearth.receipt.Way;
import dev.hearth.template.Scope;
import dev.hearth.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A module's work for a task: arguments bound, connection opened, carried out. */
final class HostWork {

  private final Services services;
  private final Task task;
  private final String worker;
  private final Scope scope;
  private final Scope access;
  private final Keywords keywords;
  private final Consumer<Event> tell;
  private final Foresight foresight;

  /**
   * @param worker the host that does the work
   * @param scope what the task sees
   * @param access the variables that say how to get into the worker
   * @param tell takes what happens on the way
   * @param foresight what comes behind the task
   */
  HostWork(
      Services services,
      Task task,
      String worker,
      Scope scope,
      Scope access,
      Keywords keywords,
      Consumer<Event> tell,
      Foresight foresight) {
    this.tell = tell;
    this.foresight = foresight;
    this.services = services;
    this.task = task;
    this.worker = worker;
    this.scope = scope;
    this.access = access;
    this.keywords = keywords;
  }

  /** What came of it. */
  record Made(Result result, List<ShownDiff> diffs) {}

  Made carryOut(Module<?> module, Arguments arguments, boolean check, boolean diff)
      throws InterruptedException {
    return bound(module, arguments, check, diff);
  }

  /** Has the host's Python do it; what the module says it changed is shown as differences. */
  Made bridge(PythonPackage python, Arguments arguments, boolean check, boolean diff)
      throws InterruptedException {
    PythonTask.Args want =
        new PythonTask.Args(
            python,
            arguments.values(),
            access.find("ansible_python_interpreter") instanceof Value.Textual text
                ? Optional.of(text.reveal())
                : Optional.empty(),
            check,
            diff,
            keywords.is(Keyword.NO_LOG, false));
    Made made = carried(new PythonTask(), () -> want, check, diff);
    return new Made(made.result(), diff ? PythonTask.diffs(made.result()) : List.of());
  }

  /** How a detached job stands, or that it is forgotten ({@code async_status}). */
  Result job(String id, boolean cleanup, boolean check) {
    return inSession(
        session -> {
          DetachedJob job = new DetachedJob(session, services.jobs(), id);
          return cleanup ? job.erase(check) : job.status();
        });
  }

  /** What the module will ask for certain, before anything is done. */
  <A extends Record> Foresight.Guess guess(Module<A> module, Arguments arguments) {
    List<Fact<?>> facts = module.reads(want(module, arguments));
    // A module that asks nothing acts in any case.
    return facts.isEmpty()
        ? Foresight.Guess.UNKNOWN
        : new Foresight.Guess.Questions(manner(), facts);
  }

  /** The name of a file of this machine with the home directory for {@code ~}. */
  String expanded(String name) {
    return services.templar().expanded(name);
  }

  private <A extends Record> A want(Module<A> module, Arguments arguments) {
    Map<String, Value> values = new LinkedHashMap<>();
    arguments.values().forEach((name, value) -> values.put(name, Value.Dated.asText(value)));
    Value free = values.remove(Arguments.FREE_FORM);
    if (free != null) {
      values.putIfAbsent(
          module.spec().freeForm().isEmpty() ? Arguments.FREE_FORM : module.spec().freeForm(),
          free);
    }
    return new Binder(new ControllerFiles(services, scope))
        .bind(module.spec(), values, arguments.places(), task.action().at());
  }

  private <A extends Record> Made bound(
      Module<A> module, Arguments arguments, boolean check, boolean diff)
      throws InterruptedException {
    return carried(module, () -> want(module, arguments), check, diff);
  }

  private <A extends Record> Made carried(
      Module<A> module, Supplier<A> wanted, boolean check, boolean diff)
      throws InterruptedException {
    A want;
    try {
      want = wanted.get();
    } catch (Refusal refused) {
      return new Made(Result.failure(String.valueOf(refused.getMessage())), List.of());
    }
    Optional<Double> limit = task.async().map(keywords::number).filter(seconds -> seconds > 0);
    if (limit.isPresent()) {
      return new AsyncRun(services, task, worker, this, keywords, tell, check)
          .run(
              limit.get().longValue(),
              (session, detaching) ->
                  new Carrying(
                          session,
                          check,
                          diff,
                          foresight,
                          Optional.of(detaching).filter(job -> !check),
                          notes(session, check))
                      .carryOut(module, want));
    }
    return inSession(
        session -> {
          Recorder.TaskNotes notes = notes(session, check);
          Optional<Result> finished = notes.finished();
          if (finished.isPresent()) {
            return new Made(finished.get(), List.of());
          }
          Carrying carrying =
              new Carrying(session, check, diff, foresight, Optional.empty(), notes);
          Result result = carrying.carryOut(module, want);
          Result together = notes.ended(recorded(result));
          return new Made(carrying.withDiff(result.changed(together.changed())), carrying.diffs());
        });
  }

  /** What {@code no_log} hides is not written down either. */
  private Result recorded(Result result) {
    return keywords.is(Keyword.NO_LOG, false) ? HiddenResult.sealed(result) : result;
  }

  /** What is written down of this use of a module. */
  private Recorder.TaskNotes notes(Session session, boolean check) {
    if (check) {
      return Recorder.TaskNotes.NONE;
    }
    Manner manner = session.manner();
    boolean own =
        manner.target().kind() == Target.Kind.LOCAL && manner.become() instanceof Become.Self;
    return services
        .recorder()
        .task(
            new Way(worker, own, session.connection(), manner.become()),
            () -> Names.of(task, services.templar(), scope),
            place(task.at()));
  }

  /** The same from whichever directory the run is continued. */
  private static String place(Location at) {
    Path file = Path.of(at.source().name());
    String name = Files.exists(file) ? file.toAbsolutePath().toString() : at.source().name();
    return name + ":" + at.line() + ":" + at.column();
  }

  /** Closes the connection to the host that does the work; the next use opens a new one. */
  void hangUp() {
    services.sessions().reset(target());
  }

  /** Whether the host that does the work is this machine. */
  boolean local() {
    return target().kind() == Target.Kind.LOCAL;
  }

  private Target target() {
    return new Access(services.options().connection(), keywords, services.templar(), access)
        .target(worker);
  }

  /** Does something with the connection to the host that does the work. */
  <T> T inSession(Function<Session, T> work) {
    Manner manner = manner();
    manner.target().password().ifPresent(services::tellSecrets);
    if (manner.become() instanceof Become.Other other) {
      other.password().ifPresent(services::tellSecrets);
    }
    return services.sessions().with(manner, work);
  }

  private Manner manner() {
    Access into = new Access(services.options().connection(), keywords, services.templar(), access);
    return new Manner(
        into.target(worker),
        into.become(),
        keywords.environment(),
        keywords.seconds(Keyword.TIMEOUT));
  }
}
