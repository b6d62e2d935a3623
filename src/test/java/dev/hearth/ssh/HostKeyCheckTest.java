package dev.hearth.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts are let in only under a key that somebody pinned. */
final class HostKeyCheckTest {

  @TempDir Path home;
  private EmbeddedServer server;
  private SshConnector connector;

  @BeforeEach
  void start() {
    server = EmbeddedServer.start(home);
    connector = server.connector();
  }

  @AfterEach
  void stop() {
    connector.close();
    server.close();
  }

  private Diagnostic refusal(Target target) {
    return catchThrowableOfType(Unreachable.class, () -> connector.connect(target)).diagnostic();
  }

  private String line(HostKey key) {
    return server.name() + " " + key.type() + " " + key.base64();
  }

  private void works(Target target) {
    try (Connection connection = connector.connect(target)) {
      assertThat(connection.run(Script.of("exit 3"), Become.NOBODY_ELSE))
          .isInstanceOf(Outcome.Exited.class);
    }
  }

  @Test
  void anUnknownHostIsRefusedWithItsFingerprint() {
    Diagnostic refusal =
        refusal(
            server.target(
                server.knownHosts("elsewhere " + "ssh-ed25519 " + server.ed25519().base64())));

    assertThat(refusal.exit()).isEqualTo(ExitCode.HOST_KEY);
    assertThat(refusal.summary()).startsWith("alpha: ").contains(server.name(), "not known");
    assertThat(refusal.why()).contains("SHA256:", home.resolve("known_hosts").toString());
    assertThat(refusal.next()).contains("hearth trust");
  }

  @Test
  void aHostWithOnlyOneOfItsKeysPinnedIsAskedForThatOne() {
    works(server.target(server.pinned()));
    HostKey ecdsa = connector.hostKeys(server.target(server.knownHosts())).get(1);
    works(server.target(server.knownHosts(line(ecdsa))));
  }

  @Test
  void aChangedKeyIsRefusedWithBothFingerprints() {
    HostKey other = HostKey.of(EmbeddedServer.anotherKey().getPublic());
    Diagnostic refusal = refusal(server.target(server.knownHosts("# a comment", line(other))));

    assertThat(refusal.exit()).isEqualTo(ExitCode.HOST_KEY);
    assertThat(refusal.summary()).contains("not the one that is pinned");
    assertThat(refusal.why())
        .contains(server.ed25519().fingerprint(), other.fingerprint(), "known_hosts:2");
  }

  @Test
  void aKeyOfAnotherTypeThanThePinnedIsRefused() {
    String rsa = "AAAAB3NzaC1yc2EAAAADAQABAAAAAQC7";
    Diagnostic refusal =
        refusal(server.target(server.knownHosts(line(new HostKey("ssh-rsa", rsa)))));

    assertThat(refusal.exit()).isEqualTo(ExitCode.HOST_KEY);
    assertThat(refusal.summary()).contains("not the one that is pinned");
  }

  @Test
  void aRevokedKeyIsRefusedEvenWhenItIsPinnedToo() {
    Diagnostic refusal =
        refusal(
            server.target(
                server.knownHosts(
                    line(server.ed25519()),
                    "@revoked * " + "ssh-ed25519 " + server.ed25519().base64())));

    assertThat(refusal.exit()).isEqualTo(ExitCode.HOST_KEY);
    assertThat(refusal.summary()).contains("revoked");
    assertThat(refusal.why()).contains("known_hosts:2");
  }

  @Test
  void anAuthorityForCertificatesPinsNothing() {
    assertThat(
            refusal(server.target(server.knownHosts("@cert-authority " + line(server.ed25519()))))
                .summary())
        .contains("not known");
  }

  @Test
  void hashedNamesAndPatternsAreFound() {
    String hashed = KnownHostsLine.hash(new byte[20], server.name());
    works(server.target(server.knownHosts(hashed + " ssh-ed25519 " + server.ed25519().base64())));
    works(
        server.target(
            server.knownHosts(
                "other,[127.0.0.*]:"
                    + server.port()
                    + " ssh-ed25519 "
                    + server.ed25519().base64())));
    assertThat(
            refusal(
                    server.target(
                        server.knownHosts(
                            "!" + server.name() + ",* ssh-ed25519 " + server.ed25519().base64())))
                .summary())
        .contains("not known");
  }

  @Test
  void aPortOfItsOwnIsAHostOfItsOwn() {
    assertThat(
            refusal(
                    server.target(
                        server.knownHosts("127.0.0.1 ssh-ed25519 " + server.ed25519().base64())))
                .summary())
        .contains("not known");
  }

  @Test
  void checkingCannotBeSwitchedOff() {
    Target target =
        server.target(
            server.knownHosts(),
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null");

    assertThat(refusal(target).exit()).isEqualTo(ExitCode.HOST_KEY);
  }

  @Test
  void acceptNewPinsAnUnknownHostButNeverAChangedOne() throws IOException {
    works(server.target(server.knownHosts(), "-o", "StrictHostKeyChecking=accept-new"));
    assertThat(Files.readString(home.resolve("known_hosts")))
        .startsWith(server.name() + " ssh-ed25519 ");
    works(server.target(home.resolve("known_hosts")));

    String other = line(HostKey.of(EmbeddedServer.anotherKey().getPublic()));
    assertThat(
            refusal(server.target(server.knownHosts(other), "-oStrictHostKeyChecking=accept-new"))
                .exit())
        .isEqualTo(ExitCode.HOST_KEY);
  }

  @Test
  void theKeyIsLookedUpUnderItsAlias() {
    works(
        server.target(
            server.knownHosts("lab ssh-ed25519 " + server.ed25519().base64()),
            "-o",
            "HostKeyAlias lab"));
  }

  @Test
  void anUnreadableFileIsNotAnEmptyOne() throws IOException {
    Path file = home.resolve("broken");
    Files.createDirectory(file);
    assertThat(refusal(server.target(file)).summary()).contains("not known");
    assertThatThrownBy(() -> KnownHosts.read(List.of(Path.of("/proc/self/mem"))))
        .isInstanceOf(HearthException.class);
  }

  @Test
  void allKeysOfAHostCanBeShownForTrust() throws IOException {
    assertThat(connector.hostKeys(server.target(server.knownHosts())))
        .extracting(HostKey::type)
        .containsExactly("ssh-ed25519", "ecdsa-sha2-nistp256");
    Path file = home.resolve("new/known_hosts");
    connector
        .hostKeys(server.target(server.knownHosts()))
        .forEach(key -> KnownHostsFile.add(file, server.name(), key, true));

    assertThat(Files.readString(file)).doesNotContain("127.0.0.1").startsWith("|1|");
    works(server.target(file));
  }
}
