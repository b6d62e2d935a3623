package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story on two bare hosts, with real engines, databases and backups. */
class StoryIT {

  @TempDir private static Path folder;

  @Test
  void theWholeStory() throws Exception {
    try (HomelabOnTestHosts lab = HomelabOnTestHosts.start(13, folder, "host01", "ex44")) {
      lab.withServices();

      Outcome up = well(lab.hearth("provision", "host01", "ex44"));
      assertThat(up.out())
          .containsSubsequence(
              "ready: infisical@host01",
              "ready: traefik@host01",
              "tls: degraded: the certificate is not trusted yet",
              "ready: komodo@host01",
              "ready: periphery@ex44");
      assertThat(well(lab.hearth("status")).out()).doesNotContain("NOT");
    }
  }

  private static Outcome well(Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    return outcome;
  }
}
