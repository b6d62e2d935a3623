package dev.hearth.run;

import dev.hearth.connection.Connection;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Together;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What was asked on one connection, as one user, for tasks that have not begun yet, so that they
 * need not wait for the way to the host and back: as long as tasks find nothing to do, the
 * questions of several travel together. A wrong guess costs a question and changes no result: tasks
 * look for the answers to their own questions, and what is older than anything that a task did is
 * forgotten.
 */
final class ReadAhead {

  /** So many tasks at most are looked at before they begin. */
  private static final int MOST = 32;

  /** After so long an answer is taken for old, whatever happened meanwhile. */
  private static final Duration LIFE = Duration.ofSeconds(10);

  /** As if so many tasks had found nothing to do: most runs are re-runs. */
  private static final int HOPE = 2;

  /** How many scripts run with nothing asked behind them when other hosts changed meanwhile. */
  private static final int DISTURBED = 8;

  private final Freshness freshness;
  private final LongSupplier nanoTime;
  private final Map<Fact<?>, Answer> answers = new HashMap<>();
  private final Set<Fact<?>> unread = new HashSet<>();

  /** The tasks behind the one under way that were looked at already, nearest first. */
  private final Deque<Foresight.Place> seen = new ArrayDeque<>();

  /** The task that nobody can see past; the place of none at first. */
  private Foresight.Place barrier = Foresight.Place.NOWHERE;

  /** So many scripts more run before anything is asked behind one. */
  private int disturbed;

  private long moment;
  private long since;
  private int quiet = HOPE;

  /**
   * @param nanoTime the time in nanoseconds, from any beginning
   */
  ReadAhead(Freshness freshness, LongSupplier nanoTime) {
    this.freshness = freshness;
    this.nanoTime = nanoTime;
  }

  /** What a question was answered; nothing when only asking it alone can tell. */
  private interface Answer {

    Optional<Outcome.Exited> get();
  }

  /** A fact among others that share a script, which stands at that place in a frame. */
  private record Behind(Connection.Coming coming, int index, Together asked, Fact<?> fact)
      implements Answer {

    @Override
    public Optional<Outcome.Exited> get() {
      return coming
          .answer(index)
          .flatMap(answer -> asked.answers(answer).get(asked.facts().indexOf(fact)));
    }
  }

  /**
   * The answers to a task's questions: those that were asked before, and the others asked now,
   * together with what the tasks behind it will want to know.
   */
  Map<Fact<?>, Outcome> answers(Session session, List<? extends Fact<?>> facts, Foresight ahead) {
    forgetOld();
    Map<Fact<?>, Outcome> found = new HashMap<>();
    for (Fact<?> fact : facts) {
      Answer known = answers.get(fact);
      if (known != null) {
        known.get().ifPresent(answer -> found.put(fact, answer));
      }
      unread.remove(fact);
    }
    reached(ahead.here());
    List<Fact<?>> missing = new ArrayList<>(facts);
    missing.removeAll(found.keySet());
    int window = window();
    boolean tops = window > 0 && (!missing.isEmpty() || seen.size() <= window / 2);
    Set<Fact<?>> guessed = tops ? guessed(session, ahead, window) : Set.of();
    List<Fact<?>> more = new ArrayList<>(guessed);
    more.removeAll(missing);
    if (!missing.isEmpty() || !more.isEmpty()) {
      found.putAll(ask(session, missing, more));
    }
    for (Fact<?> fact : guessed) {
      // A coming task asks what this one does: one answer is for both.
      if (found.get(fact) instanceof Outcome.Exited answer) {
        answers.put(fact, () -> Optional.of(answer));
      }
    }
    return found;
  }

  /**
   * Runs scripts that may change the host, and asks behind them what the next tasks will want to
   * know: the one that comes next at least, whose question is needed in any case.
   */
  List<Outcome> run(Session session, List<Script> scripts, Foresight ahead) {
    freshness.spoil();
    forgetOld();
    long before = freshness.now();
    boolean asks = freshness.possible() && disturbed == 0;
    disturbed = Math.max(0, disturbed - 1);
    List<Together> later =
        Together.of(asks ? List.copyOf(guessed(session, ahead, Math.max(1, window()))) : List.of());
    Connection.Answers all;
    try {
      all = session.send(scripts, later);
    } finally {
      freshness.spoil();
    }
    if (!later.isEmpty()) {
      // The answers are younger than these scripts, but not than what others did meanwhile.
      moment = before + 1;
      since = nanoTime.getAsLong();
      keep(all.later(), later);
      disturbed = freshness.now() == moment ? 0 : DISTURBED;
    }
    return all.now();
  }

  private Map<Fact<?>, Outcome> ask(Session session, List<Fact<?>> missing, List<Fact<?>> more) {
    // Taken before anything is sent: what happens from now on makes the answers doubtful.
    if (answers.isEmpty()) {
      moment = freshness.now();
      since = nanoTime.getAsLong();
    }
    List<Together> now = Together.of(missing);
    List<Together> later = Together.of(more);
    Connection.Answers all = session.ask(now, later);
    keep(all.later(), later);
    Map<Fact<?>, Outcome> found = new HashMap<>();
    for (int i = 0; i < now.size(); i++) {
      take(now.get(i), all.now().get(i), found);
    }
    List<Together> alone =
        missing.stream().filter(fact -> !found.containsKey(fact)).map(Together::alone).toList();
    if (!alone.isEmpty()) {
      List<Outcome> outcomes = session.ask(alone, List.of()).now();
      for (int i = 0; i < alone.size(); i++) {
        take(alone.get(i), outcomes.get(i), found);
      }
    }
    return found;
  }

  private void keep(Connection.Coming coming, List<Together> later) {
    for (int i = 0; i < later.size(); i++) {
      Together asked = later.get(i);
      int index = i;
      asked.facts().forEach(fact -> answers.put(fact, new Behind(coming, index, asked, fact)));
      unread.addAll(asked.facts());
    }
  }

  private static void take(Together asked, Outcome outcome, Map<Fact<?>, Outcome> found) {
    if (outcome instanceof Outcome.Exited exited) {
      List<Optional<Outcome.Exited>> each = asked.answers(exited);
      for (int i = 0; i < each.size(); i++) {
        Fact<?> fact = asked.facts().get(i);
        each.get(i).ifPresent(answer -> found.put(fact, answer));
      }
    } else {
      asked.facts().forEach(fact -> found.put(fact, outcome));
    }
  }

  /** What the tasks behind this one will ask on this connection as this user. */
  private Set<Fact<?>> guessed(Session session, Foresight ahead, int window) {
    Set<Fact<?>> facts = new LinkedHashSet<>();
    Iterator<Foresight.Foreseen> coming = ahead.coming();
    for (int tasks = 0; tasks < window && coming.hasNext(); tasks++) {
      Foresight.Foreseen next = coming.next();
      if (isSeen(next.place())) {
        continue;
      }
      Foresight.Guess guess = next.place().is(barrier) ? Foresight.Guess.UNKNOWN : next.guess();
      if (guess instanceof Foresight.Guess.Barrier) {
        barrier = next.place();
        break;
      }
      seen.add(next.place());
      if (guess instanceof Foresight.Guess.Questions questions
          && session.fits(questions.manner())) {
        facts.addAll(questions.facts());
      }
    }
    facts.removeAll(answers.keySet());
    return facts;
  }

  private boolean isSeen(Foresight.Place place) {
    return seen.stream().anyMatch(place::is);
  }

  /** How many tasks it is worth to look at. */
  private int window() {
    return freshness.possible() ? Math.min(MOST, 2 * quiet) : 0;
  }

  /** The task is here now, and those before it are over. */
  private void reached(Foresight.Place here) {
    if (isSeen(here)) {
      while (!seen.getFirst().is(here)) {
        seen.removeFirst();
      }
      seen.removeFirst();
    }
  }

  /** How tasks go decides how far it is worth to look ahead. */
  void planned(Verdict verdict) {
    if (verdict instanceof Verdict.Satisfied) {
      quiet = Math.min(MOST, quiet + 1);
    }
  }

  private void forgetOld() {
    boolean changed = moment != freshness.now();
    if (changed || nanoTime.getAsLong() - since > LIFE.toNanos()) {
      quiet = changed && !unread.isEmpty() ? 0 : quiet;
      forget();
    }
  }

  private void forget() {
    answers.clear();
    unread.clear();
    seen.clear();
    barrier = Foresight.Place.NOWHERE;
  }

  /** What is known of any host may be old. */
  void doubt() {
    freshness.spoil();
  }
}
