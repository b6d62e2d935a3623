package dev.hearth.receipt;

import dev.hearth.journal.Entry;
import dev.hearth.journal.Receipt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Walks a receipt backwards. A part whose place on the host is not as the step left it has drifted
 * and stays, unless that is asked for; one that is already as it was before is left alone.
 */
public final class TakingBack {

  /**
   * What was there before was the run's own, and an earlier step of it has what was before that.
   */
  private static final String EARLIER = "earlier";

  private final Function<String, Way> ways;
  private final String ownPlace;
  private final boolean drifted;
  private final HostUndo host;
  private final List<Receipt.Step> steps;
  private final WatchedChanges changes;

  /** What later steps of the same run left where an earlier one has what was there before. */
  private final Map<String, String> left = new HashMap<>();

  /**
   * How one part of a step goes.
   *
   * @param part the part
   * @param how {@code would}, {@code done}, {@code same}, {@code drifted}, {@code full}, {@code
   *     impossible} or {@code failed}
   * @param why the reason, where there is one
   */
  public record Fate(Entry.Part part, String how, String why) {

    /** Whether nothing of the part is left on the host. */
    boolean over() {
      return how.equals("done") || how.equals("same");
    }
  }

  /** What becomes of a step. */
  public record Taken(Receipt.Step step, List<Fate> parts) {

    /** Keeps its own copy. */
    public Taken {
      parts = List.copyOf(parts);
    }

    /** The worst of its parts. */
    public String how() {
      for (String bad : List.of("failed", "drifted", "full", "impossible", "would", "done")) {
        if (parts.stream().anyMatch(part -> part.how().equals(bad))) {
          return bad;
        }
      }
      return "same";
    }
  }

  /**
   * Takes back on a host.
   *
   * @param ways the way to the host as a user, empty for the one that logs in
   * @param ownPlace where this machine keeps what was there before, when it is the host
   * @param drifted whether what was changed since is taken back as well
   * @param steps what was done there, the first step first
   */
  public TakingBack(
      Function<String, Way> ways, String ownPlace, boolean drifted, List<Receipt.Step> steps) {
    this.steps = List.copyOf(steps);
    this.changes = new WatchedChanges(steps);
    this.ways = ways;
    this.ownPlace = ownPlace;
    this.drifted = drifted;
    this.host = new HostUndo(ways, ownPlace, drifted);
  }

  /** What would become of the steps, the last one first; changes nothing. */
  public List<Taken> plan() {
    List<Taken> plan = new ArrayList<>();
    Map<String, String> will = new HashMap<>();
    for (Receipt.Step step : steps.reversed()) {
      Map<Integer, Fate> asked = new HashMap<>();
      together(step, untouched(step, will), true, asked);
      List<Fate> fates = new ArrayList<>();
      for (int part = 0; part < step.intended().undo().size(); part++) {
        Optional<Fate> held = held(step, part, fates);
        fates.add(held.isPresent() ? held.get() : foreseen(step, part, will, asked));
      }
      plan.add(new Taken(step, fates));
    }
    return plan;
  }

  /** The paths that no later step touches: they are on the host as this step will find them. */
  private static List<Integer> untouched(Receipt.Step step, Map<String, String> will) {
    List<Entry.Part> parts = step.intended().undo();
    return IntStream.range(0, parts.size())
        .filter(part -> putBack(step, part))
        .filter(part -> !will.containsKey(parts.get(part).text()))
        .filter(part -> !will.containsKey(Watched.MOUNT + parts.get(part).text()))
        .boxed()
        .toList();
  }

  /**
   * Later steps touch the same place first, and the host is not yet as they will leave it.
   *
   * @param asked what the host said of the others
   */
  private Fate foreseen(
      Receipt.Step step, int number, Map<String, String> will, Map<Integer, Fate> asked) {
    Entry.Part part = step.intended().undo().get(number);
    if (part.kind() == Entry.Kind.RUN) {
      return foreseenRun(step, number, will);
    }
    if (!hasPath(part) || step.before(number).equals(EARLIER)) {
      return fate(step, number, true);
    }
    String path = part.text();
    boolean below =
        part.kind() != Entry.Kind.RESTORE
            && will.keySet().stream().anyMatch(touched -> touched.startsWith(path + "/"));
    String next = will.get(path);
    if (next == null && will.containsKey(Watched.MOUNT + path)) {
      return new Fate(part, "would", "");
    }
    Fate fate =
        next == null && !below
            ? Optional.ofNullable(asked.get(number)).orElseGet(() -> fate(step, number, true))
            : next == null || next.equals(step.after(number))
                ? new Fate(part, "would", "")
                : drifted
                    ? new Fate(part, "would", "it was changed in between")
                    : new Fate(part, "drifted", "it was changed in between");
    if (fate.how().equals("would") || fate.how().equals("same")) {
      will.put(path, step.before(number));
    }
    return fate;
  }

  /** What a later step's script will have changed by then is not yet as it was before. */
  private Fate foreseenRun(Receipt.Step step, int number, Map<String, String> will) {
    List<String> things = Watched.of(step).stream().map(Watched::what).toList();
    Fate fate =
        things.stream().anyMatch(will::containsKey)
            ? new Fate(step.intended().undo().get(number), "would", "")
            : fate(step, number, true);
    if (fate.how().equals("would")) {
      things.forEach(thing -> will.put(thing, ""));
    }
    return fate;
  }

  /** What a step brought beside a file, such as a copy of it, stays while the file is not back. */
  private static Optional<Fate> held(Receipt.Step step, int number, Collection<Fate> earlier) {
    Entry.Part part = step.intended().undo().get(number);
    return part.kind() == Entry.Kind.APPEARED
        ? earlier.stream()
            .filter(fate -> !fate.over() && !fate.how().equals("would"))
            .findFirst()
            .map(fate -> new Fate(part, fate.how(), "not before " + fate.part().text()))
        : Optional.empty();
  }

  /** Takes a step back. */
  public Taken take(Receipt.Step step) {
    Map<Integer, Fate> fates = new TreeMap<>();
    List<Integer> paths = new ArrayList<>();
    for (int part = 0; part < step.intended().undo().size(); part++) {
      if (putBack(step, part)) {
        paths.add(part);
        continue;
      }
      together(step, paths, false, fates);
      paths.clear();
      Optional<Fate> held = held(step, part, fates.values());
      fates.put(part, held.isPresent() ? held.get() : fate(step, part, false));
    }
    together(step, paths, false, fates);
    return new Taken(step, List.copyOf(fates.values()));
  }

  /**
   * What the step made last goes first, a directory after what is in it; but before that, what was
   * there comes back in its order.
   */
  private void together(
      Receipt.Step step, List<Integer> parts, boolean dry, Map<Integer, Fate> fates) {
    if (parts.isEmpty()) {
      return;
    }
    Map<Boolean, List<Integer>> there =
        parts.stream()
            .collect(
                Collectors.partitioningBy(
                    part -> !step.before(part).matches("\\?|absent( \\d+)?")));
    List<Integer> order = new ArrayList<>(Objects.requireNonNull(there.get(true)));
    order.addAll(Objects.requireNonNull(there.get(false)).reversed());
    List<Fate> told = host.of(step, dry, order.stream().map(part -> question(step, part)).toList());
    for (int i = 0; i < order.size(); i++) {
      fates.put(order.get(i), told.get(i));
    }
  }

  /** Whether a part is a path of which the host knows what was there. */
  private static boolean putBack(Receipt.Step step, int part) {
    return step.intended().undo().get(part).kind() == Entry.Kind.RESTORE
        && !step.before(part).equals(EARLIER);
  }

  /** What the journal says of a step that was dealt with. */
  public static Entry.Undone record(Taken taken) {
    boolean over =
        taken.parts().stream().allMatch(part -> part.over() || part.how().equals("impossible"));
    String why =
        String.join(
            "; ",
            taken.parts().stream()
                .filter(part -> !part.over())
                .map(part -> part.part().text() + ": " + part.how() + " " + part.why())
                .toList());
    return new Entry.Undone(
        taken.step().intended().step(),
        taken.step().intended().run(),
        over ? "done" : taken.how(),
        why.strip());
  }

  private static boolean hasPath(Entry.Part part) {
    return switch (part.kind()) {
      case RESTORE, TREE, ATTRIBUTES -> true;
      case APPEARED, RUN, WATCH, NOTHING, IMPOSSIBLE -> false;
    };
  }

  private Fate fate(Receipt.Step step, int number, boolean dry) {
    Entry.Part part = step.intended().undo().get(number);
    if (step.before(number).equals(EARLIER)) {
      left.putIfAbsent(part.text(), step.after(number));
      return new Fate(part, "same", "");
    }
    switch (part.kind()) {
      case NOTHING, WATCH -> {
        return new Fate(part, "same", part.text());
      }
      case IMPOSSIBLE -> {
        return new Fate(part, "impossible", part.text());
      }
      default -> {}
    }
    if (part.kind() == Entry.Kind.RUN && asBefore(step)) {
      return new Fate(part, "same", "");
    }
    return host.of(step, dry, List.of(question(step, number))).getFirst();
  }

  private HostUndo.Question question(Receipt.Step step, int number) {
    return new HostUndo.Question(number, step.before(number), leftBy(step, number));
  }

  /**
   * Somebody may have taken it back already, or a later step of the run, and a script would find
   * nothing to do it to.
   */
  private boolean asBefore(Receipt.Step step) {
    List<Watched> things = Watched.of(step);
    return !things.isEmpty()
        && changes.before(step, Watched.now(ways.apply(step.intended().user()), ownPlace, things));
  }

  private String leftBy(Receipt.Step step, int number) {
    String later = left.remove(step.intended().undo().get(number).text());
    return later == null ? step.after(number) : later;
  }
}
