package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.connection.Become;
import dev.hearth.connection.Target;
import dev.hearth.fact.Fact;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What {@link ReadAhead} believes, and for how long. */
class AnswersAheadTest {

  private final KnownScripts host =
      new KnownScripts().answering("one", "1").answering("two", "2").answering("step", "");
  private final Freshness freshness = new Freshness(true);
  private final AtomicLong clock = new AtomicLong();
  private final Session session =
      new Session(host, way("h1"), new ReadAhead(freshness, clock::get));

  private record Asked(String key) implements Fact<String> {
    @Override
    public Script probe() {
      return Script.of(key);
    }

    @Override
    public String parse(Outcome.Exited answer) {
      return answer.out();
    }
  }

  private static final Fact<String> ONE = new Asked("one");
  private static final Fact<String> TWO = new Asked("two");

  @Test
  void theNextTasksQuestionTravelsAlong() {
    ask(ONE, foreseeing(questions(way("h1"))));
    assertThat(host.ran()).containsExactly("one", "two");

    assertThat(ask(TWO, Foresight.NONE)).isEqualTo("2");
    assertThat(host.ran()).hasSize(2);
  }

  @Test
  void aStepOnAnotherHostMakesTheAnswerDoubtful() {
    ask(ONE, foreseeing(questions(way("h1"))));
    new Session(host, way("h2"), new ReadAhead(freshness, clock::get)).run(Script.of("step"));

    ask(TWO, Foresight.NONE);
    assertThat(host.ran()).containsExactly("one", "two", "step", "two");
  }

  @Test
  void theNextTasksQuestionFollowsAStep() {
    session.runAll(List.of(Script.of("step")), foreseeing(questions(way("h1"))));
    assertThat(host.ran()).containsExactly("step", "two");

    assertThat(ask(TWO, Foresight.NONE)).isEqualTo("2");
    assertThat(host.ran()).hasSize(2);
  }

  @Test
  void whatFollowsAStepIsDoubtfulWhenAnotherHostChangedMeanwhile() {
    KnownScripts busy =
        new KnownScripts() {
          @Override
          public Answers ask(List<Script> now, List<Script> later, Become become) {
            freshness.spoil();
            return super.ask(now, later, become);
          }
        }.answering("step", "").answering("two", "2");
    Session disturbed = new Session(busy, way("h1"), new ReadAhead(freshness, clock::get));

    disturbed.runAll(List.of(Script.of("step")), foreseeing(questions(way("h1"))));
    assertThat(new HostFacts(disturbed, Foresight.NONE).get(TWO)).isEqualTo("2");
    assertThat(busy.ran()).containsExactly("step", "two", "two");

    disturbed.runAll(List.of(Script.of("step")), foreseeing(questions(way("h1"))));
    assertThat(busy.ran()).as("nothing behind it now").endsWith("two", "step");
  }

  @Test
  void anOldAnswerIsForgotten() {
    ask(ONE, foreseeing(questions(way("h1"))));
    clock.addAndGet(Duration.ofSeconds(11).toNanos());

    ask(TWO, Foresight.NONE);
    assertThat(host.ran()).containsExactly("one", "two", "two");
  }

  @Test
  void aTaskThatWorksInAnotherWayIsNotAskedFor() {
    ask(ONE, foreseeing(questions(way("h2"))));

    assertThat(host.ran()).containsExactly("one");
  }

  @Test
  void nobodyLooksPastATaskThatActs() {
    ask(ONE, foreseeing(Foresight.Guess.UNKNOWN, questions(way("h1"))));

    assertThat(host.ran()).containsExactly("one");
  }

  @Test
  void afterWorkInVainTheNextTaskIsAskedAlone() {
    ask(ONE, foreseeing(questions(way("h1"))));
    session.run(Script.of("step"));
    ask(ONE, foreseeing(questions(way("h1"))));
    assertThat(host.ran()).containsExactly("one", "two", "step", "one");

    session.planned(Verdict.satisfied(Result.ok()));
    freshness.spoil();
    ask(ONE, foreseeing(questions(way("h1"))));
    assertThat(host.ran()).endsWith("one", "two");
  }

  @Test
  void whileAJobRunsBesideTheTasksNothingIsAskedBefore() {
    freshness.spoilForGood();
    ask(ONE, foreseeing(questions(way("h1"))));

    assertThat(host.ran()).containsExactly("one");
  }

  private String ask(Fact<String> fact, Foresight foresight) {
    return new HostFacts(session, foresight).get(fact);
  }

  private static Foresight.Guess questions(Manner way) {
    return new Foresight.Guess.Questions(way, List.of(TWO));
  }

  /** Sees tasks of which these guesses can be made; each has a place of its own. */
  private static Foresight foreseeing(Foresight.Guess... guesses) {
    List<Foresight.Foreseen> tasks = new ArrayList<>();
    for (int i = 0; i < guesses.length; i++) {
      Foresight.Guess guess = guesses[i];
      tasks.add(new Foresight.Foreseen(new Foresight.Place(Optional.empty(), i), () -> guess));
    }
    Iterator<Foresight.Foreseen> all = tasks.iterator();
    return new Foresight(Foresight.Place.NOWHERE, () -> all);
  }

  private static Manner way(String name) {
    return new Manner(
        new Target(
            name,
            Target.Kind.SSH,
            name,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Duration.ofSeconds(1)),
        Become.NOBODY_ELSE,
        Map.of(),
        Optional.empty());
  }
}
