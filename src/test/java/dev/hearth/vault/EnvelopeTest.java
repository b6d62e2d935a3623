package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EnvelopeTest {

  private final String good =
      new Vault(VaultSecrets.none().and("default", "pw".getBytes(UTF_8)))
          .seal("hello".getBytes(UTF_8), Optional.empty(), "s".repeat(32).getBytes(US_ASCII))
          .text();

  @Test
  void readsWindowsLineEnds() {
    Envelope unix = read(good);
    assertThat(read(good.replace("\n", "\r\n"))).isEqualTo(unix);
    assertThat(read(good.replace("\n", "\r\n")).text()).isEqualTo(good);
  }

  @Test
  void readsBlanksInTheHeaderAndLabels() {
    assertThat(read(good.replace(";1.1;AES256", "; 1.1 ; AES256 ")).label()).isEqualTo("default");
    assertThat(read(good.replace(";1.1;AES256", ";1.2;AES256;lab")).label()).isEqualTo("lab");
    assertThat(read(good.replace(";1.1;AES256", ";1.2;AES256;")).label()).isEqualTo("default");
  }

  @Test
  void pointsAtACharacterThatIsNoDigit() {
    Diagnostic odd = refused(good.substring(0, 200) + "x" + good.substring(201));
    assertThat(odd.summary()).contains("no hex digit");
    // The header has 26 characters, a line 81: this is character 94 of line 4, which is line 3's.
    assertThat(odd.at()).map(Location::line).contains(1 + 1 + (200 - 26) / 81);
    assertThat(odd.at()).map(Location::column).contains(1 + (200 - 26) % 81);
  }

  @Test
  void refusesWhatIsCutOff() {
    for (int length : new int[] {26, 27, 60, 107, 150, 200, good.length() - 2, good.length() - 5}) {
      assertThat(refused(good.substring(0, length)).summary())
          .as("cut to " + length)
          .contains("not complete");
    }
  }

  @Test
  void refusesTrailingGarbage() {
    assertThat(refused(good + "66").exit()).isEqualTo(ExitCode.VAULT_CORRUPT);
    assertThat(refused(good + "zz").summary()).contains("no hex digit");
    assertThat(refused(good.replaceFirst("\n", "\n ")).summary()).contains("no hex digit");
  }

  @Test
  void refusesUnknownVersionsCiphersAndHeaders() {
    assertThat(refused(good.replace(";1.1;", ";2.0;")).summary()).contains("version '2.0'");
    assertThat(refused(good.replace("AES256", "AES")).summary()).contains("cipher 'AES'");
    assertThat(refused(good.replace("$ANSIBLE_VAULT;", "$ANSIBLE_VAULTS;")).summary())
        .contains("not a vault header");
    assertThat(refused("$ANSIBLE_VAULT\n").summary()).contains("not a vault header");
  }

  @Test
  void refusesMergeConflicts() {
    String[] lines = good.split("\n", 3);
    String conflict =
        lines[0]
            + "\n<<<<<<< HEAD\n"
            + lines[1]
            + "\n=======\n"
            + lines[1]
            + "\n>>>>>>> x\n"
            + lines[2];
    Diagnostic refused = refused(conflict);
    assertThat(refused.summary()).contains("merge conflict");
    assertThat(refused.at()).map(Location::line).contains(2);
  }

  @Test
  void placesFindingsOfInlineValuesInTheirFile() {
    Location at = new Location(Source.of("vars.yml", ""), 5, 11);
    HearthException refused =
        catchThrowableOfType(
            HearthException.class, () -> Envelope.parse(good.replaceFirst("\n", "\nzz"), at));
    assertThat(refused).hasMessageContaining("vars.yml:6:11");
  }

  private static Envelope read(String text) {
    return Envelope.parse(text.getBytes(US_ASCII), "secret.yml");
  }

  private static Diagnostic refused(String text) {
    HearthException refused = catchThrowableOfType(HearthException.class, () -> read(text));
    Diagnostic finding = refused.diagnostics().getFirst();
    assertThat(finding.exit()).isEqualTo(ExitCode.VAULT_CORRUPT);
    assertThat(finding.render()).contains("secret.yml");
    assertThat(finding.next()).isNotEmpty();
    return finding;
  }
}
