package dev.hearth.run;

import dev.hearth.connection.Become;
import dev.hearth.connection.Target;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** A module's work for a task: arguments bound, connection opened, carried out. */
final class HostWork {

  private final Services services;
  private final Task task;
  private final String worker;
  private final Scope scope;
  private final Scope access;
  private final Keywords keywords;
  private final Consumer<Event> tell;

  /**
   * @param worker the host that does the work
   * @param scope what the task sees
   * @param tell takes what happens on the way
   * @param access the variables that say how to get into the worker
   */
  HostWork(
      Services services,
      Task task,
      String worker,
      Scope scope,
      Scope access,
      Keywords keywords,
      Consumer<Event> tell) {
    this.tell = tell;
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

  /** How a detached job stands, or that it is forgotten ({@code async_status}). */
  Result job(String id, boolean cleanup, boolean check) {
    return inSession(
        session -> {
          DetachedJob job = new DetachedJob(session, services.jobs(), id);
          return cleanup ? job.erase(check) : job.status();
        });
  }

  private <A extends Record> Made bound(
      Module<A> module, Arguments arguments, boolean check, boolean diff)
      throws InterruptedException {
    Map<String, Value> values = new LinkedHashMap<>(arguments.values());
    Value free = values.remove(Arguments.FREE_FORM);
    if (free != null) {
      values.putIfAbsent(
          module.spec().freeForm().isEmpty() ? Arguments.FREE_FORM : module.spec().freeForm(),
          free);
    }
    A want;
    try {
      want =
          new Binder(new ControllerFiles(services, scope))
              .bind(module.spec(), values, arguments.places(), task.action().at());
    } catch (Refusal refused) {
      return new Made(Result.failure(String.valueOf(refused.getMessage())), List.of());
    }
    Optional<Double> limit =
        task.async().map(keywords::number).filter(seconds -> seconds > 0 && !check);
    if (limit.isPresent()) {
      return new AsyncRun(services, task, worker, this, keywords, tell)
          .run(
              limit.get().longValue(),
              (session, detaching) ->
                  new Carrying(
                          session,
                          false,
                          diff,
                          Optional.of(detaching),
                          notes(session, false, false))
                      .carryOut(module, want));
    }
    return inSession(
        (session, target) -> {
          boolean local = target.kind() == Target.Kind.LOCAL;
          Recorder.TaskNotes notes = notes(session, local, check);
          Optional<Result> finished = notes.finished();
          if (finished.isPresent()) {
            return new Made(finished.get(), List.of());
          }
          Carrying carrying = new Carrying(session, check, diff, Optional.empty(), notes);
          Result result = carrying.carryOut(module, want);
          notes.ended(result);
          return new Made(result, carrying.diffs());
        });
  }

  /** What is written down of this use of a module. */
  private Recorder.TaskNotes notes(Session session, boolean local, boolean check) {
    if (check) {
      return Recorder.TaskNotes.NONE;
    }
    boolean own = local && session.become() instanceof Become.Self;
    return services
        .recorder()
        .task(
            new Way(worker, own, session.connection(), session.become()),
            () -> Names.of(task, services.templar(), scope),
            task.at().toString());
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
    return inSession((session, target) -> work.apply(session));
  }

  private <T> T inSession(BiFunction<Session, Target, T> work) {
    Access way = new Access(services.options().connection(), keywords, services.templar(), access);
    Target target = way.target(worker);
    Become become = way.become();
    target.password().ifPresent(services::tellSecrets);
    if (become instanceof Become.Other other) {
      other.password().ifPresent(services::tellSecrets);
    }
    return services
        .sessions()
        .with(
            target,
            connection ->
                work.apply(
                    new Session(
                        worker,
                        connection,
                        become,
                        keywords.environment(),
                        keywords.seconds(Keyword.TIMEOUT)),
                    target));
  }
}
