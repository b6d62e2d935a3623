package dev.hearth.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What {@code bench/twins} recorded, with the explanations that people wrote to it. */
final class TwinRecords {

  private static final Pattern COLUMNS = Pattern.compile(" +\\| +");

  /** One difference: where it shows and in what. */
  record Difference(String module, String aspect, String what) {}

  /** Why differences that match are meant. */
  record Rule(String line, List<Pattern> patterns, String reason) {

    boolean explains(Difference difference) {
      return patterns.get(0).matcher(difference.module()).matches()
          && patterns.get(1).matcher(difference.aspect()).matches()
          && patterns.get(2).matcher(difference.what()).matches();
    }
  }

  /** What was found of one module; {@code cannot} is what its receipt said cannot be undone. */
  record Module(
      Map<String, Integer> compared,
      List<Difference> differences,
      List<String> cannot,
      int claims) {}

  private final SortedMap<String, Module> modules = new TreeMap<>();
  private final List<Rule> rules = new ArrayList<>();
  private final SortedMap<String, String> without = new TreeMap<>();

  /** Reads {@code twins.tsv}, {@code twins.allow} and {@code twins.none} of that folder. */
  static TwinRecords of(Path bench) throws IOException {
    TwinRecords records = new TwinRecords();
    for (String line : Files.readAllLines(bench.resolve("twins.tsv"))) {
      records.add(line.split("\t", -1));
    }
    for (String[] column : table(bench.resolve("twins.allow"), 4)) {
      records.rules.add(
          new Rule(
              String.join(" | ", column),
              Arrays.stream(column).limit(3).map(Pattern::compile).toList(),
              column[3]));
    }
    for (String[] column : table(bench.resolve("twins.none"), 2)) {
      records.without.put(column[0], column[1]);
    }
    return records;
  }

  private static List<String[]> table(Path file, int columns) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] row = COLUMNS.split(line, columns);
        if (row.length != columns) {
          throw new AssertionError(file + ": not " + columns + " columns: " + line);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private void add(String[] column) {
    Module module =
        modules.computeIfAbsent(
            column[0],
            name -> new Module(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), 0));
    switch (column[2]) {
      case "differs" -> module.differences().add(new Difference(column[0], column[1], column[3]));
      case "cannot" -> module.cannot().add(column[3]);
      case "claims" ->
          modules.put(
              column[0],
              new Module(
                  module.compared(),
                  module.differences(),
                  module.cannot(),
                  Integer.parseInt(column[3])));
      default -> module.compared().put(column[1], Integer.parseInt(column[2]));
    }
  }

  /** The modules that were tried, by name. */
  SortedMap<String, Module> modules() {
    return modules;
  }

  /** The modules that cannot have twins, with the reason. */
  SortedMap<String, String> without() {
    return without;
  }

  /** Why it is meant; empty when nobody wrote it. */
  Optional<String> reason(Difference difference) {
    return rules.stream().filter(rule -> rule.explains(difference)).map(Rule::reason).findFirst();
  }

  /** Differences that no rule explains. */
  List<Difference> unexplained() {
    return modules.values().stream()
        .flatMap(module -> module.differences().stream())
        .filter(difference -> reason(difference).isEmpty())
        .toList();
  }

  /** Rules that explain nothing that was found. */
  List<String> idle() {
    return rules.stream()
        .filter(
            rule ->
                modules.values().stream()
                    .flatMap(module -> module.differences().stream())
                    .noneMatch(rule::explains))
        .map(Rule::line)
        .toList();
  }

  /** The page of all this. */
  String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Modules beside Ansible's

            Made from `bench/twins.tsv`, which `bench/twins --record` writes: the tasks of `bench/twins.d` with Hearth on one
            Debian 13 host and with ansible-core 2.19 on its twin, each task in check mode, then for real, then again.

            * **check, first, again**: `changed`, `failed` and `skipped` of each task are the same.
            * **prediction**: check mode said what the real run then did, `changed` and diff.
            * **diff**: both show the same texts. **values**: what Ansible documents as returned is the same.
            * **tree**: files, directories, links, modes, owners, contents, packages, units, users, groups, firewall are the same
              after the tasks, and again after those that take away.
            * **undo**: Hearth's work was taken back by the receipt, and the host's tree is what it was, byte for byte (without
              `/var/log`, `/var/cache`, `/tmp` and what is in memory). "not claimed": the receipt says that it cannot be undone,
              or there was nothing to undo.

            A cell is the number of comparisons; what differs is below the table with its reason.

            | module | check | first | again | prediction | diff | values | tree | undo |
            |---|---|---|---|---|---|---|---|---|
            """);
    modules.forEach((name, module) -> page.append(row(name, module)));
    page.append("\n## What differs, and why\n");
    modules.forEach(
        (name, module) -> {
          if (!module.differences().isEmpty() || !module.cannot().isEmpty()) {
            page.append("\n### ").append(name).append("\n\n");
            byReason(module)
                .forEach(
                    (reason, where) ->
                        page.append("* ").append(where).append(": ").append(reason).append('\n'));
            module.cannot().forEach(why -> page.append("* not undone: ").append(why).append('\n'));
          }
        });
    page.append("\n## Modules without twins\n\n| module | why |\n|---|---|\n");
    without.forEach((name, why) -> page.append("| `%s` | %s |\n".formatted(name, why)));
    return page.toString();
  }

  private static String row(String name, Module module) {
    StringBuilder row = new StringBuilder("| `" + name + "` |");
    for (String aspect :
        List.of("check", "first", "again", "prediction", "diff", "values", "tree", "undo")) {
      long differ = module.differences().stream().filter(it -> it.aspect().equals(aspect)).count();
      String cell =
          aspect.equals("undo")
              ? module.claims() == 0 ? "not claimed" : "as before"
              : String.valueOf(module.compared().getOrDefault(aspect, 0));
      row.append(' ')
          .append(
              differ == 0 ? cell : (aspect.equals("undo") ? "" : cell + ", ") + differ + " differ")
          .append(" |");
    }
    return row.append('\n').toString();
  }

  /** Reasons with where they apply; of many places the first ones and the number of the others. */
  private Map<String, String> byReason(Module module) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (Difference difference : module.differences()) {
      places
          .computeIfAbsent(
              reason(difference).orElse("**not explained**"), reason -> new ArrayList<>())
          .add(difference.aspect() + " `" + difference.what() + "`");
    }
    Map<String, String> lines = new LinkedHashMap<>();
    places.forEach(
        (reason, all) ->
            lines.put(
                reason,
                String.join(", ", all.subList(0, Math.min(4, all.size())))
                    + (all.size() > 4 ? " and " + (all.size() - 4) + " more" : "")));
    return lines;
  }
}
