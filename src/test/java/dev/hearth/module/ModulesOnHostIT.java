package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.plan.Result;
import dev.hearth.testhosts.PackageServer;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The modules that only a whole host can show, over SSH: each change is done, must be as predicted
 * and must leave nothing to do when it is planned again.
 */
class ModulesOnHostIT {

  private static final String DEBIAN_KEY = "/usr/share/keyrings/debian-archive-keyring.gpg";

  private static OneHost one;
  private static RemoteHost host;

  @BeforeAll
  static void start() {
    one = OneHost.start("modules");
    host = one.host();
  }

  @AfterAll
  static void stop() {
    one.close();
  }

  @Test
  void packagesComeAndGo() {
    host.changes("apt", Map.of("name", List.of("hello", "sl")));
    assertThat(host.sh("hello")).contains("Hello, world!");
    host.satisfied("apt", Map.of("name", "hello", "state", "latest"));
    host.satisfied("apt", Map.of("name", "hello=2.*"));
    host.refuses("apt", Map.of("name", "hello=1.*"), "Version '1.*' for 'hello' was not found");
    host.refuses("apt", Map.of("name", "helo"), "No package matching 'helo' is available");
    host.sh("apt-mark auto hello");
    Result marked = host.applies("apt", Map.of("name", "hello"));
    assertThat(marked.changed()).isFalse();
    host.satisfied("apt", Map.of("name", "hello"));
    host.changes("package", Map.of("name", List.of("sl", "nothere"), "state", "absent"));
    host.changes("apt", Map.of("name", "hel?o", "state", "absent", "purge", true));
  }

  @Test
  void anInterruptedDpkgIsFinishedFirst() {
    host.sh("touch /var/lib/dpkg/updates/0001");
    host.changes("apt", Map.of("name", "tree"));
    assertThat(host.sh("ls /var/lib/dpkg/updates").strip()).isEmpty();
  }

  @Test
  void repositoriesAreWrittenAndTheirKeysFetched() {
    Map<String, Object> tailscale =
        Map.of(
            "name",
            "Tailscale stable",
            "uris",
            PackageServer.URL + "/tailscale",
            "suites",
            "trixie",
            "components",
            List.of("main"),
            "signed_by",
            PackageServer.URL + "/tailscale/trixie.noarmor.gpg");
    Result made = host.changes("deb822_repository", tailscale);
    assertThat(made.values().get("key_filename"))
        .isEqualTo(Value.text("/etc/apt/keyrings/tailscale-stable.gpg"));
    assertThat(host.sh("cat /etc/apt/sources.list.d/tailscale-stable.sources"))
        .isEqualTo(
            """
            Components: main
            X-Repolib-Name: Tailscale stable
            Signed-By: /etc/apt/keyrings/tailscale-stable.gpg
            Suites: trixie
            Types: deb
            URIs: http://packages.hearth.test/tailscale
            """);
    host.changes(
        "apt", Map.of("name", "tailscale", "update_cache", true, "cache_valid_time", 3600));
    host.changes("apt", Map.of("name", "tailscale", "state", "absent", "purge", true));
    host.changes("deb822_repository", Map.of("name", "Tailscale stable", "state", "absent"));
    assertThat(host.sh("ls /etc/apt/keyrings").strip()).isEmpty();

    Map<String, Object> line =
        Map.of(
            "repo",
            "deb [signed-by=" + DEBIAN_KEY + "] http://nowhere.invalid/debian trixie main",
            "update_cache",
            false);
    host.changes("apt_repository", line);
    assertThat(host.sh("ls /etc/apt/sources.list.d")).contains("nowhere_invalid_debian.list");
    host.changes(
        "apt_repository",
        Map.of("repo", line.get("repo"), "state", "absent", "update_cache", false));
    assertThat(host.sh("ls /etc/apt/sources.list.d")).doesNotContain("nowhere");
  }

  @Test
  void aProgramOnATerminalIsAnswered() {
    host.sh("useradd asked");
    Map<String, Object> secret = Map.of("secret", "t4lkative");
    Result said =
        host.runs(
            "expect", Map.of("command", "passwd asked", "responses", Map.of("(?i)new.*:", secret)));
    assertThat(String.valueOf(said.values().get("stdout")))
        .contains("password updated successfully")
        .doesNotContain("t4lkative");
    // More of them than sshd gives sessions: each gives its own back.
    for (int i = 0; i < 12; i++) {
      host.runs("expect", Map.of("command", "echo on", "responses", Map.of()));
    }
    // From the user's own session, which asks on the terminal itself and not on its input.
    Result become =
        host.runs(
            "expect",
            Map.of(
                "command",
                "su nobody -s /bin/sh -c 'su asked -c \"stty size; id -un\"'",
                "responses",
                Map.of("Password", List.of(secret))));
    assertThat(String.valueOf(become.values().get("stdout"))).contains("24 80\r\nasked");
  }

  @Test
  void usersAreAsTheyAreAskedFor() {
    host.changes("group", Map.of("name", "media", "gid", 3333));
    Map<String, Object> ann =
        Map.of(
            "name",
            "ann",
            "groups",
            List.of("media"),
            "append",
            true,
            "shell",
            "/bin/bash",
            "password",
            "$6$abc$hash");
    Result made = host.changes("user", ann);
    assertThat(made.values().get("home")).isEqualTo(Value.text("/home/ann"));
    assertThat(host.sh("getent shadow ann")).startsWith("ann:$6$abc$hash:");
    host.changes("user", Map.of("name", "ann", "password_lock", true, "comment", "Ann"));
    host.changes(
        "user", Map.of("name", "ann", "generate_ssh_key", true, "ssh_key_type", "ed25519"));
    String key = host.sh("cat /home/ann/.ssh/id_ed25519.pub").strip();
    host.changes("authorized_key", Map.of("user", "ann", "key", key));
    assertThat(host.sh("stat -c '%a %U' /home/ann/.ssh /home/ann/.ssh/authorized_keys"))
        .isEqualTo("700 ann\n600 ann\n");
    host.changes("authorized_key", Map.of("user", "ann", "key", key, "key_options", "no-pty"));
    host.changes("authorized_key", Map.of("user", "ann", "key", key, "state", "absent"));
    host.changes("user", Map.of("name", "ann", "state", "absent", "remove", true));
    host.changes("group", Map.of("name", "media", "state", "absent"));
  }

  @Test
  void servicesRun() {
    host.changes("apt", Map.of("name", "cron"));
    host.changes("systemd_service", Map.of("name", "cron", "state", "stopped", "enabled", false));
    host.changes("systemd_service", Map.of("name", "cron", "masked", true));
    host.changes("systemd_service", Map.of("name", "cron", "masked", false));
    host.changes("service", Map.of("name", "cron", "state", "started", "enabled", true));
    assertThat(host.applies("service", Map.of("name", "cron", "state", "restarted")).changed())
        .isTrue();
    assertThat(host.applies("systemd", Map.of("daemon_reload", true)).changed()).isFalse();
    host.refuses("systemd", Map.of("name", "nothere", "state", "started"), "Could not find");

    host.changes("cron", Map.of("name", "tidy up", "minute", "5", "job", "true"));
    host.changes("cron", Map.of("name", "tidy up", "minute", "6", "job", "true"));
    assertThat(host.sh("crontab -l")).isEqualTo("#Ansible: tidy up\n6 * * * * true\n");
    host.changes("cron", Map.of("name", "tidy up", "state", "absent"));
    Map<String, Object> file =
        Map.of("name", "boot", "special_time", "reboot", "user", "root", "job", "true");
    Map<String, Object> inFile = new java.util.HashMap<>(file);
    inFile.put("cron_file", "hearth");
    host.changes("cron", inFile);
    assertThat(host.sh("cat /etc/cron.d/hearth")).isEqualTo("#Ansible: boot\n@reboot root true\n");
    host.changes("cron", Map.of("name", "boot", "state", "absent", "cron_file", "hearth"));
    assertThat(host.sh("ls /etc/cron.d")).doesNotContain("hearth");
  }

  @Test
  void namesClocksAndTheKernel() {
    host.changes("hostname", Map.of("name", "attic.lab.test"));
    assertThat(host.sh("cat /etc/hostname /proc/sys/kernel/hostname"))
        .isEqualTo("attic.lab.test\nattic.lab.test\n");
    host.changes("timezone", Map.of("name", "Europe/Berlin"));
    assertThat(host.sh("readlink /etc/localtime")).contains("Europe/Berlin");
    host.refuses("timezone", Map.of("name", "Europe/Nowhere"), "no time zone 'Europe/Nowhere'");
    Map<String, Object> setting =
        Map.of(
            "name",
            "net.ipv4.ip_forward",
            "value",
            "1",
            "sysctl_file",
            "/etc/sysctl.d/50-test.conf",
            "reload",
            false);
    host.changes("sysctl", setting);
    assertThat(host.sh("cat /etc/sysctl.d/50-test.conf")).isEqualTo("net.ipv4.ip_forward=1\n");
  }

  @Test
  void theFirewallHasItsRules() {
    host.changes("apt", Map.of("name", "ufw"));
    Map<String, Object> ssh = Map.of("rule", "allow", "port", "22", "proto", "tcp");
    host.changes("ufw", ssh);
    Map<String, Object> agent =
        Map.of(
            "rule",
            "deny",
            "direction",
            "in",
            "interface",
            "eth0",
            "src",
            "10.0.0.0/8",
            "port",
            "9100");
    host.changes("ufw", agent);
    host.changes("ufw", Map.of("default", "deny", "direction", "outgoing"));
    host.changes("ufw", Map.of("default", "allow", "direction", "outgoing"));
    Map<String, Object> gone = new java.util.HashMap<>(agent);
    gone.put("delete", true);
    host.changes("ufw", gone);
    host.refuses("ufw", Map.of("rule", "allow", "port", "22x"), "ufw refuses this rule");
    host.changes("ufw", Map.of("state", "enabled"));
    assertThat(host.sh("ufw status")).contains("Status: active").contains("22/tcp");
    host.changes("ufw", Map.of("state", "disabled"));
  }

  @Test
  void dockerHasItsNetworksAndProjects() {
    host.refuses("docker_network", Map.of("name", "proxy"), "docker is not on this host");
    host.changes(
        "apt",
        Map.of(
            "name",
            List.of("docker.io", "docker-cli", "docker-compose", "iptables", "curl"),
            "install_recommends",
            false));
    host.sh("curl -fsS " + PackageServer.URL + "/images/infisical.tar | docker load");
    Map<String, Object> proxy =
        Map.of(
            "name",
            "proxy",
            "ipam_config",
            List.of(Map.of("subnet", "172.30.9.0/24")),
            "labels",
            Map.of("lab", "test"));
    host.changes("docker_network", proxy);
    host.changes("docker_network", Map.of("name", "proxy", "internal", true));
    host.sh(
        """
        mkdir -p /srv/app
        cat >/srv/app/compose.yaml <<'END'
        services:
          app:
            image: infisical/infisical:v0.151.0
            environment:
              SETTING: "${SETTING}"
            networks: [proxy]
        networks:
          proxy:
            external: true
        END
        echo SETTING=one >/srv/app/.env
        """);
    Map<String, Object> app = Map.of("project_src", "/srv/app");
    Result started = host.changes("docker_compose_v2", app);
    assertThat(((Value.Seq) Objects.requireNonNull(started.values().get("containers"))).items())
        .hasSize(1);
    // Compose makes the container for the network's id.
    host.refuses(
        "docker_network", Map.of("name", "proxy", "internal", false), "could not be put back");
    assertThat(host.sh("docker inspect -f '{{json .NetworkSettings.Networks}}' app-app-1"))
        .contains("\"proxy\"");
    host.sh("echo SETTING=two >/srv/app/.env");
    host.changes("docker_compose_v2", app);
    assertThat(host.sh("docker inspect -f '{{.Config.Env}}' app-app-1")).contains("SETTING=two");
    host.changes(
        "docker_compose_v2", Map.of("project_src", "/srv/app", "state", "stopped", "timeout", 1));
    host.changes("docker_compose_v2", Map.of("project_src", "/srv/app", "state", "absent"));
    host.changes("docker_network", Map.of("name", "proxy", "state", "absent"));
    assertThat(host.sh("ls -A /root/.docker 2>/dev/null || true")).as("asking left").isEmpty();
  }

  @Test
  void factsAreThere() {
    Value.Dict facts =
        (Value.Dict)
            java.util.Objects.requireNonNull(
                host.satisfied("setup", Map.of()).values().get("ansible_facts"));
    assertThat(facts.get("ansible_distribution")).isEqualTo(Value.text("Debian"));
    assertThat(facts.get("ansible_distribution_major_version")).isEqualTo(Value.text("13"));
    assertThat(facts.get("ansible_distribution_release")).isEqualTo(Value.text("trixie"));
    assertThat(facts.get("ansible_service_mgr")).isEqualTo(Value.text("systemd"));
    assertThat(facts.get("ansible_pkg_mgr")).isEqualTo(Value.text("apt"));
    assertThat(
            ((Value.Dict) Objects.requireNonNull(facts.get("ansible_default_ipv4"))).get("address"))
        .isEqualTo(
            Value.text(host.sh("ip -4 -o addr show eth0 | sed 's|.*inet ||; s|/.*||'").strip()));
  }
}
