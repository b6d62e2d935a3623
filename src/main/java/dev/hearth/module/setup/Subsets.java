package dev.hearth.module.setup;

import dev.hearth.diag.Nearest;
import dev.hearth.module.Refusal;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which collectors a {@code gather_subset} selects. Names add, names behind {@code !} take away,
 * {@code min} is in unless it is excluded; only exclusions mean all but these.
 */
final class Subsets {

  private Subsets() {}

  /**
   * The selected collectors.
   *
   * @throws Refusal for a name that does not exist
   */
  static EnumSet<Collector> select(List<String> subsets) {
    Set<String> wanted = new HashSet<>();
    Set<String> excluded = new HashSet<>();
    for (String written : subsets) {
      String subset = written.strip();
      boolean no = subset.startsWith("!");
      String name = no ? subset.substring(1) : subset;
      if (!Collector.allNames().contains(name)) {
        throw new Refusal(
            "gather_subset: '"
                + name
                + "' is not a subset of facts; "
                + Nearest.hint(name, Collector.allNames(), "known are " + Collector.allNames()));
      }
      (no ? excluded : wanted).add(name);
    }
    EnumSet<Collector> selected = EnumSet.noneOf(Collector.class);
    for (Collector collector : Collector.values()) {
      boolean named = wanted.stream().anyMatch(collector::answersTo);
      boolean unnamed = excluded.stream().anyMatch(collector::answersTo);
      boolean minimal = collector.minimal() && !excluded.contains("min");
      boolean everything =
          (wanted.contains("all") || wanted.isEmpty())
              && !excluded.contains("all")
              && (!collector.minimal() || !excluded.contains("min"));
      if (named || ((minimal || everything) && !unnamed)) {
        selected.add(collector);
      }
    }
    return selected;
  }
}
