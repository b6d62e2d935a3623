package dev.hearth.run;

import dev.hearth.connection.Become;
import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.module.Binder;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.template.Scope;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A module's work for a task: arguments bound, connection opened, carried out. */
final class HostWork {

  private final Services services;
  private final Task task;
  private final String worker;
  private final Scope scope;
  private final Scope access;
  private final Keywords keywords;

  /**
   * @param worker the host that does the work
   * @param scope what the task sees
   * @param access the variables that say how to get into the worker
   */
  HostWork(
      Services services, Task task, String worker, Scope scope, Scope access, Keywords keywords) {
    this.services = services;
    this.task = task;
    this.worker = worker;
    this.scope = scope;
    this.access = access;
    this.keywords = keywords;
  }

  /** What came of it. */
  record Made(Result result, List<ShownDiff> diffs) {}

  Made carryOut(Module<?> module, Arguments arguments, boolean check, boolean diff) {
    return bound(module, arguments, check, diff);
  }

  /**
   * The time limit of a task with {@code async}, which is waited for here instead of being polled.
   */
  private Optional<Duration> asynchronous() {
    Optional<Double> limit = task.async().map(keywords::number).filter(seconds -> seconds > 0);
    Optional<Located> forgotten =
        task.poll().filter(written -> limit.isPresent() && keywords.number(written) == 0);
    if (forgotten.isPresent()) {
      throw Diagnostic.error(forgotten.get().at(), "'poll: 0' would leave a job behind on the host")
          .because("Hearth waits for everything it starts, and has no async_status to ask later")
          .next("remove 'poll' to wait for the task, or start it as a service")
          .failure();
    }
    return limit.map(Keywords::duration);
  }

  private <A extends Record> Made bound(
      Module<A> module, Arguments arguments, boolean check, boolean diff) {
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
            connection -> {
              Session session =
                  new Session(
                      worker,
                      connection,
                      become,
                      keywords.environment(),
                      keywords.seconds(Keyword.TIMEOUT).or(this::asynchronous));
              Carrying carrying = new Carrying(session, check, diff);
              Result result = carrying.carryOut(module, want);
              return new Made(result, carrying.diffs());
            });
  }
}
