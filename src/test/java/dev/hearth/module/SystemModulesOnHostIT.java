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
 * More modules that only a whole host can show, over SSH: each change is done, must be as predicted
 * and must leave nothing to do when it is planned again.
 */
class SystemModulesOnHostIT {

  private static OneHost one;
  private static RemoteHost host;

  @BeforeAll
  static void start() {
    one = OneHost.start("system");
    host = one.host();
  }

  @AfterAll
  static void stop() {
    one.close();
  }

  @Test
  void packetsAreFiltered() {
    host.changes("apt", Map.of("name", "iptables"));
    Map<String, Object> rule =
        Map.of(
            "chain",
            "INPUT",
            "protocol",
            "tcp",
            "destination_port",
            "8099",
            "jump",
            "ACCEPT",
            "comment",
            "test");
    host.changes("iptables", rule);
    assertThat(host.sh("iptables -S INPUT")).contains("--dport 8099");
    host.changes("iptables", Map.of("chain", "LAB", "chain_management", true));
    host.changes("iptables", Map.of("chain", "LAB", "chain_management", true, "state", "absent"));
    host.changes("iptables", Map.of("chain", "FORWARD", "policy", "DROP"));
    host.changes("iptables", Map.of("chain", "FORWARD", "policy", "ACCEPT"));
  }

  @Test
  void fileSystemsAreMounted() {
    Map<String, Object> one =
        Map.of(
            "path", "/mnt/t", "src", "tmpfs", "fstype", "tmpfs", "opts", "size=1m", "state",
            "mounted");
    host.changes("mount", one);
    assertThat(host.sh("stat -f -c %T /mnt/t").strip()).isEqualTo("tmpfs");
    host.changes("mount", Map.of("path", "/mnt/t", "state", "absent"));
    assertThat(host.sh("cat /etc/fstab")).doesNotContain("/mnt/t");
  }

  @Test
  void packagesAreAskedHeldAndListed() {
    host.changes("apt", Map.of("name", List.of("tzdata", "less")));
    host.changes(
        "debconf",
        Map.of("name", "tzdata", "question", "tzdata/Areas", "vtype", "select", "value", "Europe"));
    host.changes("dpkg_selections", Map.of("name", "less", "selection", "hold"));
    host.changes("dpkg_selections", Map.of("name", "less", "selection", "install"));
    Value.Dict packages = facts(host.satisfied("package_facts", Map.of()), "packages");
    assertThat(packages.get("less")).isNotNull();
    Value.Dict services = facts(host.satisfied("service_facts", Map.of()), "services");
    assertThat(String.valueOf(services.get("ssh.service"))).contains("running");
    Value.Dict users =
        facts(host.satisfied("getent", Map.of("database", "passwd")), "getent_passwd");
    assertThat(users.get("admin")).isNotNull();
  }

  @Test
  void namesRightsAndTimetables() {
    host.changes("apt", Map.of("name", List.of("acl", "cron", "git", "locales")));
    host.sh("cp /bin/ls /usr/bin/lab-one; cp /bin/ls /usr/bin/lab-two");
    host.changes(
        "alternatives", Map.of("name", "lab", "path", "/usr/bin/lab-one", "link", "/usr/bin/lab"));
    host.changes(
        "alternatives",
        Map.of("name", "lab", "path", "/usr/bin/lab-two", "link", "/usr/bin/lab", "priority", 9));
    assertThat(host.sh("readlink -f /usr/bin/lab").strip()).isEqualTo("/usr/bin/lab-two");
    host.changes(
        "alternatives", Map.of("name", "lab", "path", "/usr/bin/lab-one", "state", "auto"));
    host.changes(
        "acl",
        Map.of(
            "path",
            "/usr/bin/lab-one",
            "etype",
            "user",
            "entity",
            "admin",
            "permissions",
            "rX",
            "state",
            "present"));
    host.changes(
        "acl", Map.of("path", "/usr/bin/lab-one", "entry", "user:admin", "state", "absent"));
    host.changes("cronvar", Map.of("name", "MAILTO", "value", "ops@lab.test"));
    host.changes("cronvar", Map.of("name", "MAILTO", "state", "absent"));
    host.changes(
        "git_config", Map.of("name", "user.email", "value", "a@lab.test", "scope", "global"));
    host.changes("locale_gen", Map.of("name", "de_DE.UTF-8"));
    host.changes("locale_gen", Map.of("name", "de_DE.UTF-8", "state", "absent"));
    host.changes(
        "sudoers", Map.of("name", "lab", "user", "admin", "commands", List.of("/bin/true")));
    host.changes("sudoers", Map.of("name", "lab", "state", "absent"));
    host.changes(
        "apt_key",
        Map.of("file", "/usr/share/keyrings/hearth-test-packages.asc", "keyring", "/root/k.asc"));
  }

  @Test
  void containersImagesVolumesAndSwarms() {
    host.changes(
        "apt",
        Map.of(
            "name",
            List.of("docker.io", "docker-cli", "docker-compose", "iptables", "curl"),
            "install_recommends",
            false));
    host.sh("curl -fsS " + PackageServer.URL + "/images/infisical.tar >/root/i.tar");
    host.changes(
        "docker_image",
        Map.of(
            "name", "infisical/infisical:v0.151.0", "source", "load", "load_path", "/root/i.tar"));
    host.changes("docker_volume", Map.of("name", "data", "labels", Map.of("lab", "test")));
    Map<String, Object> app = new java.util.TreeMap<>();
    app.put("name", "app");
    app.put("image", "infisical/infisical:v0.151.0");
    app.put("env", Map.of("LINES", "one\ntwo"));
    app.put("volumes", List.of("data:/data", "/srv:/srv:ro"));
    app.put("published_ports", List.of("127.0.0.1:8081:80"));
    app.put("restart_policy", "unless-stopped");
    app.put("labels", Map.of("lab", "test"));
    app.put("capabilities", List.of("NET_ADMIN"));
    app.put("memory", "256m");
    app.put("stop_timeout", 1);
    app.put("entrypoint", List.of("sh", "-c", "while :; do sleep 1; done"));
    Result made = host.changes("docker_container", app);
    assertThat(String.valueOf(made.values().get("container"))).contains("running");
    app.put("memory", "300m");
    app.put("memory_swap", "600m");
    host.changes("docker_container", app);
    app.put("env", Map.of("LINES", "three"));
    host.changes("docker_container", app);
    assertThat(host.sh("docker inspect -f '{{.Config.Env}}' app")).contains("LINES=three");
    Result said =
        host.runs(
            "docker_container_exec",
            Map.of(
                "container",
                "app",
                "argv",
                List.of("sh", "-c", "echo $LAB"),
                "env",
                Map.of("LAB", "x y")));
    assertThat(said.values()).containsEntry("stdout", Value.text("x y"));
    assertThat(host.satisfied("docker_container_info", Map.of("name", "app")).values())
        .containsEntry("exists", Value.bool(true));
    host.changes("docker_container", Map.of("name", "app", "state", "absent", "stop_timeout", 1));
    host.changes("docker_volume", Map.of("name", "data", "state", "absent"));
    host.changes("docker_swarm", Map.of("advertise_addr", "127.0.0.1"));
    host.changes("docker_secret", Map.of("name", "s", "data", "hush"));
    host.changes("docker_config", Map.of("name", "c", "data", "text"));
    host.changes("docker_node", Map.of("hostname", "system", "labels", Map.of("lab", "1")));
    host.changes("docker_swarm", Map.of("state", "absent", "force", true));
  }

  private static Value.Dict facts(Result result, String name) {
    Value.Dict all = (Value.Dict) Objects.requireNonNull(result.values().get("ansible_facts"));
    return (Value.Dict) Objects.requireNonNull(all.get(name));
  }
}
