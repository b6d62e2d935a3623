package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.cronvar}: a variable of a timetable; {@code cron} with {@code env}. */
public final class Cronvar implements Module<Cronvar.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The variable.") String name,
      @Arg(doc = "Its value.") Optional<String> value,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Whose timetable.") Optional<String> user,
      @Arg(doc = "A file in /etc/cron.d instead.") Optional<String> cronFile,
      @Arg(doc = "The variable behind which a new one stands.") Optional<String> insertafter,
      @Arg(doc = "The variable in front of which a new one stands.") Optional<String> insertbefore,
      @Arg(doc = "Keep the old timetable under another name.", defaultsTo = "false")
          boolean backup) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.cronvar", Args.class, "Sets and removes variables of timetables.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return new Cron().reads(asCron(want));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.state().equals("present") && want.value().isEmpty()) {
      throw new Refusal("You must specify 'value' to insert a new cron variable");
    }
    return switch (Cron.plan(asCron(want), host, "")) {
      case Verdict.Satisfied satisfied -> Verdict.satisfied(named(satisfied.result()));
      case Verdict.Changes changes ->
          new Verdict.Changes(
              changes.steps(),
              changes.diffs(),
              named(changes.predicted()),
              ends -> named(changes.conclusion().of(ends)),
              changes.again());
      case Verdict.Rejected rejected -> rejected;
    };
  }

  private static Result named(Result result) {
    Map<String, Value> values = new LinkedHashMap<>(result.values());
    values.put("vars", values.getOrDefault("envs", new Value.Seq(List.of())));
    values.remove("envs");
    values.remove("jobs");
    return new Result(result.changed(), result.failed(), result.skipped(), values);
  }

  private static Cron.Args asCron(Args want) {
    return new Cron.Args(
        want.name(),
        want.cronFile().isPresent() && want.user().isEmpty() ? Optional.of("root") : want.user(),
        want.value(),
        want.cronFile(),
        want.state(),
        want.backup(),
        "*",
        "*",
        "*",
        "*",
        "*",
        Optional.empty(),
        false,
        true,
        want.insertafter(),
        want.insertbefore());
  }
}
