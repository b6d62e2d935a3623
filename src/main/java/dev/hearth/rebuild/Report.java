package dev.hearth.rebuild;

import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a rebuild did and how long it took, as JSON and as a page. */
public final class Report {

  /** The phase in which snapshots are restored. */
  public static final String RESTORE = "restore";

  private static final String PASSED = "passed";

  private final Map<String, String> head = new LinkedHashMap<>();
  private final Instant begun;
  private final List<Phase> phases = new ArrayList<>();
  private final List<Row> services = new ArrayList<>();
  private final List<Row> repeated = new ArrayList<>();
  private final List<Row> sets = new ArrayList<>();
  private final List<Row> newestRows = new ArrayList<>();
  private final List<String> checks = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();
  private final List<Row> earlier = new ArrayList<>();

  private final List<TargetCheck.Result> targets = new ArrayList<>();

  private record Phase(
      String name, Instant begun, Duration took, Duration waiting, String result) {}

  private record Row(String name, Map<String, String> values) {}

  /** Of a rebuild that begins now. */
  public Report(Instant begun, Map<String, String> head) {
    this.begun = begun;
    this.head.putAll(head);
  }

  /**
   * A phase has ended.
   *
   * @param waiting how long it waited for people
   * @param failure why it failed; empty when it did not
   */
  public void phase(
      String name, Instant from, Instant to, Duration waiting, Optional<String> failure) {
    phases.add(new Phase(name, from, Duration.between(from, to), waiting, failure.orElse(PASSED)));
    failure.ifPresent(why -> gaps.add(name + ": " + why));
  }

  /**
   * A service is ready, or not.
   *
   * @param again how often its gates were asked again until then
   */
  public void service(String name, Instant when, boolean ready, int again) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("ready", Boolean.toString(ready));
    values.put("after_seconds", Long.toString(Duration.between(begun, when).toSeconds()));
    values.put("asked_again", Integer.toString(again));
    services.add(new Row(name, values));
  }

  /** A task of the playbook was tried again so often. */
  public void repeated(String task, int again) {
    repeated.add(new Row(task, Map.of("tried_again", Integer.toString(again))));
  }

  /** A set is restored from a snapshot. */
  public void set(String name, Snapshot snapshot, long bytes) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("snapshot", snapshot.id());
    values.put("time", snapshot.time().toString());
    values.put("age_seconds", Long.toString(Duration.between(snapshot.time(), begun).toSeconds()));
    values.put("bytes", Long.toString(bytes));
    sets.add(new Row(name, values));
  }

  /**
   * The newest row of a database that was restored: what came after it is lost.
   *
   * @param set the name of its set
   */
  public void newestRow(String set, String database, Instant written) {
    newestRows.add(
        new Row(
            set,
            Map.of(
                "database",
                database,
                "newest_row",
                written.toString(),
                "newest_row_age_seconds",
                Long.toString(Duration.between(written, begun).toSeconds()))));
  }

  /** Which services, each waiting for the one before it, took longest to be ready. */
  public void criticalPath(List<String> path) {
    head.put("critical path", String.join(" -> ", path));
  }

  /** Something was proven. */
  public void check(String what) {
    checks.add(what);
  }

  /** Something old was kept aside. */
  public void kept(String what) {
    kept.add(what);
  }

  /** Something could not be told or proven. */
  public void gap(String what) {
    gaps.add(what);
  }

  /** An earlier rebuild of the host, to compare with. */
  public void earlier(String run, String seconds, String result) {
    earlier.add(new Row(run, Map.of("seconds", seconds, "result", result)));
  }

  /** The rebuild is over: holds it against its targets, and what is missed is a gap. */
  public List<String> targets(Targets wanted) {
    Map<String, Long> ages = new LinkedHashMap<>();
    sets.forEach(set -> ages.put("the snapshot of " + set.name(), number(set, "age_seconds")));
    newestRows.forEach(
        row ->
            ages.put(
                "the newest row of " + row.values().get("database"),
                number(row, "newest_row_age_seconds")));
    Map<String, Long> ready = new LinkedHashMap<>();
    services.stream()
        .filter(service -> "true".equals(service.values().get("ready")))
        .forEach(service -> ready.put(service.name(), number(service, "after_seconds") - waited()));
    targets.addAll(new TargetCheck(wanted, passed(), seconds(), ready, ages).results());
    List<String> told = targets.stream().map(TargetCheck.Result::told).toList();
    targets.stream().filter(one -> !one.met()).forEach(one -> gaps.add("target: " + one.told()));
    return told;
  }

  private static long number(Row row, String name) {
    return Long.parseLong(row.values().getOrDefault(name, "0"));
  }

  private long waited() {
    return phases.stream().mapToLong(phase -> phase.waiting().toSeconds()).sum();
  }

  /** How many bytes came back in a second; nothing when that phase did not pass. */
  private Optional<Long> throughput() {
    long bytes = sets.stream().mapToLong(set -> number(set, "bytes")).sum();
    return phases.stream()
        .filter(phase -> phase.name().equals(RESTORE) && phase.result().equals(PASSED))
        .findFirst()
        .map(phase -> bytes * 1000 / Math.max(1, phase.took().toMillis()));
  }

  /** How much longer it took than the one before that passed. */
  private Optional<String> trend() {
    return earlier.reversed().stream()
        .filter(row -> PASSED.equals(row.values().get("result")))
        .filter(row -> row.values().getOrDefault("seconds", "").matches("[0-9]+"))
        .findFirst()
        .map(row -> "%+d s against %s".formatted(seconds() - number(row, "seconds"), row.name()));
  }

  /** Whether all phases passed. */
  public boolean passed() {
    return phases.stream().allMatch(phase -> phase.result().equals(PASSED));
  }

  /** What was kept aside so far. */
  public List<String> kept() {
    return List.copyOf(kept);
  }

  private long seconds() {
    return phases.stream().mapToLong(phase -> phase.took().minus(phase.waiting()).toMillis()).sum()
        / 1000;
  }

  /** All of it as JSON. */
  public String json() {
    Map<String, Value> all = new LinkedHashMap<>();
    all.put("format", Value.number(1));
    head.forEach((name, value) -> all.put(name, Value.text(value)));
    all.put("begun", Value.text(begun.toString()));
    all.put("seconds", Value.number(seconds()));
    all.put("result", Value.text(passed() ? "passed" : "failed"));
    all.put(
        "phases",
        new Value.Seq(
            phases.stream()
                .<Value>map(
                    phase ->
                        Value.Dict.ofTexts(
                            Map.of(
                                "name", Value.text(phase.name()),
                                "begun", Value.text(phase.begun().toString()),
                                "milliseconds", Value.number(phase.took().toMillis()),
                                "waiting_milliseconds", Value.number(phase.waiting().toMillis()),
                                "result", Value.text(phase.result()))))
                .toList()));
    all.put("services", rows(services));
    all.put("repeated_tasks", rows(repeated));
    all.put("sets", rows(sets));
    all.put("newest_rows", rows(newestRows));
    throughput().ifPresent(rate -> all.put("restored_bytes_per_second", Value.number(rate)));
    trend().ifPresent(told -> all.put("trend", Value.text(told)));
    all.put(
        "targets",
        new Value.Seq(
            targets.stream()
                .<Value>map(
                    one ->
                        Value.Dict.ofTexts(
                            Map.of(
                                "name", Value.text(one.name()),
                                "wanted_seconds", Value.number(one.wanted().toSeconds()),
                                "seconds", Value.number(one.was()),
                                "met", Value.bool(one.met()))))
                .toList()));
    all.put("checks", texts(checks));
    all.put("kept", texts(kept));
    all.put("gaps", texts(gaps));
    all.put("earlier", rows(earlier));
    return Json.write(Value.Dict.ofTexts(all), Json.Style.PLAIN.indent(2)) + "\n";
  }

  private static Value rows(List<Row> rows) {
    return new Value.Seq(
        rows.stream()
            .<Value>map(
                row -> {
                  Map<String, Value> values = new LinkedHashMap<>();
                  values.put("name", Value.text(row.name()));
                  row.values().forEach((name, value) -> values.put(name, Value.text(value)));
                  return Value.Dict.ofTexts(values);
                })
            .toList());
  }

  private static Value texts(List<String> texts) {
    return new Value.Seq(texts.stream().<Value>map(Value::text).toList());
  }

  /** All of it as a page that needs nothing else. */
  public String html() {
    HtmlPage page = new HtmlPage("Rebuild: " + (passed() ? "passed" : "FAILED"));
    page.paragraph("Begun %s, %d s without waiting for people.".formatted(begun, seconds()));
    page.table(
        "What", head.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList());
    page.table(
        "Phases",
        phases.stream()
            .map(
                phase ->
                    List.of(
                        phase.name(),
                        phase.took().toMillis() + " ms",
                        "waiting " + phase.waiting().toMillis() + " ms",
                        phase.result()))
            .toList());
    page.table("Services (RTO)", services.stream().map(Report::cells).toList());
    page.table("Tasks tried again", repeated.stream().map(Report::cells).toList());
    page.table("Snapshots (RPO)", sets.stream().map(Report::cells).toList());
    page.table("Newest rows (RPO)", newestRows.stream().map(Report::cells).toList());
    page.table("Targets", targets.stream().map(one -> List.of(one.told())).toList());
    page.table("Proven", checks.stream().map(List::of).toList());
    page.table("Kept aside", kept.stream().map(List::of).toList());
    page.table("Gaps", gaps.stream().map(List::of).toList());
    throughput().ifPresent(rate -> page.paragraph("Restored %d bytes a second.".formatted(rate)));
    trend().ifPresent(told -> page.paragraph("Trend: %s.".formatted(told)));
    page.table("Earlier", earlier.stream().map(Report::cells).toList());
    return page.toString();
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>(List.of(row.name()));
    row.values().forEach((name, value) -> cells.add(name.replace('_', ' ') + " " + value));
    return cells;
  }
}
