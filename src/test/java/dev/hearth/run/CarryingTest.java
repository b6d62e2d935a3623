package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileExcerpt;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Effect;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CarryingTest {

  private static final Result CHANGED = Result.changedNow().with("state", "new");
  private static final Fact<String> LOOK = new Text("look");

  private final KnownScripts host = new KnownScripts();

  @Test
  void aSatisfiedHostIsAskedOnce() {
    host.answering("look", "fine");

    Result result =
        carryOut(facts -> Verdict.satisfied(Result.ok().with("seen", facts.get(LOOK))), false);

    assertThat(result).isEqualTo(Result.ok().with("seen", "fine"));
    assertThat(host.ran()).containsExactly("look");
    assertThat(host.roundTrips()).isEqualTo(1);
  }

  /** The host refuses the step, so this fails if anything but the probe is run. */
  @ParameterizedTest
  @EnumSource(
      value = Effect.class,
      names = {"KNOWN", "UNKNOWN"})
  void checkModeRunsNoStepThatMayChangeSomething(Effect effect) {
    host.answering("look", "old");

    Result result = carryOut(facts -> changes(List.of(step("change", effect)), facts, false), true);

    assertThat(result).isEqualTo(CHANGED);
    assertThat(host.ran()).containsExactly("look");
  }

  @Test
  void checkModeRunsNoReadingStepBesideAChangingOne() {
    host.answering("look", "old").answering("read", "");

    carryOut(
        facts ->
            changes(
                List.of(step("read", Effect.READS), step("change", Effect.KNOWN)), facts, false),
        true);

    assertThat(host.ran()).containsExactly("look");
  }

  @Test
  void checkModeRunsStepsThatOnlyRead() {
    host.answering("look", "old").answering("read", "x");

    carryOut(facts -> changes(List.of(step("read", Effect.READS)), facts, false), true);

    assertThat(host.ran()).containsExactly("look", "read");
  }

  @Test
  void checkModeDoesNotLookAgainBecauseNothingHasChanged() {
    host.answering("look", "old");

    carryOut(facts -> changes(List.of(step("change", Effect.KNOWN)), facts, true), true);

    assertThat(host.ran()).containsExactly("look");
  }

  @Test
  void aFailingStepStopsTheOnesBehindIt() {
    host.answering("look", "old")
        .answering("first", "")
        .answering("second", Outcome.Exited.of(3, "", "no space"));

    Result result =
        carryOut(
            facts ->
                changes(
                    List.of(
                        step("first", Effect.KNOWN),
                        step("second", Effect.KNOWN),
                        step("third", Effect.KNOWN)),
                    facts,
                    false),
            false);

    assertThat(result.failed()).isTrue();
    assertThat(result.values()).containsEntry("msg", Value.text("second: no space"));
    assertThat(host.ran()).containsExactly("look", "first", "second");
  }

  @Test
  void aModuleMayLookAgainUntilTheHostIsSatisfied() {
    host.answering("look", "old").answering("change", "");

    Result result =
        carryOut(
            facts ->
                host.ran().contains("change")
                    ? Verdict.satisfied(Result.ok())
                    : changes(List.of(step("change", Effect.KNOWN)), facts, true),
            false);

    assertThat(result).isEqualTo(CHANGED);
    assertThat(host.ran()).containsExactly("look", "change", "look");
  }

  @Test
  void aModuleThatIsNeverSatisfiedFails() {
    host.answering("look", "old").answering("change", "");

    Result result =
        carryOut(facts -> changes(List.of(step("change", Effect.KNOWN)), facts, true), false);

    assertThat(result.failed()).isTrue();
    assertThat(String.valueOf(result.values().get("msg"))).contains("does not come to rest");
    assertThat(host.ran()).filteredOn("change"::equals).hasSize(10);
  }

  @Test
  void aRefusalIsTheResult() {
    host.answering("look", "old");

    Result result =
        carryOut(
            facts -> {
              throw new Refusal("not on this system");
            },
            false);

    assertThat(result).isEqualTo(Result.failure("not on this system"));
  }

  @Test
  void aStepThatTakesTooLongFails() {
    host.answering("look", "old").answering("change", new Outcome.TimedOut(Duration.ofSeconds(2)));

    Result result =
        carryOut(facts -> changes(List.of(step("change", Effect.KNOWN)), facts, false), false);

    assertThat(result.failed()).isTrue();
    assertThat(result.values()).containsKey("timedout");
  }

  @Test
  void aLostConnectionMakesTheHostUnreachable() {
    host.answering("look", "old").answering("change", new Outcome.ChannelLost("reset by peer"));

    assertThatThrownBy(
            () ->
                carryOut(
                    facts -> changes(List.of(step("change", Effect.KNOWN)), facts, false), false))
        .isInstanceOf(Unreachable.class);
  }

  @Test
  void aDiffIsSecretOnBothSidesWhenOneSideIs() {
    host.answering("look", "old password");
    Carrying carrying = new Carrying(session(), true, true, Foresight.NONE);

    carrying.carryOut(
        new Planned(
            facts ->
                Verdict.changes(
                    List.of(step("change", Effect.KNOWN)),
                    List.of(
                        new Diff.Content(
                            "/etc/secret",
                            new Excerpt("look"),
                            Payload.of(new Value.Secret("new password")),
                            "/etc/secret")),
                    CHANGED)),
        new Wish());

    assertThat(carrying.diffs())
        .singleElement()
        .isInstanceOfSatisfying(
            ShownDiff.Texts.class,
            texts -> {
              assertThat(texts.before()).isInstanceOf(Value.Secret.class);
              assertThat(texts.after()).isInstanceOf(Value.Secret.class);
              assertThat(texts.toString()).doesNotContain("password");
            });
  }

  private Result carryOut(Function<Facts, Verdict> plan, boolean check) {
    return new Carrying(session(), check, false, Foresight.NONE)
        .carryOut(new Planned(plan), new Wish());
  }

  private Session session() {
    Target target =
        new Target(
            "h1",
            Target.Kind.SSH,
            "h1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Duration.ofSeconds(1));
    Freshness freshness = new Freshness(true);
    return new Session(host, Manner.plainly(target), new ReadAhead(freshness, () -> 0));
  }

  private static Verdict changes(List<Step> steps, Facts facts, boolean again) {
    facts.get(LOOK);
    Verdict.Changes changes = Verdict.changes(steps, List.of(), CHANGED);
    return new Verdict.Changes(
        steps, changes.diffs(), changes.predicted(), changes.conclusion(), again);
  }

  private static Step step(String name, Effect effect) {
    return new Step(name, Script.of(name), effect, Undo.momentary());
  }

  /** Arguments of no interest. */
  record Wish() {}

  /** A module that plans as the test says. */
  private record Planned(Function<Facts, Verdict> plan) implements Module<Wish> {
    @Override
    public Spec<Wish> spec() {
      return Spec.of("test.planned", Wish.class, "plans as the test says");
    }

    @Override
    public List<Fact<?>> reads(Wish want) {
      return List.of(LOOK);
    }

    @Override
    public Verdict plan(Wish want, Facts facts) {
      return plan.apply(facts);
    }
  }

  /** What a probe prints, as the content of a file. */
  private record Excerpt(String key) implements Fact<FileExcerpt.Content> {
    @Override
    public Script probe() {
      return Script.of(key);
    }

    @Override
    public FileExcerpt.Content parse(Outcome.Exited answer) {
      return FileExcerpt.of(answer.stdout());
    }
  }

  /** What a probe prints. */
  private record Text(String key) implements Fact<String> {
    @Override
    public Script probe() {
      return Script.of(key);
    }

    @Override
    public String parse(Outcome.Exited answer) {
      return answer.out();
    }
  }
}
