package dev.hearth.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which snapshot a set is restored from. */
final class ChoiceTest {

  private static final Instant NOW = Instant.parse("2026-11-21T18:00:00Z");

  private static final Choice.Wanted WANTED =
      new Choice.Wanted(
          "infisical",
          "host01",
          List.of("/var/backups/hearth/infisical"),
          Location.startOf(Source.of("backup.yml", "")));

  /** As restic 0.18 writes it; each line one that must not be taken but for the marked two. */
  private static final List<Snapshot> ALL =
      Snapshot.all(
          """
          [{"time":"2026-11-21T10:00:00.5Z","hostname":"host01","tags":["hearth","infisical"],"paths":["/var/backups/hearth/infisical"],"id":"aaaa1111","short_id":"aaaa1111"},
           {"time":"2026-11-21T12:00:00+01:00","hostname":"host01","tags":["infisical","hearth","more"],"paths":["/srv","/var/backups/hearth/infisical"],"id":"bbbb2222"},
           {"time":"2026-11-21T17:00:00Z","hostname":"host01","tags":["infisical"],"paths":["/var/backups/hearth/infisical"],"id":"cccc3333"},
           {"time":"2026-11-21T17:01:00Z","hostname":"ex44","tags":["hearth","infisical"],"paths":["/var/backups/hearth/infisical"],"id":"dddd4444"},
           {"time":"2026-11-21T17:02:00Z","hostname":"host01","tags":["hearth","infisical"],"paths":["/var/backups"],"id":"eeee5555"},
           {"time":"2026-11-21T17:03:00Z","hostname":"host01","paths":["/var/backups/hearth/infisical"],"id":"eeee6666"}]
          """);

  private static Choice choose(Optional<String> id, Duration maxAge) {
    return Choice.of(ALL, WANTED, id, NOW, maxAge);
  }

  @Test
  void theNewestWithAllTagsTheHostAndThePathsIsTaken() {
    Choice choice = choose(Optional.empty(), Duration.ofHours(36));

    assertThat(choice.chosen().id()).isEqualTo("bbbb2222");
    assertThat(choice.before()).map(Snapshot::id).hasValue("aaaa1111");
  }

  @Test
  void anIdWinsWhenItIsOfTheSet() {
    assertThat(choose(Optional.of("aaaa"), Duration.ofHours(1)).chosen().id())
        .isEqualTo("aaaa1111");
    assertThatThrownBy(() -> choose(Optional.of("dddd"), Duration.ofHours(36)))
        .hasMessageContaining("no snapshot of infisical of host01 with all of its tags");
    assertThatThrownBy(() -> choose(Optional.of("eeee"), Duration.ofHours(36)))
        .hasMessageContaining("not the id of one snapshot");
    assertThatThrownBy(() -> choose(Optional.of("ffff"), Duration.ofHours(36)))
        .hasMessageContaining("not the id of one snapshot");
  }

  @Test
  void anOldOneAndNoneAreRefused() {
    assertThatThrownBy(() -> choose(Optional.empty(), Duration.ofHours(6)))
        .hasMessageContaining("7 hours old");
    assertThatThrownBy(
            () -> Choice.of(List.of(), WANTED, Optional.empty(), NOW, Duration.ofHours(1)))
        .hasMessageContaining("there is no snapshot of infisical");
  }
}
