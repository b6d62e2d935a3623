package dev.hearth.receipt;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.journal.Digest;
import dev.hearth.journal.Entry;
import dev.hearth.journal.Receipt;
import dev.hearth.journal.RecordLog;
import dev.hearth.plan.Effect;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one run notes of one host: its journal, which begins with the first step. */
final class HostNotes {

  private static final Set<Entry.Kind> NEED_THE_HOST =
      Set.of(
          Entry.Kind.RESTORE,
          Entry.Kind.TREE,
          Entry.Kind.ATTRIBUTES,
          Entry.Kind.APPEARED,
          Entry.Kind.RUN);

  private final String run;
  private final String ownPlace;
  private final boolean keeps;
  private final UnaryOperator<String> masked;
  private final Book book;
  private final List<Entry> entries = new ArrayList<>();
  private final FinishedWork results;
  private final Map<String, Way> observed = new HashMap<>();
  private final Map<String, HostLock> locks = new HashMap<>();
  private final Map<String, String> touched = new HashMap<>();
  private @Nullable RecordLog journal;
  private @Nullable Way way;
  private @Nullable Barred barred;
  private boolean wanting;
  private final IntSupplier numbers;
  private final Consumer<Diagnostic> waits;
  private final List<Entry.Intended> goingOn = new ArrayList<>();

  /**
   * @param ownPlace where this machine keeps what was there before, when it is the host
   * @param keeps whether what was there before is kept
   * @param masked hides every secret in a text
   * @param before what the runs that this one continues noted of the host, the oldest first
   * @param numbers gives each step of the run a number of its own: one machine may have two names
   * @param waits takes what is waited for
   * @param book where the notes go
   */
  HostNotes(
      String run,
      String ownPlace,
      boolean keeps,
      UnaryOperator<String> masked,
      List<List<Entry>> before,
      IntSupplier numbers,
      Consumer<Diagnostic> waits,
      Book book) {
    this.results = new FinishedWork(before, masked);
    this.keeps = keeps;
    this.run = run;
    this.ownPlace = ownPlace;
    this.masked = masked;
    this.numbers = numbers;
    this.waits = waits;
    this.book = book;
  }

  /**
   * Does a step and notes it.
   *
   * @param begun what the run before had begun for this task and not finished; what is adopted is
   *     taken out
   */
  synchronized Outcome apply(
      Way by,
      String task,
      String at,
      Step step,
      List<Entry.Intended> begun,
      Function<List<Script>, List<Outcome>> host) {
    if (step.effect() == Effect.READS) {
      return host.apply(List.of(step.script())).getFirst();
    }
    observed.put(by.user(), by);
    List<Parts.Told> parts =
        keeps ? Parts.of(step.undo(), masked) : impossible("teardown is not taken back");
    boolean keepsNothing = needNothing(entries(parts));
    if (keepsNothing) {
      Optional<Entry.Intended> same =
          begun.stream().filter(it -> it.digest().equals(digest(step))).findFirst();
      Optional<Outcome> end =
          same.flatMap(
              it -> LostSteps.adopted(scripts(by, it.run(), it.step()), it, host, this::note));
      if (end.isPresent()) {
        begun.remove(same.get());
        return end.get();
      }
    }
    int number = intend(by, task, at, step, parts);
    StepScripts scripts = scripts(by, run, number);
    if (keepsNothing && parts.stream().noneMatch(part -> part.entry().kind() == Entry.Kind.WATCH)) {
      Script script = around(scripts, step.script());
      Outcome end = host.apply(List.of(script)).getFirst();
      note(ended(number, end, List.of(), List.of()));
      return end;
    }
    List<Outcome> ends =
        host.apply(
            List.of(
                scripts.keep(parts, touched),
                scripts.guarded(step.script()),
                scripts.look(entries(parts))));
    return noted(number, parts, ends);
  }

  private Script around(StepScripts scripts, Script step) {
    if (step.input() instanceof Payload.Dialogue) {
      // What it writes is wanted at once, and it cannot go on when nobody answers.
      return step;
    }
    return keeps ? scripts.observed(step) : scripts.observedApart(step);
  }

  private StepScripts scripts(Way by, String of, int number) {
    return new StepScripts(by, ownPlace, of, number);
  }

  private void await(Way by, Entry.Intended step) {
    LostSteps.await(by, scripts(by, step.run(), step.step()), step, waits);
  }

  private Outcome noted(int number, List<Parts.Told> parts, List<Outcome> ends) {
    if (!(ends.getFirst() instanceof Outcome.Exited keeping)) {
      note(lost(number));
      return ends.getFirst();
    }
    if (!keeping.ok()) {
      note(unseen(number, Receipt.NOT_BEGUN));
      String why = keeping.err().isBlank() ? keeping.out() : keeping.err();
      return Outcome.Exited.of(
          HostScripts.NOT_KEPT,
          "",
          "what was there before cannot be kept, so nothing was done: " + why.strip());
    }
    note(kept(number, run, entries(parts), keeping));
    if (ends.get(1) instanceof Outcome.Exited && ends.get(2) instanceof Outcome.ChannelLost) {
      // It ended, but what it left was not seen: whoever continues the run looks.
      note(lost(number));
      return ends.get(2);
    }
    List<String> after = List.of();
    List<String> appeared = List.of();
    if (ends.get(2) instanceof Outcome.Exited seen && seen.ok()) {
      after = states(entries(parts), seen);
      appeared = names(seen);
    }
    for (int part = 0; part < Math.min(after.size(), parts.size()); part++) {
      if (parts.get(part).entry().kind() == Entry.Kind.RESTORE) {
        touched.put(parts.get(part).entry().text(), after.get(part));
      }
    }
    note(ended(number, ends.get(1), after, appeared));
    return ends.get(1);
  }

  private Entry.Kept kept(int step, String run, List<Entry.Part> parts, Outcome.Exited told) {
    List<String> lines = told.out().lines().toList();
    return new Entry.Kept(
        step, run, lines.getFirst(), hidden(parts, lines.subList(1, lines.size())));
  }

  private Entry.Ended ended(int number, Outcome end, List<String> after, List<String> appeared) {
    return switch (end) {
      case Outcome.Exited exited ->
          new Entry.Ended(number, run, OptionalInt.of(exited.code()), "", after, appeared);
      case Outcome.TimedOut _ ->
          new Entry.Ended(number, run, OptionalInt.empty(), "timed out", after, appeared);
      case Outcome.ChannelLost _ -> lost(number);
    };
  }

  /** Nobody sees its end, but it goes on if it had begun. */
  private Entry.Ended lost(int number) {
    entries.stream()
        .filter(Entry.Intended.class::isInstance)
        .map(Entry.Intended.class::cast)
        .filter(step -> step.step() == number)
        .forEach(goingOn::add);
    return unseen(number, Receipt.LOST);
  }

  private Entry.Ended unseen(int number, String how) {
    return new Entry.Ended(number, run, OptionalInt.empty(), how, List.of(), List.of());
  }

  /** Notes steps that nobody waits for. */
  synchronized void detached(Way by, String task, String at, List<Step> several) {
    for (Step step : several) {
      if (step.effect() != Effect.READS) {
        intend(by, task, at, step, impossible("it went on by itself, and nobody saw its end"));
      }
    }
  }

  /** How often a task's module was used on this host before. */
  int count(String at) {
    return results.count(at);
  }

  /** The result of work that the run before had finished; it is noted again, for the next one. */
  Optional<Result> finished(String at, int count) {
    Optional<Entry.Done> done = results.find(at, count);
    done.ifPresent(this::note);
    return done.flatMap(FinishedWork::result);
  }

  /**
   * What the run before had begun for this task and not finished. What still goes on is waited for;
   * where nobody saw how a step ended, what is there now is noted as what it left.
   */
  synchronized List<Entry.Intended> begun(Way by, String at) {
    goingOn.forEach(step -> await(by, step));
    List<Entry.Intended> steps = results.begun(at);
    for (Entry.Intended step : steps) {
      if (results.saw(step)) {
        continue;
      }
      await(by, step);
      if (needNothing(step.undo())) {
        continue;
      }
      if (!results.knew(step)
          && by.connection().run(scripts(by, step.run(), step.step()).kept(), by.become())
              instanceof Outcome.Exited told
          && told.ok()) {
        note(kept(step.step(), step.run(), step.undo(), told));
      }
      Script look = scripts(by, step.run(), step.step()).look(step.undo());
      if (by.connection().run(look, by.become()) instanceof Outcome.Exited seen && seen.ok()) {
        note(
            new Entry.Ended(
                step.step(),
                step.run(),
                OptionalInt.empty(),
                "seen later",
                states(step.undo(), seen),
                names(seen)));
      }
    }
    return steps;
  }

  /** A step that only has such parts leaves nothing to look at, and its end may be adopted. */
  private static boolean needNothing(List<Entry.Part> parts) {
    return parts.stream().noneMatch(part -> NEED_THE_HOST.contains(part.kind()));
  }

  private List<String> states(List<Entry.Part> parts, Outcome.Exited seen) {
    return hidden(parts, seen.out().lines().filter(line -> !line.startsWith("+")).toList());
  }

  /** What is watched may tell a secret, which is not written down. */
  private List<String> hidden(List<Entry.Part> parts, List<String> told) {
    List<String> states = new ArrayList<>(told);
    for (int part = 0; part < Math.min(parts.size(), states.size()); part++) {
      boolean watched = parts.get(part).kind() == Entry.Kind.WATCH;
      if (watched && !masked.apply(states.get(part)).equals(states.get(part))) {
        states.set(part, "-");
      }
    }
    return states;
  }

  private static List<String> names(Outcome.Exited seen) {
    return seen.out()
        .lines()
        .filter(line -> line.startsWith("+"))
        .map(line -> line.substring(1))
        .toList();
  }

  /** Notes that a module's work is over. */
  void ended(String at, int count, Result result) {
    note(results.done(at, count, result));
  }

  private static List<Entry.Part> entries(List<Parts.Told> parts) {
    return parts.stream().map(Parts.Told::entry).toList();
  }

  private static String digest(Step step) {
    return Digest.of(Renderer.forPeople(step.script()));
  }

  private static List<Parts.Told> impossible(String why) {
    return List.of(new Parts.Told(new Entry.Part(Entry.Kind.IMPOSSIBLE, why), List.of()));
  }

  private int intend(Way by, String task, String at, Step step, List<Parts.Told> parts) {
    int number = numbers.getAsInt();
    note(
        new Entry.Intended(
            number,
            run,
            masked.apply(task),
            at,
            masked.apply(step.what()),
            digest(step),
            by.user(),
            entries(parts)));
    return number;
  }

  /** The receipt is left with the user that has most rights. */
  synchronized void remember(Way by) {
    boolean hasRoot = way != null && way.user().equals("root");
    if (!hasRoot || by.user().equals("root")) {
      way = by;
    }
  }

  /**
   * Adds a record to the journal.
   *
   * @throws Barred when it cannot be written
   */
  synchronized void note(Entry entry) {
    unlessBarred(
        () -> {
          wanting = !(entry instanceof Entry.Intended);
          append(entry);
          wanting = false;
          return entries.add(entry);
        });
  }

  private void append(Entry entry) {
    RecordLog log = journal;
    if (log == null) {
      book.lease(Duration.ZERO);
      log = book.begin();
      journal = log;
    }
    log.append(entry);
  }

  /** Adds the last record, also when the run may do nothing more on the host. */
  synchronized void end(Entry.End end) {
    append(end);
  }

  /** Whether this is what barred the run, which was told then. */
  synchronized boolean told(HearthException failure) {
    return barred != null && String.valueOf(failure.getMessage()).equals(barred.getMessage());
  }

  /** What was refused once is refused for the rest of the run, at once. */
  private <T> T unlessBarred(Supplier<T> work) {
    if (barred != null) {
      throw barred;
    }
    try {
      return work.get();
    } catch (HearthException why) {
      Barred refusal = new Barred(why);
      barred = refusal;
      throw refusal;
    }
  }

  /**
   * Takes the host's lock for a user, if this run does not have it yet.
   *
   * @return whether it was taken just now
   * @throws Barred when another run has it
   */
  synchronized boolean lock(Way by, String who, Duration patience) {
    return unlessBarred(
        () -> {
          HostLock held = locks.get(by.user());
          if (held != null && held.holds(by)) {
            return false;
          }
          if (held != null) {
            held.close();
          }
          book.lease(patience);
          locks.put(by.user(), HostLock.take(by, by.own() ? ownPlace : "", run, who, patience));
          return true;
        });
  }

  /** What was noted. */
  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The ways on which the host keeps how steps ended. */
  synchronized Collection<Way> observed() {
    return List.copyOf(observed.values());
  }

  /**
   * Whether how a step ended is still wanted of the host: the connection broke under it and it goes
   * on, or that could not be written down.
   */
  synchronized boolean lost() {
    return wanting || !goingOn.isEmpty();
  }

  /** The way that the last step took. */
  synchronized Optional<Way> way() {
    return Optional.ofNullable(way);
  }

  /** Ends the journal and lets others change the host. */
  synchronized void close() {
    locks.values().forEach(HostLock::close);
    locks.clear();
    if (journal != null) {
      journal.close();
    }
    book.release();
  }
}
