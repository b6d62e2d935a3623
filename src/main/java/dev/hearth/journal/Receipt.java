package dev.hearth.journal;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was done to a host and is not undone: the steps of all runs in the order in which they were
 * done.
 *
 * @param header what it says about itself
 * @param steps the steps
 */
public record Receipt(Entry.Header header, List<Step> steps) {

  /** So many earlier versions are remembered, to tell which of two copies is the newer. */
  private static final int ANCESTORS = 100;

  /** What the header calls the names of one machine. */
  private static final String NAMES = "names";

  /** Keeps its own copy. */
  public Receipt {
    steps = List.copyOf(steps);
  }

  /**
   * A step that was begun.
   *
   * @param intended what was to be done
   * @param kept what was there before; none when nothing had to be kept, or nobody knows
   * @param ended how it ended; none when it was cut off
   */
  public record Step(
      Entry.Intended intended, Optional<Entry.Kept> kept, Optional<Entry.Ended> ended) {

    /** What was there before one of its parts; {@code ?} when nobody knows. */
    public String before(int part) {
      return one(kept.map(Entry.Kept::before), part);
    }

    /** What it left of one of its parts; {@code ?} when nobody knows. */
    public String after(int part) {
      return one(ended.map(Entry.Ended::after), part);
    }

    private static String one(Optional<List<String>> all, int part) {
      return all.filter(states -> part < states.size()).map(states -> states.get(part)).orElse("?");
    }

    /** Whether it surely did nothing. */
    boolean neverBegan() {
      return ended.isPresent() && ended.get().how().equals(NOT_BEGUN);
    }

    /** Whether there is anything to take back, or nobody saw how it ended. */
    private boolean stays() {
      return kept.isPresent()
          || ended.isEmpty()
          || intended.undo().stream()
              .anyMatch(
                  part ->
                      part.kind() != Entry.Kind.IMPOSSIBLE && part.kind() != Entry.Kind.NOTHING);
    }

    private List<Object> identity() {
      return List.of(intended.at(), intended.digest(), intended.user(), intended.undo());
    }
  }

  /** {@link Entry.Ended#how} of a step that was not begun, because something before it failed. */
  public static final String NOT_BEGUN = "not begun";

  /** {@link Entry.Ended#how} of a step whose end nobody saw. */
  public static final String LOST = "lost";

  /** All inventory names under which runs did what is in it, sorted: a machine may have several. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(header.details().getOrDefault(NAMES, List.of()));
    names.add(header.host());
    return names;
  }

  /** A receipt without steps. */
  public static Receipt empty(String host, String tool) {
    return new Receipt(
        new Entry.Header(Entry.FORMAT, "receipt", "", host, tool, Map.of(), List.of()), List.of());
  }

  /** The receipt that a file holds. */
  public static Receipt of(Journal file) {
    if (!file.header().content().equals("receipt")) {
      throw Diagnostic.error(ExitCode.INVALID, file.name() + " is no receipt")
          .because("it is a " + file.header().content())
          .failure();
    }
    return new Receipt(file.header(), steps(file.entries()));
  }

  /** The steps among these entries, without those that were undone or never begun. */
  public static List<Step> steps(List<Entry> entries) {
    Map<String, Step> steps = new LinkedHashMap<>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Intended intended ->
            steps.put(
                key(intended.run(), intended.step()),
                new Step(intended, Optional.empty(), Optional.empty()));
        case Entry.Kept kept ->
            steps.computeIfPresent(
                key(kept.run(), kept.step()),
                (key, step) -> new Step(step.intended(), Optional.of(kept), step.ended()));
        case Entry.Ended ended ->
            steps.computeIfPresent(
                key(ended.run(), ended.step()),
                (key, step) -> new Step(step.intended(), step.kept(), Optional.of(ended)));
        case Entry.Undone undone -> {
          if (undone.how().equals("done")) {
            steps.remove(key(undone.run(), undone.step()));
          }
        }
        case Entry.Header _, Entry.Done _, Entry.End _ -> {}
      }
    }
    return steps.values().stream().filter(step -> !step.neverBegan()).toList();
  }

  private static String key(String run, int step) {
    return run + "/" + step;
  }

  /**
   * Steps without repetitions of what cannot be taken back: that a command was run is told once,
   * however many runs ran it.
   */
  private static List<Step> once(List<Step> steps) {
    Set<List<Object>> told = new HashSet<>();
    return steps.stream().filter(step -> step.stays() || told.add(step.identity())).toList();
  }

  /**
   * The receipt after a run: its steps are added, what it undid goes.
   *
   * @param host the inventory name under which the run did it
   * @param digits the digits that the file ends with in which this receipt is; empty for none
   * @param entries what the run's journal holds
   */
  public Receipt after(String run, String host, String tool, String digits, List<Entry> entries) {
    List<Entry> all = new ArrayList<>(entries());
    all.addAll(entries);
    List<String> ancestors = new ArrayList<>(header.ancestors());
    if (!digits.isEmpty()) {
      ancestors.add(digits);
    }
    Set<String> names = names();
    names.add(host);
    List<Step> left = once(steps(all));
    return new Receipt(
        new Entry.Header(
            Entry.FORMAT,
            "receipt",
            run,
            header.host(),
            tool,
            left.isEmpty() || names.size() == 1 ? Map.of() : Map.of(NAMES, List.copyOf(names)),
            ancestors.subList(Math.max(0, ancestors.size() - ANCESTORS), ancestors.size())),
        left);
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (Step step : steps) {
      entries.add(step.intended());
      step.kept().ifPresent(entries::add);
      step.ended().ifPresent(entries::add);
    }
    return entries;
  }

  /** The bytes of the file. */
  public byte[] bytes() {
    return JournalFile.bytes(header, entries());
  }

  /**
   * The newer of two copies.
   *
   * @param here the one on this machine
   * @param there the one on the host
   * @throws dev.hearth.diag.HearthException when neither was made from the other
   */
  public static Optional<Journal> newer(@Nullable Journal here, @Nullable Journal there) {
    if (here == null || there == null) {
      return Optional.ofNullable(here == null ? there : here);
    }
    if (here.digits().equals(there.digits())
        || here.header().ancestors().contains(there.digits())) {
      return Optional.of(here);
    }
    if (there.header().ancestors().contains(here.digits())) {
      return Optional.of(there);
    }
    throw Diagnostic.error(
            ExitCode.FAILED,
            "the two receipts of " + here.header().host() + " were not made from each other")
        .because(
            "here: "
                + here.name()
                + ", last run "
                + here.header().run()
                + "\non the host: "
                + there.name()
                + ", last run "
                + there.header().run())
        .next("keep the right one and move the other away; nothing is guessed and nothing changed")
        .failure();
  }
}
