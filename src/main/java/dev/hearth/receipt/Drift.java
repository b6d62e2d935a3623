package dev.hearth.receipt;

import dev.hearth.journal.Entry;
import dev.hearth.journal.Receipt;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What changed on a host since a run left it. */
public final class Drift {

  private static final String ABSENT = "absent";

  /**
   * A place that the run touched, or something else that it changed, such as a unit.
   *
   * @param path where, or what
   * @param left what the run left there
   * @param now what is there
   */
  public record Place(String path, String left, String now) {

    /** Whether it is as the run left it. */
    public boolean same() {
      return left.equals(now);
    }
  }

  /**
   * How the last step left a place.
   *
   * @param part the number of the step's part that has it
   * @param later of a tree: what later steps changed in it, with the lines that stood for that
   */
  private record Last(Entry.Intended step, int part, String left, Map<String, String> later) {

    String user() {
      return step.user();
    }

    String kind() {
      return StepScripts.kind(step.undo().get(part));
    }

    boolean watched() {
      return step.undo().get(part).kind() == Entry.Kind.WATCH;
    }
  }

  private final Function<String, Way> ways;
  private final String ownPlace;
  private final Map<String, Last> last = new LinkedHashMap<>();
  private final List<Place> places = new ArrayList<>();

  private Drift(Function<String, Way> ways, String ownPlace) {
    this.ways = ways;
    this.ownPlace = ownPlace;
  }

  /**
   * The places that these steps touched, in order, as the last of them left them.
   *
   * @param ways the way to the host as a user, empty for the one that logs in
   * @param ownPlace where this machine keeps what was there before, when it is the host
   * @throws dev.hearth.connection.Unreachable when the host cannot be looked at
   */
  public static List<Place> of(
      List<Receipt.Step> steps, Function<String, Way> ways, String ownPlace) {
    Drift drift = new Drift(ways, ownPlace);
    steps.forEach(drift::note);
    drift.look();
    steps.forEach(drift::appeared);
    return List.copyOf(drift.places);
  }

  private void note(Receipt.Step step) {
    List<String> after = step.ended().map(Entry.Ended::after).orElse(List.of());
    List<String> before = step.kept().map(Entry.Kept::before).orElse(List.of());
    for (int part = 0; part < after.size(); part++) {
      Entry.Part undo = step.intended().undo().get(part);
      String left = after.get(part);
      if (!Watched.known(left)) {
        continue;
      }
      String path = undo.text();
      if (left.equals(ABSENT)) {
        // What was in it went with it.
        last.keySet().removeIf(other -> other.startsWith(path + "/"));
      }
      if (undo.kind() == Entry.Kind.WATCH && path.startsWith(Watched.MOUNT)) {
        // What is seen there now is the root of what is mounted.
        last.remove(path.substring(Watched.MOUNT.length()));
      }
      insideOfTrees(path, part < before.size() ? before.get(part) : "");
      last.put(path, new Last(step.intended(), part, left, new LinkedHashMap<>()));
    }
  }

  /** A tree was left as it was then, and is still compared but for this. */
  private void insideOfTrees(String path, String before) {
    String[] state = before.split(" ", -1);
    last.forEach(
        (root, it) -> {
          if (it.kind().equals("tree") && path.startsWith(root + "/")) {
            String name = "." + path.substring(root.length());
            boolean file = state.length == 5 && state[0].equals("file");
            it.later().putIfAbsent(name, file ? state[4] + "  " + name : "");
          }
        });
  }

  private void look() {
    Map<String, List<String>> byUser = new LinkedHashMap<>();
    Map<String, List<String>> watched = new LinkedHashMap<>();
    Map<String, String> now = new LinkedHashMap<>();
    last.forEach(
        (path, it) -> {
          if (it.watched()) {
            watched.computeIfAbsent(it.user(), user -> new ArrayList<>()).add(path);
          } else if (it.later().isEmpty()) {
            byUser.computeIfAbsent(it.user(), user -> new ArrayList<>()).add(path);
          } else {
            tree(path, it).ifPresent(state -> now.put(path, state));
          }
        });
    byUser.forEach((user, paths) -> look(ways.apply(user), paths, now));
    watched.forEach((user, things) -> watch(ways.apply(user), things, now));
    last.forEach(
        (path, it) ->
            places.add(new Place(path, it.left(), now.getOrDefault(path, Watched.UNKNOWN))));
  }

  private Optional<String> tree(String root, Last it) {
    Script script =
        Script.of(
            DriftScripts.TREE,
            root,
            String.join("\n", it.later().keySet()),
            String.join("\n", it.later().values().stream().filter(on -> !on.isEmpty()).toList()));
    return lines(ways.apply(it.user()), script).flatMap(told -> told.stream().findFirst());
  }

  private void look(Way way, List<String> paths, Map<String, String> now) {
    List<Word> words = new ArrayList<>();
    List.of("", "-", "-").forEach(word -> words.add(Word.of(word)));
    for (String path : paths) {
      words.add(Word.of(Objects.requireNonNull(last.get(path)).kind()));
      words.add(Word.of(path));
    }
    told(lines(way, Script.of(HostScripts.LOOK, words)).orElse(List.of()), paths, now);
  }

  private void watch(Way way, List<String> things, Map<String, String> now) {
    List<Watched> asked =
        things.stream()
            .map(thing -> Objects.requireNonNull(last.get(thing)))
            .map(it -> new Watched(it.step(), it.part()))
            .toList();
    told(Watched.now(way, ownPlace, asked), things, now);
  }

  /** There is a line for each of the names, unless the host could not be asked. */
  private static void told(List<String> lines, List<String> names, Map<String, String> now) {
    for (int i = 0; i < Math.min(lines.size(), names.size()); i++) {
      now.put(names.get(i), lines.get(i));
    }
  }

  /** What a step brought, such as packages, may be gone. */
  private void appeared(Receipt.Step step) {
    List<String> names = step.ended().map(Entry.Ended::appeared).orElse(List.of());
    List<Entry.Part> parts = step.intended().undo();
    for (int part = 0; part < parts.size() && !names.isEmpty(); part++) {
      if (parts.get(part).kind() == Entry.Kind.APPEARED) {
        Way way = ways.apply(step.intended().user());
        StepScripts scripts =
            new StepScripts(way, ownPlace, step.intended().run(), step.intended().step());
        String what = step.intended().what();
        String there = "brought by: " + what;
        List<String> missing =
            lines(way, scripts.gone(part, names)).orElse(List.of("what it brought"));
        missing.forEach(name -> places.add(new Place(name, there, "gone")));
        if (missing.isEmpty()) {
          places.add(new Place(what, there, there));
        }
      }
    }
  }

  private static Optional<List<String>> lines(Way way, Script script) {
    return way.connection().run(script, way.become()) instanceof Outcome.Exited seen && seen.ok()
        ? Optional.of(seen.out().lines().toList())
        : Optional.empty();
  }
}
