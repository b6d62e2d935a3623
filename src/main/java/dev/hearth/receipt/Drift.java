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
import java.util.function.Function;

/** What changed on a host since a run left it. */
public final class Drift {

  /**
   * A place that the run touched.
   *
   * @param path where
   * @param left what the run left there
   * @param now what is there
   */
  public record Place(String path, String left, String now) {

    /** Whether it is as the run left it. */
    public boolean same() {
      return left.equals(now);
    }
  }

  private record Last(String user, String kind, String left) {}

  private Drift() {}

  /**
   * The places that these steps touched, in order, as the last of them left them.
   *
   * @param ways the way to the host as a user, empty for the one that logs in
   * @throws dev.hearth.connection.Unreachable when the host cannot be looked at
   */
  public static List<Place> of(List<Receipt.Step> steps, Function<String, Way> ways) {
    Map<String, Last> last = new LinkedHashMap<>();
    for (Receipt.Step step : steps) {
      List<String> after = step.ended().map(Entry.Ended::after).orElse(List.of());
      for (int part = 0; part < after.size(); part++) {
        Entry.Part undo = step.intended().undo().get(part);
        if (!after.get(part).equals("-")) {
          last.put(
              undo.text(),
              new Last(step.intended().user(), StepScripts.kind(undo), after.get(part)));
        }
      }
    }
    Map<String, List<String>> byUser = new LinkedHashMap<>();
    last.forEach(
        (path, it) -> byUser.computeIfAbsent(it.user(), user -> new ArrayList<>()).add(path));
    Map<String, String> now = new LinkedHashMap<>();
    byUser.forEach((user, paths) -> look(ways.apply(user), paths, last, now));
    return last.entrySet().stream()
        .map(
            each ->
                new Place(
                    each.getKey(),
                    each.getValue().left(),
                    now.getOrDefault(each.getKey(), "cannot be read")))
        .toList();
  }

  private static void look(
      Way way, List<String> paths, Map<String, Last> last, Map<String, String> now) {
    List<Word> words = new ArrayList<>();
    List.of("", "-", "-").forEach(word -> words.add(Word.of(word)));
    for (String path : paths) {
      Last it = last.get(path);
      words.add(Word.of(it == null ? "restore" : it.kind()));
      words.add(Word.of(path));
    }
    if (way.connection().run(Script.of(HostScripts.LOOK, words), way.become())
        instanceof Outcome.Exited seen) {
      List<String> lines = seen.out().lines().toList();
      for (int i = 0; i < Math.min(lines.size(), paths.size()); i++) {
        now.put(paths.get(i), lines.get(i));
      }
    }
  }
}
