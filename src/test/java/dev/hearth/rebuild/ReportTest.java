package dev.hearth.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a rebuild's report tells. */
final class ReportTest {

  private static final Instant BEGUN = Instant.parse("2026-11-21T12:00:00Z");

  private static Instant after(int seconds) {
    return BEGUN.plusSeconds(seconds);
  }

  /** 100 s, of which 40 s somebody was asked; 5 s of restoring 1000 bytes. */
  private static Report rebuilt() {
    Report report = new Report(BEGUN, Map.of("host", "h"));
    report.earlier("h-1.json", "90", "passed");
    report.earlier("h-2.json", "75", "passed");
    report.earlier("h-3.json", "5", "failed");
    report.set("files", new Snapshot("abc", after(-3600), "h", Set.of(), List.of()), 600);
    report.set("db", new Snapshot("def", after(-7200), "h", Set.of(), List.of()), 400);
    report.phase("provision", BEGUN, after(90), Duration.ofSeconds(40), Optional.empty());
    report.phase(Report.RESTORE, after(90), after(95), Duration.ZERO, Optional.empty());
    report.newestRow("db", "app", after(-7300));
    report.repeated("Wait for <the> engine", 2);
    report.service("web@h", after(97), true, 3);
    report.service("late@h", after(100), false, 0);
    report.phase("services", after(95), after(100), Duration.ZERO, Optional.empty());
    return report;
  }

  private static Value.Dict json(Report report) {
    return (Value.Dict) JsonReader.read(report.json().strip());
  }

  private static String field(Report report, String name) {
    return switch (Objects.requireNonNull(json(report).entries().get(Value.text(name)))) {
      case Value.Text text -> text.value();
      case Value.Int number -> number.value().toString();
      default -> throw new AssertionError(name);
    };
  }

  @Test
  void howOftenTasksWereTriedAgainIsTold() {
    Report report = rebuilt();

    assertThat(report.json())
        .contains(
            "\"repeated_tasks\": [",
            "\"name\": \"Wait for <the> engine\"",
            "\"tried_again\": \"2\"");
    assertThat(report.html())
        .contains("Tasks tried again", "Wait for &lt;the&gt; engine", "tried again 2");
  }

  @Test
  void throughputAndTrendAreTold() {
    Report report = rebuilt();

    assertThat(field(report, "seconds")).isEqualTo("60");
    assertThat(field(report, "restored_bytes_per_second")).isEqualTo("200");
    assertThat(field(report, "trend")).isEqualTo("-15 s against h-2.json");
    assertThat(report.html()).contains("Restored 200 bytes a second", "-15 s against h-2.json");
  }

  @Test
  void howOftenGatesWereAskedAgainIsTold() {
    assertThat(rebuilt().json()).contains("\"asked_again\": \"3\"");
    assertThat(rebuilt().html())
        .contains(
            "<td>web@h</td><td>ready true</td><td>after seconds 97</td><td>asked again 3</td>");
  }

  @Test
  void nothingInAPageIsMarkup() {
    Report report = rebuilt();
    report.gap("<script>alert(\"x\")</script>");

    assertThat(report.html()).contains("&lt;script&gt;").doesNotContain("<script>");
  }

  @Test
  void aPhaseThatFailedHasNoThroughput() {
    Report report = new Report(BEGUN, Map.of());
    report.set("files", new Snapshot("abc", BEGUN, "h", Set.of(), List.of()), 600);
    report.phase(Report.RESTORE, BEGUN, after(1), Duration.ZERO, Optional.of("disk full"));

    assertThat(report.json()).doesNotContain("bytes_per_second", "trend");
    assertThat(
            report.targets(
                new Targets(Optional.of(Duration.ofHours(1)), Optional.empty(), Map.of())))
        .containsExactly("RTO: MISSED, not reached; wanted within 3600 s");
  }

  @Test
  void targetsAreHeldAgainstTimesWithoutWaitingForPeople() {
    Report report = rebuilt();

    List<String> told =
        report.targets(
            new Targets(
                Optional.of(Duration.ofSeconds(60)),
                Optional.of(Duration.ofSeconds(7250)),
                Map.of(
                    "web", Duration.ofSeconds(56),
                    "late", Duration.ofHours(1),
                    "other", Duration.ofHours(1))));

    assertThat(told)
        .containsExactly(
            "RTO: met, 60 s; wanted within 60 s",
            "RTO of late: MISSED, not reached; wanted within 3600 s",
            "RTO of other: MISSED, not reached; wanted within 3600 s",
            "RTO of web: MISSED, 57 s; wanted within 56 s",
            "RPO of the newest row of app: MISSED, 7300 s; wanted within 7250 s",
            "RPO of the snapshot of db: met, 7200 s; wanted within 7250 s",
            "RPO of the snapshot of files: met, 3600 s; wanted within 7250 s");
    assertThat(report.json()).contains("target: RTO of web: MISSED", "\"met\": false");
    assertThat(report.html()).contains("RTO: met, 60 s; wanted within 60 s");
  }

  @Test
  void withoutTargetsNothingIsHeldAgainstThem() {
    assertThat(rebuilt().targets(Targets.NONE)).isEmpty();
  }
}
