package dev.hearth.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declarations of backups. */
final class BackupReaderTest {

  private static BackupPlan read(String text) {
    return BackupReader.read(Source.of("backup.yml", text));
  }

  @Test
  void theTestLabsDeclarationIsRead() throws Exception {
    BackupPlan plan = read(Files.readString(Path.of("test-hosts/lab/backup.yml")));

    assertThat(plan.repository().host()).isEqualTo("ex44");
    assertThat(plan.maxAge()).isEqualTo(Duration.ofHours(36));
    assertThat(plan.sets()).extracting(BackupPlan.BackupSet::name).contains("infisical", "files");
    BackupPlan.Database database = plan.sets().getFirst().databases().getFirst();
    assertThat(database.container()).hasValue("infisical-db");
    assertThat(database.rows()).containsEntry("public.secrets", 1L);
    assertThat(database.smallest()).isEqualTo(0.5);
    assertThat(plan.kit()).hasSize(3);
    assertThat(plan.drill()).isPresent();
  }

  @Test
  void targetsAreTimes() {
    BackupPlan plan =
        read(
            """
            repository: {host: h, path: /r, password: x}
            hosts: a
            sets: [{name: a, paths: [/x]}]
            targets: {rto: 45m, services: {web: 20m}}
            """);

    assertThat(plan.targets().rto()).hasValue(Duration.ofMinutes(45));
    assertThat(plan.targets().rpo()).isEmpty();
    assertThat(plan.targets().services()).containsEntry("web", Duration.ofMinutes(20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          hosts: a                                                            | there is no 'repository'
          repository: {path: /r, password: x}                                 | there is no 'host'
          repository: {host: h, password: x}                                  | one of path and url
          repository: {host: h, path: /r, url: u, password: x}                | one of path and url
          repository: {host: h, path: /r}                                     | there is no 'password'
          sets: [{name: a}]                                                   | neither databases nor paths
          sets: [{name: "a b", paths: [/x]}]                                  | cannot be a name here
          sets: [{name: a, paths: [x]}]                                       | is no absolute path
          sets: [{name: a, paths: [/x]}, {name: a, paths: [/x]}]              | two sets 'a'
          sets: [{name: a, databases: [{name: "x'y"}]}]                       | cannot be a name here
          sets: [{name: a, databases: [{name: d, rows: {t: many}}]}]          | rows are counted
          sets: [{name: a, databases: [{name: d, newest: {t: "x; drop"}}]}]   | 'newest' is a table and its column
          sets: [{name: a, databases: [{name: d, smallest: 2}]}]              | must be from 0 to 1
          kit: [{name: k}]                                                    | one of value and file
          max_age: never                                                      | 'max_age' must be a time
          targets: {rto: soon}                                                | 'rto' must be a time
          targets: {services: {web: x}}                                       | 'web' must be a time
          targets: {mttr: 1h}                                                 | know
          set: []                                                             | the file knows no 'set'
          """)
  void whatIsWrongIsToldWithItsPlace(String line, String said) {
    assertThatThrownBy(() -> read(line + "\n"))
        .isInstanceOfSatisfying(
            HearthException.class,
            failure ->
                assertThat(failure.diagnostics())
                    .anySatisfy(
                        finding ->
                            assertThat(finding.render())
                                .contains(said)
                                .contains("--> backup.yml:1:")
                                .contains("next: ")));
  }
}
