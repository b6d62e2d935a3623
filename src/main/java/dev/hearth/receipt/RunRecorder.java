package dev.hearth.receipt;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.journal.Entry;
import dev.hearth.journal.RecordLog;
import dev.hearth.journal.RunStore;
import dev.hearth.plan.Effect;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Writes a run's journals, and brings the receipts up to date when it ends. */
public final class RunRecorder implements Recorder {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Where a run was started, among its details. */
  public static final String DIRECTORY = "directory";

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final RunStore store;
  private final String run;
  private final String tool;
  private final UnaryOperator<String> masked;
  private final InstantSource clock;
  private final Consumer<Diagnostic> warnings;
  private final Receipts receipts;
  private final RecordLog journal;
  private final Purpose purpose;
  private final EarlierRuns earlier;
  private final AtomicInteger steps = new AtomicInteger();
  private final Map<String, HostNotes> hosts = new ConcurrentSkipListMap<>();

  /**
   * What a run is for.
   *
   * @param makes whether it makes something, so that what was there before is kept
   * @param takenDown hosts from which it takes all away; when it has, their receipts are empty
   * @param continued the run that it continues
   * @param who who runs it and where, for others who want the same hosts
   * @param patience how long to wait for another run's lock
   * @param ownPlace where this machine keeps what was there before, when it is the host
   */
  public record Purpose(
      boolean makes,
      Set<String> takenDown,
      Optional<String> continued,
      String who,
      Duration patience,
      String ownPlace) {

    /** Keeps its own copy. */
    public Purpose {
      takenDown = Set.copyOf(takenDown);
    }
  }

  private RunRecorder(
      Purpose purpose,
      RunStore store,
      String run,
      String tool,
      Map<String, List<String>> details,
      UnaryOperator<String> masked,
      InstantSource clock,
      Consumer<Diagnostic> warnings) {
    this.purpose = purpose;
    this.store = store;
    this.run = run;
    this.tool = tool;
    this.masked = masked;
    this.clock = clock;
    this.warnings = warnings;
    this.receipts = new Receipts(store, purpose.ownPlace(), tool, warnings);
    this.earlier = new EarlierRuns(store, EarlierRuns.directory(details));
    this.journal =
        store.begin(run, new Entry.Header(Entry.FORMAT, "run", run, "", tool, details, List.of()));
  }

  /**
   * Begins a run's journal.
   *
   * @param purpose what the run is for
   * @param tool this program's version
   * @param details what the history tells of it, without secrets
   * @param masked hides every secret in a text
   * @param random makes the run's name different from all others
   * @param warnings takes why a copy of a receipt could not be written
   * @throws dev.hearth.diag.HearthException when it cannot be written
   */
  public static RunRecorder begin(
      Purpose purpose,
      RunStore store,
      String tool,
      Map<String, List<String>> details,
      UnaryOperator<String> masked,
      InstantSource clock,
      RandomGenerator random,
      Consumer<Diagnostic> warnings) {
    String run = NAME.format(clock.instant()) + "-%08x".formatted(random.nextInt());
    return new RunRecorder(purpose, store, run, tool, details, masked, clock, warnings);
  }

  /** The run's name. */
  public String run() {
    return run;
  }

  @Override
  public TaskNotes task(Way way, Supplier<String> task, String at) {
    HostNotes notes = hosts.computeIfAbsent(way.host(), this::notes);
    notes.remember(way);
    int count = notes.count(at);
    return new TaskNotes() {
      private List<Entry.Intended> begun = List.of();
      private boolean cutOff;
      private boolean did;

      @Override
      public Optional<Result> finished() {
        Optional<Result> result = notes.finished(at, count);
        if (result.isEmpty()) {
          begun = new ArrayList<>(notes.begun(way, at));
          cutOff = !begun.isEmpty();
        }
        return result;
      }

      @Override
      public boolean lock() {
        return notes.lock(way, purpose.who(), patience());
      }

      @Override
      public Outcome apply(Step step, Function<List<Script>, List<Outcome>> host) {
        did |= step.effect() != Effect.READS;
        return notes.apply(way, task.get(), at, step, begun, host);
      }

      @Override
      public void detached(List<Step> steps) {
        notes.detached(way, task.get(), at, steps);
      }

      @Override
      public Result ended(Result result) {
        // What the run before changed has changed for this one: its handlers are still due.
        Result whole = !cutOff || result.failed() ? result : result.changed(true);
        if (did || cutOff) {
          notes.ended(at, count, whole);
        }
        return whole;
      }
    };
  }

  /**
   * Takes a host's lock.
   *
   * @throws dev.hearth.diag.HearthException with {@link ExitCode#LOCKED} when another run has it
   */
  public void lock(Way way) {
    hosts.computeIfAbsent(way.host(), this::notes).lock(way, purpose.who(), patience());
  }

  /** A step of a receipt was dealt with. */
  public void undone(Way way, Entry.Undone undone) {
    HostNotes notes = hosts.computeIfAbsent(way.host(), this::notes);
    notes.remember(way);
    notes.note(undone);
  }

  /** The shell of a run that was killed just now takes a moment to end. */
  private Duration patience() {
    return purpose.patience().compareTo(GRACE) < 0 ? GRACE : purpose.patience();
  }

  private HostNotes notes(String host) {
    return new HostNotes(
        run,
        purpose.ownPlace(),
        purpose.makes(),
        masked,
        purpose.continued().map(before -> earlier.of(before, host)).orElse(List.of()),
        steps::incrementAndGet,
        warnings,
        new Book() {
          @Override
          public void lease(Duration patience) {
            store.lease(run, host, purpose.who(), patience);
          }

          @Override
          public RecordLog begin() {
            // One that could not be brought up to date afterwards is found before anything is done.
            var _ = store.receipt(host);
            var _ = store.cutOff(host);
            return store.journal(
                run,
                host,
                new Entry.Header(Entry.FORMAT, "journal", run, host, tool, Map.of(), List.of()));
          }

          @Override
          public void release() {
            store.release(run, host);
          }
        });
  }

  @Override
  public void finish(ExitCode exit) {
    // A stopped run is noted like any other.
    boolean interrupted = Thread.interrupted();
    try {
      String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
      Optional<HearthException> failure = Optional.empty();
      boolean whole = true;
      for (Map.Entry<String, HostNotes> host : hosts.entrySet()) {
        try {
          note(host.getKey(), host.getValue(), exit, now);
        } catch (HearthException unwritten) {
          // The next run adds it to the receipt; the other hosts' can be written perhaps.
          whole = false;
          if (!host.getValue().told(unwritten)) {
            failure = failure.or(() -> Optional.of(unwritten));
          }
        }
      }
      try (journal) {
        journal.append(new Entry.End(exit.number(), now));
      }
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (whole) {
        store.finish(run);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The receipt has what was done before others may change the host. */
  private void note(String host, HostNotes notes, ExitCode exit, String now) {
    try {
      List<Entry> entries = notes.entries();
      if (purpose.takenDown().contains(host) && exit == ExitCode.OK) {
        receipts.empty(host, run, notes.way());
      } else if (!entries.isEmpty()) {
        receipts.add(host, run, entries, notes.way());
      }
      if (!notes.lost()) {
        notes.observed().forEach(way -> receipts.clean(way, run));
      }
      if (exit == ExitCode.OK) {
        // All that earlier runs left open was gone through.
        List<String> before = purpose.continued().map(store::chain).orElse(List.of());
        notes.way().ifPresent(way -> before.forEach(each -> receipts.clean(way, each)));
      }
      if (!entries.isEmpty()) {
        notes.end(new Entry.End(exit.number(), now));
      }
    } finally {
      notes.close();
    }
  }
}
