package dev.hearth.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DiagnosticTest {

  private static final Source FILE =
      Source.of("site.yml", "- hosts: all\n  tasks:\n    - coppy: {}\n");

  @Test
  void tellsWhatWhereWhyAndWhatNext() {
    String text =
        Diagnostic.error(new Location(FILE, 3, 7), "there is no module 'coppy'")
            .because("no module and no directive has that name")
            .next("did you mean 'copy'?")
            .render();
    assertThat(text)
        .isEqualTo(
            """
            error: there is no module 'coppy'
              --> site.yml:3:7
              3 |     - coppy: {}
                |       ^
              why:  no module and no directive has that name
              next: did you mean 'copy'?""");
  }

  @Test
  void leavesOutWhatItDoesNotKnow() {
    assertThat(Diagnostic.error(ExitCode.FAILED, "it broke").render()).isEqualTo("error: it broke");
  }

  @Test
  void theFirstErrorGivesTheExitCode() {
    HearthException both =
        new HearthException(
            List.of(
                Diagnostic.warning("odd"),
                Diagnostic.error(ExitCode.VAULT_PASSWORD, "wrong password")));
    assertThat(both.exit()).isEqualTo(ExitCode.VAULT_PASSWORD);
  }

  @Test
  void proposesNearNamesOnly() {
    List<String> known = List.of("copy", "command", "template");
    assertThat(Nearest.to("coppy", known)).contains("copy");
    assertThat(Nearest.to("tempalte", known)).contains("template");
    assertThat(Nearest.to("kubernetes", known)).isEmpty();
  }
}
