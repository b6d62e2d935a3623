package dev.hearth.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ssh_config files, the inventory and the options in it come to, as OpenSSH would decide. */
final class SshConfigTest {

  @TempDir Path home;
  private final List<Diagnostic> warnings = new ArrayList<>();

  @BeforeEach
  void directory() throws IOException {
    Files.createDirectories(home.resolve(".ssh/conf.d"));
  }

  private void config(String text) throws IOException {
    Files.writeString(home.resolve(".ssh/config"), text);
  }

  private SshSettings of(String host, String... options) {
    return of(target(host, Optional.empty(), options));
  }

  private SshSettings of(Target target) {
    SshEnvironment environment =
        new SshEnvironment(
            home,
            "me",
            Map.of("KEYS", "/keys"),
            home.resolve(".ssh/config"),
            home.resolve("system"));
    return new SshConfig(environment, warnings::add).of(target);
  }

  private static Target target(String host, Optional<String> user, String... options) {
    return new Target(
        "alpha",
        Target.Kind.SSH,
        host,
        Optional.empty(),
        user,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(options),
        Duration.ofSeconds(10));
  }

  @Test
  void withoutFilesTheDefaultsOfOpenSsh() {
    SshSettings settings = of("nas");

    assertThat(settings.host()).isEqualTo("nas");
    assertThat(settings.port()).isEqualTo(22);
    assertThat(settings.user()).isEqualTo("me");
    assertThat(settings.identityFiles()).contains(home.resolve(".ssh/id_ed25519"));
    assertThat(settings.knownHosts())
        .startsWith(home.resolve(".ssh/known_hosts"))
        .contains(Path.of("/etc/ssh/ssh_known_hosts"));
    assertThat(settings.jumps()).isEmpty();
  }

  @Test
  void theFirstValueWinsAndIdentityFilesAddUp() throws IOException {
    config(
        """
        # the lab
        Host nas
          HostName 10.0.0.5
          User=root
          IdentityFile ~/.ssh/nas
        Host n* !nas2
          Port 2222
          User other
          IdentityFile "${KEYS}/for %r"
        Host *
          Port 22
          HostName %h.lab
        """);

    SshSettings nas = of("nas");
    assertThat(nas.where()).isEqualTo("root@10.0.0.5:2222");
    assertThat(nas.identityFiles())
        .containsExactly(home.resolve(".ssh/nas"), Path.of("/keys/for root"));
    assertThat(of("nas2").where()).isEqualTo("me@nas2.lab:22");
  }

  @Test
  void theInventoryComesBeforeOptionsAndTheseBeforeFiles() throws IOException {
    config("Host *\n  User fromfile\n  Port 3\n  IdentityFile /three\n");
    Target target =
        new Target(
            "alpha",
            Target.Kind.SSH,
            "nas",
            Optional.of(1),
            Optional.empty(),
            Optional.empty(),
            List.of(Path.of("/one")),
            List.of(Path.of("/pinned")),
            List.of("-p", "2", "-o", "User fromoption", "-i/two"),
            Duration.ofSeconds(10));

    SshSettings settings = of(target);
    assertThat(settings.port()).isEqualTo(1);
    assertThat(settings.user()).isEqualTo("fromoption");
    assertThat(settings.identityFiles())
        .containsExactly(Path.of("/one"), Path.of("/two"), Path.of("/three"));
    assertThat(settings.knownHosts()).containsExactly(Path.of("/pinned"));
  }

  @Test
  void sectionsThatMatch() throws IOException {
    config(
        """
        Match originalhost nas user root
          Port 1
        Match host *.lab
          Port 2
        Match !localuser me
          Port 3
        Host nas
          HostName nas.lab
        Match final host *.lab
          ConnectTimeout 7
        Match all
          ServerAliveInterval 5
        """);

    assertThat(of(target("nas", Optional.of("root"))).port()).isEqualTo(1);
    SshSettings late = of("nas");
    assertThat(late.port()).isEqualTo(2);
    assertThat(late.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(late.aliveInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(of("other").port()).isEqualTo(22);
    assertThat(of("other").connectTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void filesThatAreIncluded() throws IOException {
    config("Include conf.d/*.conf\nHost only\n  Include late\nHost *\n  User last\n");
    Files.writeString(home.resolve(".ssh/conf.d/a.conf"), "Host nas\n  User a\n");
    Files.writeString(home.resolve(".ssh/conf.d/b.conf"), "Host nas only\n  User b\n  Port 5\n");
    Files.writeString(home.resolve(".ssh/conf.d/c.txt"), "User never\n");
    Files.writeString(
        home.resolve(".ssh/late"), "ConnectTimeout 3\nHost nas\n  ConnectTimeout 4\n");

    assertThat(of("nas").where()).isEqualTo("a@nas:5");
    assertThat(of("nas").connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(of("only").where()).isEqualTo("b@only:5");
    assertThat(of("only").connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(of("else").user()).isEqualTo("last");
  }

  @Test
  void waysAround() throws IOException {
    config(
        "Host a\n  ProxyJump one,me@two:2200\nHost b\n  ProxyCommand nc -x proxy %h %p %% # %r\nHost c\n  ProxyJump none\n  ProxyCommand none\n");

    assertThat(of("a").jumps()).containsExactly("one", "me@two:2200");
    assertThat(of("b").proxyCommand()).contains("nc -x proxy b 22 % # me");
    assertThat(of("c").jumps()).isEmpty();
    assertThat(of("c").proxyCommand()).isEmpty();
    assertThat(of("d", "-J", "gate").jumps()).containsExactly("gate");
  }

  @Test
  void agentsAndIdentities() throws IOException {
    config(
        "Host a\n  IdentityAgent ~/agent.sock\n  IdentitiesOnly yes\nHost b\n  IdentityAgent none\n  IdentityFile none\n");

    assertThat(of("a").agent()).contains(home.resolve("agent.sock"));
    assertThat(of("a").identitiesOnly()).isTrue();
    assertThat(of("b").agent()).isEmpty();
    assertThat(of("b").identityFiles()).isEmpty();
  }

  @Test
  void checkingOfHostKeysIsNeverWeakened() throws IOException {
    config("Host *\n  StrictHostKeyChecking no\n");

    assertThat(of("nas").acceptNew()).isFalse();
    assertThat(warnings)
        .singleElement()
        .satisfies(
            warning -> assertThat(warning.render()).contains("config:2:3", "hearth trust nas"));
    assertThat(of("nas", "-oStrictHostKeyChecking=accept-new").acceptNew()).isTrue();
  }

  @Test
  void whatRepositoriesWriteForThrowAwayHostsIsSaidNotObeyed() {
    SshSettings settings =
        of("nas", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-A");

    assertThat(settings.acceptNew()).isFalse();
    assertThat(settings.knownHosts())
        .startsWith(home.resolve(".ssh/known_hosts"))
        .doesNotContain(Path.of("/dev/null"));
    assertThat(warnings.stream().map(Diagnostic::summary))
        .containsExactlyInAnyOrder(
            "the SSH agent is not forwarded",
            "UserKnownHostsFile /dev/null is not honoured: host keys are kept",
            "StrictHostKeyChecking no is not honoured: host keys are always checked");
  }

  @Test
  void whatAnsibleAndItsUsersAddForSpeedIsAcceptedWithoutAWord() {
    SshSettings settings =
        of(
            "nas",
            "-C",
            "-o",
            "ControlMaster=auto",
            "-o",
            "ControlPersist=60s",
            "-o",
            "ControlPath=%d/%%h-%%r",
            "-o",
            "PreferredAuthentications=publickey",
            "-o",
            "ForwardAgent=no",
            "-o",
            "IdentitiesOnly=yes",
            "-i",
            "~/key",
            "-p",
            "2222",
            "-o",
            "ServerAliveInterval=7",
            "-J",
            "me@door:2022");

    assertThat(warnings).isEmpty();
    assertThat(settings.identitiesOnly()).isTrue();
    assertThat(settings.identityFiles()).containsExactly(home.resolve("key"));
    assertThat(settings.port()).isEqualTo(2222);
    assertThat(settings.aliveInterval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.jumps()).containsExactly("me@door:2022");
  }

  @Test
  void whatIsNotAFileIsNeverReplacedByOne() throws IOException {
    Path directory = Files.createDirectories(home.resolve("device"));
    HostKey key = HostKey.of(EmbeddedServer.anotherKey().getPublic());

    assertThatThrownBy(() -> KnownHostsFile.add(directory, "nas", key, false))
        .isInstanceOf(HearthException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatIsNotHonouredIsRefusedWithItsPlace() throws IOException {
    for (String line :
        List.of(
            "CanonicalizeHostname yes",
            "Match exec true",
            "Match localnetwork 10.0.0.0/8",
            "PKCS11Provider /lib/x.so",
            "ProxyJmp gate",
            "Port ssh",
            "Port 99999",
            "IdentitiesOnly maybe",
            "IdentityFile \"open",
            "User",
            "HostName %q",
            "CertificateFile ~/x")) {
      config("Host *\n  " + line + "\n");
      assertThatThrownBy(() -> of("nas"))
          .as(line)
          .isInstanceOf(HearthException.class)
          .hasMessageContaining("config:2:3");
    }
    config("Host *\n  ProxyJmp gate\n");
    assertThatThrownBy(() -> of("nas")).hasMessageContaining("proxyjump");
    config("Include config\n");
    assertThatThrownBy(() -> of("nas")).hasMessageContaining("Include");
  }

  @Test
  void aSettingForAnotherHostDoesNotMatter() throws IOException {
    config("Host other\n  PKCS11Provider /lib/x.so\n");

    assertThat(of("nas").host()).isEqualTo("nas");
  }

  @Test
  void settingsThatChangeNothingHereMayStand() throws IOException {
    config(
        "Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n  ForwardAgent yes\n  SendEnv LANG LC_*\n  HashKnownHosts yes\n  GSSAPIAuthentication yes\n");

    assertThat(of("nas", "-C", "-o", "ControlPersist=60s", "-tt", "-vvv").host()).isEqualTo("nas");
  }

  @Test
  void optionsThatAreNotKnownAreRefused() {
    assertThatThrownBy(() -> of("nas", "-L", "8080:x:80"))
        .hasMessageContaining("'-L'")
        .hasMessageContaining("alpha");
    assertThatThrownBy(() -> of("nas", "-o")).hasMessageContaining("no value");
    assertThatThrownBy(() -> of("nas", "stray")).hasMessageContaining("'stray'");
    assertThatThrownBy(() -> of("nas", "-o", "NoSuchThing=1")).hasMessageContaining("nosuchthing");
  }

  @Test
  void anotherFileOrNone() throws IOException {
    config("User fromfile\n");
    Path other = Files.writeString(home.resolve("other"), "User fromother\n");

    assertThat(of("nas", "-F", other.toString()).user()).isEqualTo("fromother");
    assertThat(of("nas", "-Fnone").user()).isEqualTo("me");
  }

  @Test
  void namesThatCouldBeTakenForOptionsOrShellAreRefused() {
    for (String host : List.of("-oProxyCommand=evil", "a;b", "a b", "$(id)", "a`id`")) {
      assertThatThrownBy(() -> of(host)).as(host).hasMessageContaining("cannot be the name");
    }
    for (String user : List.of("-l", "a;b", "a$(id)", "a b")) {
      assertThatThrownBy(() -> of(target("nas", Optional.of(user))))
          .as(user)
          .hasMessageContaining("name of a user");
    }
  }
}
