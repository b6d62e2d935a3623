package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.TestHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job from end to end: two bare Debian 13 hosts become the lab's primary and secondary
 * host over SSH, stay what they are when it is done again, and the primary is torn down.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProvisionIT {
  private static final String CLONE = "/etc/komodo/repos/homelabbing";

  /**
   * Everything with mode and owner, files with size and time too, but for logs and what programs
   * note about being asked: systemd about itself, sudo about its first use, apt's cache of its own
   * lists, Docker's client about its builders.
   */
  private static final String FILES =
      """
      find / /var/lib -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /var/log \
        -o -path /var/lib/systemd -o -path '/var/cache/apt/*pkgcache.bin' -o -path '/*tmp/systemd-private-*' \
        -o -name .sudo_as_admin_successful -o -path /root/.docker \\) -prune \
        -o -type d -printf '%p %m %u %g\\n' -o -printf '%p %m %u %g %s %T@\\n' | sort
      """;

  private static final String PACKAGES =
      "dpkg-query -W -f '${Package} ${Version} ${db:Status-Abbrev}\\n'";

  @TempDir static Path folder;
  private static HomelabOnTestHosts lab;
  private static TestHost host01;
  private static TestHost ex44;
  private static String bareFiles;
  private static String barePackages;
  private static Outcome checkedBare;
  private static String filesAfterCheck;
  private static Outcome provisioned;
  private static String processes;

  @BeforeAll
  static void provision() {
    lab = HomelabOnTestHosts.start(13, folder, "host01", "ex44");
    host01 = lab.host("host01");
    ex44 = lab.host("ex44");
    bareFiles = host01.sh(FILES);
    barePackages = host01.sh(PACKAGES);
    checkedBare =
        lab.hearth("provision", "host01", "--check", "--diff", "-vvv", "--detailed-exitcode");
    filesAfterCheck = host01.sh(FILES);
    try (ProcessWatch watch = new ProcessWatch(host01)) {
      provisioned = lab.hearth("provision", "host01", "ex44", "--diff", "-vvv");
      processes = watch.stop();
    }
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  @Order(1)
  void checkModeOnTheBareHostSaysWhatIsToBeDoneAndChangesNothing() {
    assertThat(checkedBare.exit())
        .as(checkedBare.text())
        .isEqualTo(ExitCode.CHANGES_PENDING.number());
    assertThat(checkedBare.tally("host01", "changed")).isGreaterThan(10);
    assertThat(checkedBare.tally("host01", "failed")).isZero();
    assertThat(difference(bareFiles, filesAfterCheck)).isEmpty();
  }

  @Test
  @Order(2)
  void provisioningEndsWell() {
    assertThat(provisioned.exit()).as(provisioned.text()).isZero();
    for (String host : List.of("host01", "ex44")) {
      assertThat(provisioned.tally(host, "failed")).isZero();
      assertThat(provisioned.tally(host, "changed")).isGreaterThan(20);
    }
  }

  @Test
  @Order(3)
  void everythingRuns() {
    for (TestHost host : List.of(host01, ex44)) {
      assertThat(host.sh("docker version --format '{{.Server.Version}}'")).matches("\\d+\\..*\\n");
      assertThat(host.sh("docker compose version --short")).matches("v?2\\..*\\n");
      assertThat(host.sh("docker network inspect proxy --format '{{.Driver}}'"))
          .isEqualTo("bridge\n");
      assertThat(host.sh("restic version")).startsWith("restic 0.18");
      assertThat(host.sh("tailscale status --json | jq -r .BackendState")).isEqualTo("Running\n");
      assertThat(host.sh("git -C " + CLONE + " describe --tags --exact-match"))
          .isEqualTo("v1.0.0\n");
      assertThat(host.sh("ufw status")).contains("Status: active").contains("22/tcp");
      assertThat(host.sh("systemctl is-enabled docker tailscaled").lines()).containsOnly("enabled");
      assertThat(host.sh("id -nG operator")).contains("systemd-journal");
    }
    assertThat(host01.sh("command -v restic")).isEqualTo("/usr/bin/restic\n");
    assertThat(ex44.sh("command -v restic")).isEqualTo("/usr/local/bin/restic\n");
    assertThat(ex44.sh("systemctl is-active periphery")).isEqualTo("active\n");
    assertThat(ex44.sh("curl -fsS http://127.0.0.1:8120/version")).isEqualTo("2.0.0");
    assertThat(ex44.sh("ufw status")).containsPattern("8120/tcp +ALLOW +" + host01.innerAddress());
    assertThat(host01.exists("/etc/systemd/system/periphery.service")).isFalse();
  }

  @Test
  @Order(4)
  void theEnvironmentFilesHoldExactlyTheSecretsForRootAlone() {
    assertEnvironment(host01, "scripts/.env", scripts());
    assertEnvironment(host01, "services/infisical/.env", infisical());
    assertEnvironment(host01, "services/traefik/.env", traefik());
    assertEnvironment(host01, "services/komodo/.env", komodo());
    assertEnvironment(ex44, "scripts/.env", scripts());
    assertEnvironment(ex44, "services/komodo/.env", komodo());
    assertThat(ex44.exists(CLONE + "/services/traefik/.env")).isFalse();
  }

  @Test
  @Order(5)
  void shellAndComposeReadTheSecretsAsTheyAre() {
    String password = lab.secret("vault_restic_password");
    assertThat(password).contains("$HOME${X}\"#\\");
    assertThat(host01.sh(". " + CLONE + "/scripts/.env && printf %s \"$RESTIC_PASSWORD\""))
        .isEqualTo(password);
    host01.sh(
        """
        mkdir /run/probe && cd /run/probe
        printf 'services: {probe: {image: probe, environment: {BASIC: "${BASIC_AUTH}"}}}' >compose.yaml
        """);
    String traefik = CLONE + "/services/traefik/.env";
    // Compose doubles dollar signs in what it prints.
    assertThat(
            host01.sh(
                "cd /run/probe && docker compose --env-file "
                    + traefik
                    + " config --format json | jq -r .services.probe.environment.BASIC"))
        .isEqualTo(lab.secret("vault_traefik_basic_auth").replace("$", "$$") + "\n");
  }

  @Test
  @Order(6)
  void noSecretIsShownAnywhere() {
    // What the watch must have seen, if it saw anything.
    assertThat(processes).contains("apt-get").contains("DEBIAN_FRONTEND=noninteractive");
    for (String trace : lab.traces()) {
      assertThat(checkedBare.text().contains(trace)).as("check mode shows a secret").isFalse();
      assertThat(provisioned.text().contains(trace)).as("the output shows a secret").isFalse();
      assertThat(processes.contains(trace)).as("a process shows a secret").isFalse();
    }
  }

  @Test
  @Order(7)
  void secretsLieInTheirFilesAndNowhereElseOnTheHosts() {
    assertThat(filesWithSecrets(host01))
        .containsExactlyInAnyOrder(
            CLONE + "/scripts/.env",
            CLONE + "/services/infisical/.env",
            CLONE + "/services/traefik/.env",
            CLONE + "/services/komodo/.env");
    assertThat(filesWithSecrets(ex44))
        .containsExactlyInAnyOrder(
            CLONE + "/scripts/.env",
            CLONE + "/services/komodo/.env",
            "/etc/komodo/periphery.config.toml");
    assertThat(ex44.permissions("/etc/komodo/periphery.config.toml")).isEqualTo("600 root root");
  }

  @Test
  @Order(8)
  void doneAgainItChangesNothing() {
    Outcome again = lab.hearth("provision", "host01", "ex44");
    assertThat(again.exit()).as(again.text()).isZero();
    assertThat(again.tally("host01", "changed")).as(again.text()).isZero();
    assertThat(again.tally("ex44", "changed")).as(again.text()).isZero();
  }

  @Test
  @Order(9)
  void checkModeOnProvisionedHostsFindsNothingToDo() {
    Outcome checked =
        lab.hearth("provision", "host01", "ex44", "--check", "--diff", "--detailed-exitcode");
    assertThat(checked.exit()).as(checked.text()).isZero();
    assertThat(checked.tally("host01", "changed")).isZero();
    assertThat(checked.tally("ex44", "changed")).isZero();
  }

  @Test
  @Order(10)
  void checkModeFindsWhatSomebodyChanged() {
    String file = CLONE + "/services/traefik/.env";
    host01.sh("chmod 644 " + file);
    Outcome checked = lab.hearth("provision", "host01", "--check", "--detailed-exitcode");
    assertThat(checked.exit()).as(checked.text()).isEqualTo(ExitCode.CHANGES_PENDING.number());
    assertThat(checked.tally("host01", "changed")).isEqualTo(1);
    assertThat(host01.permissions(file)).isEqualTo("644 root root");
    Outcome mended = lab.hearth("provision", "host01", "--tags", "env_files");
    assertThat(mended.tally("host01", "changed")).isEqualTo(1);
    assertThat(host01.permissions(file)).isEqualTo("600 root root");
  }

  @Test
  @Order(11)
  void teardownAsksFirst() {
    Outcome unasked = lab.hearth("teardown", "host01");
    assertThat(unasked.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(unasked.err()).contains("teardown asks before it removes anything");
    assertThat(host01.exists(CLONE + "/.git")).isTrue();
  }

  @Test
  @Order(12)
  void teardownInCheckModeOnlyLooks() {
    String files = host01.sh(FILES);
    Outcome looked = lab.hearth("teardown", "host01", "--check", "--detailed-exitcode");
    assertThat(looked.exit()).as(looked.text()).isEqualTo(ExitCode.CHANGES_PENDING.number());
    assertThat(looked.tally("host01", "failed")).isZero();
    assertThat(difference(files, host01.sh(FILES))).isEmpty();
  }

  @Test
  @Order(13)
  void teardownRemovesWhatProvisioningBroughtAndNothingElse() {
    Outcome gone = lab.hearth("teardown", "host01", "--yes", "-vvv", "--diff");
    assertThat(gone.exit()).as(gone.text()).isZero();
    for (String trace : lab.traces()) {
      assertThat(gone.text().contains(trace)).as("teardown shows a secret").isFalse();
    }
    assertThat(difference(barePackages, host01.sh(PACKAGES))).isEmpty();
    assertThat(host01.sh("ls /etc/apt/sources.list.d")).isEqualTo("debian.sources\n");
    assertThat(filesWithSecrets(host01)).isEmpty();
    for (String path :
        List.of(
            CLONE,
            "/etc/docker",
            "/etc/sysctl.d/60-hearth.conf",
            "/etc/ssh/sshd_config.d/10-hearth.conf",
            "/usr/share/keyrings/tailscale-archive-keyring.gpg",
            "/var/lib/tailscale",
            "/var/lib/hearth")) {
      assertThat(host01.exists(path)).as(path).isFalse();
    }
    // Kept are people, and below /var what the engine holds and what apt has fetched.
    assertThat(difference(paths(bareFiles), paths(host01.sh(FILES))))
        .allMatch(path -> path.startsWith("/home/operator") || path.startsWith("/var/"));
    // People and the secondary host are none of its business.
    assertThat(host01.sh("id -un operator")).isEqualTo("operator\n");
    assertThat(ex44.sh("systemctl is-active docker periphery").lines()).containsOnly("active");
  }

  @Test
  @Order(14)
  void teardownDoneAgainChangesNothing() {
    Outcome again = lab.hearth("teardown", "host01", "--yes");
    assertThat(again.exit()).as(again.text()).isZero();
    assertThat(again.tally("host01", "changed")).as(again.text()).isZero();
  }

  @Test
  @Order(15)
  void provisionedAgainAfterTeardownItIsAsItWas() {
    Outcome anew = lab.hearth("provision", "host01", "-v");
    assertThat(anew.exit()).as(anew.text()).isZero();
    assertThat(anew.tally("host01", "changed")).isGreaterThan(20);
    assertThat(host01.sh("docker compose version --short")).matches("v?2\\..*\n");
    assertEnvironment(host01, "services/komodo/.env", komodo());
    Outcome again = lab.hearth("provision", "host01");
    assertThat(again.exit()).as(again.text()).isZero();
    assertThat(again.tally("host01", "changed")).as(again.text()).isZero();
  }

  private static String paths(String files) {
    return files.replaceAll("(?m) .*$", "");
  }

  /** The lines that only one of two listings has. */
  private static Set<String> difference(String before, String after) {
    Set<String> either = new TreeSet<>(before.lines().toList());
    Set<String> both = new TreeSet<>(after.lines().toList());
    both.retainAll(either);
    either.addAll(after.lines().toList());
    either.removeAll(both);
    return either;
  }

  private static List<String> filesWithSecrets(TestHost host) {
    StringBuilder search = new StringBuilder("grep -rlsF -D skip");
    lab.traces().forEach(trace -> search.append(" -e ").append(trace));
    search.append(" /boot /etc /home /opt /root /run /srv /tmp /usr /var || true");
    return host.sh(search.toString()).lines().toList();
  }

  private static void assertEnvironment(TestHost host, String file, String settings) {
    String path = CLONE + "/" + file;
    assertThat(host.permissions(path)).as(path).isEqualTo("600 root root");
    assertThat(host.text(path))
        .as(path)
        .isEqualTo(
            "# Written by Hearth (role env_files) from the vault; changes here are overwritten.\n"
                + settings);
  }

  private static String scripts() {
    return setting("INFISICAL_CLIENT_ID", lab.secret("vault_infisical_client_id"))
        + setting("INFISICAL_CLIENT_SECRET", lab.secret("vault_infisical_client_secret"))
        + setting("INFISICAL_API_URL", "https://secrets.lab.test/api")
        + setting("INFISICAL_PROJECT_ID", lab.secret("vault_infisical_project_id"))
        + setting("APPRISE_URL", "https://apprise.lab.test")
        + setting("APPRISE_CONFIG", "apprise")
        + setting("APPRISE_LOGIN", lab.secret("vault_apprise_login"))
        + setting("RESTIC_REPOSITORY", "/srv/restic")
        + setting("RESTIC_PASSWORD", lab.secret("vault_restic_password"))
        + setting("B2_ACCOUNT_ID", lab.secret("vault_b2_account_id"))
        + setting("B2_ACCOUNT_KEY", lab.secret("vault_b2_account_key"));
  }

  private static String infisical() {
    String password = lab.secret("vault_infisical_postgres_password");
    return setting("DOMAIN_NAME", "lab.test")
        + setting("ENCRYPTION_KEY", lab.secret("vault_infisical_encryption_key"))
        + setting("AUTH_SECRET", lab.secret("vault_infisical_auth_secret"))
        + setting("POSTGRES_USER", "infisical")
        + setting("POSTGRES_DB", "infisical")
        + setting("POSTGRES_PASSWORD", password)
        + setting(
            "DB_CONNECTION_URI",
            "postgres://infisical:"
                + password.replace("/", "%2F").replace("+", "%2B")
                + "@db:5432/infisical")
        + setting("REDIS_URL", "redis://infisical-redis:6379")
        + setting("SITE_URL", "https://secrets.lab.test")
        + setting("OTEL_TELEMETRY_COLLECTION_ENABLED", "false");
  }

  private static String traefik() {
    return setting("DOMAIN_NAME", "lab.test")
        + setting("LETSENCRYPT_EMAIL", "admin@lab.test")
        + setting("BASIC_AUTH", lab.secret("vault_traefik_basic_auth"))
        + setting("WIREGUARD_PEER_IP", "")
        + setting("EX44_IP", "");
  }

  private static String komodo() {
    return setting("COMPOSE_KOMODO_IMAGE_TAG", "2")
        + setting("COMPOSE_KOMODO_BACKUPS_PATH", "/etc/komodo/backups")
        + setting("DOMAIN_NAME", "lab.test")
        + setting("TZ", "Etc/UTC")
        + setting("KOMODO_HOST", "https://komodo.lab.test")
        + setting("KOMODO_TITLE", "Komodo")
        + setting("KOMODO_DB_USERNAME", "admin")
        + setting("KOMODO_DB_PASSWORD", lab.secret("vault_komodo_db_password"))
        + setting("KOMODO_JWT_SECRET", lab.secret("vault_komodo_jwt_secret"))
        + setting("KOMODO_JWT_TTL", "1-day")
        + setting("KOMODO_WEBHOOK_SECRET", lab.secret("vault_komodo_webhook_secret"))
        + setting("KOMODO_PASSKEY", lab.secret("vault_komodo_passkey"))
        + setting("KOMODO_INIT_ADMIN_USERNAME", "admin")
        + setting("KOMODO_INIT_ADMIN_PASSWORD", lab.secret("vault_komodo_admin_password"))
        + setting("KOMODO_LOCAL_AUTH", "true")
        + setting("KOMODO_MONITORING_INTERVAL", "15-sec")
        + setting("KOMODO_RESOURCE_POLL_INTERVAL", "1-hr")
        + setting("KOMODO_DISABLE_USER_REGISTRATION", "true")
        + setting("KOMODO_ENABLE_NEW_USERS", "false")
        + setting("PERIPHERY_PASSKEYS", lab.secret("vault_komodo_passkey"))
        + setting("PERIPHERY_ROOT_DIRECTORY", "/etc/komodo")
        + setting("PERIPHERY_SSL_ENABLED", "true")
        + setting("PERIPHERY_INCLUDE_DISK_MOUNTS", "/etc/hostname");
  }

  private static String setting(String name, String value) {
    return name + "='" + value + "'\n";
  }
}
