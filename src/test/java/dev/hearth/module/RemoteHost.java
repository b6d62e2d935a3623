package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.library.Library;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A real host over a real connection, on which modules plan and their steps run. */
final class RemoteHost implements Facts {

  private static final Modules MODULES = Library.modules();

  private final Connection connection;
  private final Map<Fact<?>, Object> known = new HashMap<>();

  RemoteHost(Connection connection) {
    this.connection = connection;
  }

  /** Does it; it must be a change, be predicted as one and leave nothing to do. */
  Result changes(String module, Map<String, Object> args) {
    Result result = applies(module, args);
    assertThat(result.changed()).as("%s %s: %s", module, args, result).isTrue();
    assertThat(plan(module, args)).as("again").isInstanceOf(Verdict.Satisfied.class);
    return result;
  }

  /** Does it; whether it counts as a change must be as predicted. */
  Result applies(String module, Map<String, Object> args) {
    Verdict.Changes changes = changesOf(module, args);
    Result result = done(changes, module, args);
    if (changes.again()) {
      return applies(module, args);
    }
    assertThat(result.changed()).isEqualTo(changes.predicted().changed());
    return result;
  }

  /** Does it, whatever was predicted. */
  Result runs(String module, Map<String, Object> args) {
    return done(changesOf(module, args), module, args);
  }

  private Verdict.Changes changesOf(String module, Map<String, Object> args) {
    Verdict verdict = plan(module, args);
    assertThat(verdict).as("%s %s", module, args).isInstanceOf(Verdict.Changes.class);
    return (Verdict.Changes) verdict;
  }

  private Result done(Verdict.Changes changes, String module, Map<String, Object> args) {
    List<Outcome.Exited> ends = new ArrayList<>();
    for (Step step : changes.steps()) {
      ends.add(run(step.script()));
      if (!ends.getLast().ok()) {
        break;
      }
    }
    Result result = changes.conclusion().of(ends);
    assertThat(result.failed()).as("%s %s: %s", module, args, result).isFalse();
    return result;
  }

  /** There must be nothing to do. */
  Result satisfied(String module, Map<String, Object> args) {
    Verdict verdict = plan(module, args);
    assertThat(verdict).as("%s %s", module, args).isInstanceOf(Verdict.Satisfied.class);
    return ((Verdict.Satisfied) verdict).result();
  }

  /** It must be refused with this in its message. */
  void refuses(String module, Map<String, Object> args, String message) {
    Verdict verdict = plan(module, args);
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(String.valueOf(((Verdict.Rejected) verdict).result().values().get("msg")))
        .contains(message);
  }

  private Verdict plan(String name, Map<String, Object> args) {
    return plan(MODULES.find(name).orElseThrow(), args);
  }

  private <A extends Record> Verdict plan(Module<A> module, Map<String, Object> args) {
    known.clear();
    A want =
        new Binder(new CannedController(Map.of()))
            .bind(
                module.spec(),
                Plain.values(args),
                Map.of(),
                Location.startOf(Source.of("test", "")));
    try {
      prefetch(module.reads(want));
      return module.plan(want, this);
    } catch (Refusal | UnreadableFact refusal) {
      return Verdict.rejected(String.valueOf(refusal.getMessage()));
    }
  }

  /** What a line of shell prints; it must succeed. */
  String sh(String line) {
    Outcome.Exited end = run(Script.of(line));
    assertThat(end.code()).as("%s: %s", line, end.err()).isZero();
    return end.out();
  }

  private Outcome.Exited run(Script script) {
    return ended(connection.run(script, Become.NOBODY_ELSE));
  }

  private static Outcome.Exited ended(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Exited.class);
    return (Outcome.Exited) outcome;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T get(Fact<T> fact) {
    if (!known.containsKey(fact)) {
      prefetch(List.of(fact));
    }
    return (T) Objects.requireNonNull(known.get(fact));
  }

  @Override
  public void prefetch(Collection<? extends Fact<?>> facts) {
    List<Fact<?>> asked = new ArrayList<>(new LinkedHashSet<Fact<?>>(facts));
    asked.removeAll(known.keySet());
    List<Outcome> answers =
        connection.runAll(asked.stream().map(fact -> fact.probe()).toList(), Become.NOBODY_ELSE);
    for (int i = 0; i < asked.size(); i++) {
      known.put(asked.get(i), asked.get(i).parse(ended(answers.get(i))));
    }
  }
}
