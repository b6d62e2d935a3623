package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that come up in order behind gates; the hosts are this machine under several names. */
class ServicesTest {

  @TempDir private Path directory;

  @BeforeEach
  void lab() throws IOException {
    Files.writeString(
        directory.resolve("inventory"),
        """
        h1 ansible_connection=local
        h2 ansible_connection=local
        away ansible_host=127.0.0.1 ansible_port=1
        """);
    for (String role : List.of("one", "two")) {
      Path tasks = Files.createDirectories(directory.resolve("roles/" + role + "/tasks"));
      String file = directory + "/" + role + "-{{ inventory_hostname }}";
      Files.writeString(
          tasks.resolve("main.yml"),
          "- ansible.builtin.shell: echo up-"
              + role
              + " >>"
              + directory
              + "/order\n"
              + "- ansible.builtin.copy: {content: up, dest: '"
              + file
              + "'}\n");
      Files.writeString(
          tasks.resolve("teardown.yml"),
          "- ansible.builtin.shell: echo down-"
              + role
              + " >>"
              + directory
              + "/order\n"
              + "- ansible.builtin.file: {path: '"
              + file
              + "', state: absent}\n");
    }
    bootstrap("");
  }

  private void bootstrap(String more) throws IOException {
    Files.writeString(
        directory.resolve("bootstrap.yml"),
        """
        services:
          two:
            hosts: h1:h2
            become: false
            needs: [one]
            up: {role: two}
            gates:
              - deep: {command: [cat, "DIR/two-{{ inventory_hostname }}"], contains: up}
                deadline: 60s
                every: 10ms
          one:
            hosts: h1
            become: false
            up: {role: one}
            gates:
              - command: [test, -e, "DIR/one-{{ inventory_hostname }}"]
                deadline: 60s
                every: 10ms
        """
                .replace("DIR", directory.toString())
            + more);
  }

  private InProcess hearth(String... arguments) {
    return InProcess.hearth(directory, arguments);
  }

  private List<String> order() throws IOException {
    return Files.readAllLines(directory.resolve("order"));
  }

  @Test
  void theyComeUpInOrderAndGoDownInReverse() throws IOException {
    InProcess up = hearth("up", "two", "-i", "inventory");
    assertThat(up.exit()).as(up.out() + up.err()).isZero();
    assertThat(order()).containsExactly("up-one", "up-two", "up-two");
    assertThat(up.out()).contains("ready: one@h1", "ready: two@h1", "ready: two@h2");
    InProcess status = hearth("status", "-i", "inventory");
    assertThat(status.exit()).as(status.out()).isZero();

    assertThat(hearth("down", "one", "-i", "inventory").exit())
        .isEqualTo(ExitCode.INVALID.number());
    InProcess down = hearth("down", "one", "-i", "inventory", "--yes");
    assertThat(down.exit()).as(down.out() + down.err()).isZero();
    assertThat(order()).endsWith("down-two", "down-two", "down-one");
    InProcess after = hearth("status", "-i", "inventory");
    assertThat(after.exit()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(after.out()).containsPattern("NOT +two@h2 +deep");
  }

  @Test
  void whatNeedsAServiceThatIsNotReadyIsNotStarted() throws IOException {
    bootstrap(
        """
          shut:
            hosts: h2
            become: false
            gates:
              - command: [sh, -c, "echo 'Unsupported state' >&2; exit 1"]
                deadline: 10ms
                every: 10ms
                hints: {Unsupported state: ENCRYPTION_KEY is another}
          three: {hosts: h1, become: false, needs: [two, shut], up: {role: one}, gates: [{command: ["true"], deadline: 5s}]}
        """);

    InProcess up = hearth("up", "-i", "inventory");

    assertThat(up.exit()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(up.out())
        .contains("not ready: shut@h2: the gate 'command' did not pass")
        .contains("known:  ENCRYPTION_KEY is another")
        .contains("not ready: three@h1: needs shut@h2, which is not ready")
        .contains("ready: two@h2");
    assertThat(order()).containsExactly("up-one", "up-two", "up-two");
  }

  @Test
  void aHostThatIsAwayHoldsBackOnlyWhatNeedsIt() throws IOException {
    bootstrap(
        """
          far: {hosts: away, optional: true, become: false, gates: [{command: ["true"], deadline: 5s}]}
          near: {hosts: h2, become: false, needs: [far], gates: [{command: ["true"], deadline: 5s}]}
        """);

    InProcess up = hearth("up", "-i", "inventory");

    assertThat(up.exit()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(up.out())
        .contains("not ready: far@away: ", "not ready: near@h2: needs far@away", "ready: two@h2");
  }

  @Test
  void provisionBringsThemUpAfterThePlaybook() throws IOException {
    Files.createDirectory(directory.resolve("playbooks"));
    Files.writeString(
        directory.resolve("playbooks/provision.yml"),
        "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.shell: echo play >>"
            + directory
            + "/order\n");

    InProcess first = hearth("provision", "h1", "-i", "inventory");
    assertThat(first.exit()).as(first.out() + first.err()).isZero();
    assertThat(order()).containsExactly("play", "up-one", "up-two");

    // Only h2, whose service needs one on h1: it is waited for and not brought up.
    InProcess second = hearth("provision", "h2", "-i", "inventory");
    assertThat(second.exit()).as(second.out() + second.err()).isZero();
    assertThat(order()).containsExactly("play", "up-one", "up-two", "play", "up-two");
    assertThat(second.out()).contains("ready: one@h1", "ready: two@h2");
  }

  @Test
  void aShardIsWhatNeedsNothingOfTheOthers() throws IOException {
    Files.createDirectory(directory.resolve("playbooks"));
    Files.writeString(
        directory.resolve("inventory"),
        "h1 ansible_connection=local\nh2 ansible_connection=local\nh3 ansible_connection=local\n");
    Files.writeString(
        directory.resolve("playbooks/provision.yml"),
        "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.shell: echo play-{{"
            + " inventory_hostname }} >>"
            + directory
            + "/order\n");

    assertThat(hearth("provision", "all", "--shard", "2/2", "-i", "inventory").exit()).isZero();
    assertThat(order()).containsExactly("play-h3");
    assertThat(hearth("provision", "all", "--shard", "3/3", "-i", "inventory").out())
        .isEqualTo("no host is in the shard 3/3\n");
    assertThat(hearth("provision", "all", "--shard", "1/2", "-i", "inventory").exit()).isZero();
    assertThat(order()).contains("play-h1", "play-h2", "up-one").containsOnlyOnce("play-h3");
    assertThat(hearth("provision", "all", "--shard", "2/1", "-i", "inventory").exit())
        .isEqualTo(ExitCode.INVALID.number());
  }

  @Test
  void wrongDeclarationsStopProvisionBeforeAnythingIsDone() throws IOException {
    Files.createDirectory(directory.resolve("playbooks"));
    Files.writeString(
        directory.resolve("playbooks/provision.yml"),
        "- hosts: all\n  tasks:\n    - ansible.builtin.shell: touch " + directory + "/order\n");
    bootstrap("  four: {hosts: h1, needs: [five], gates: [{tcp: {port: 1}, deadline: 1s}]}\n");

    InProcess run = hearth("provision", "h1", "-i", "inventory");

    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(run.err()).contains("four needs 'five', which is no service");
    assertThat(directory.resolve("order")).doesNotExist();
  }

  @Test
  void whatAServiceRequiresIsAskedBeforeItStarts() throws IOException {
    bootstrap(
        """
          three:
            hosts: h1
            become: false
            requires:
              - dns: {name: no-such-name.invalid}
                deadline: 10ms
                every: 10ms
                hints: {has no address: make the record first}
            up: {role: one}
            gates: [{command: ["true"], deadline: 5s}]
        """);

    InProcess up = hearth("up", "three", "-i", "inventory");

    assertThat(up.exit()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(up.out())
        .contains("not ready: three@h1: the gate 'dns' did not pass", "no-such-name.invalid")
        .contains("known:  make the record first");
    assertThat(directory.resolve("order")).doesNotExist();
  }

  @Test
  void aGateIsAskedFromAnotherHost() throws IOException {
    bootstrap(
        """
          three:
            hosts: h1
            become: false
            gates:
              - command: [test, -e, "DIR/never-{{ inventory_hostname }}"]
                from: h2
                every: 10ms
                deadline: 10ms
        """
            .replace("DIR", directory.toString()));

    assertThat(hearth("up", "three", "-i", "inventory").out())
        .contains("not ready: three@h1:", "(asked from h2)");
  }

  @Test
  void aSharedSecretThatDiffersIsToldAndNotShown() throws IOException {
    Files.writeString(
        directory.resolve("inventory"),
        "h1 passkey=first-one\nh2 passkey=second-one\nh3 passkey=first-one\n");
    bootstrap(
        """
          three:
            hosts: h1
            requires: [{same: "{{ passkey }}", hosts: all}]
            gates: [{command: ["true"], deadline: 5s}]
        """);

    InProcess graph = hearth("graph", "-i", "inventory");

    assertThat(graph.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(graph.err())
        .contains("three needs one value on all of all, and it differs")
        .contains("it is one on h1, h3, another on h2")
        .doesNotContain("first-one", "second-one");
  }

  @Test
  void whatComposeFilesExpectIsMadeBySomebody() throws IOException {
    Files.createDirectory(directory.resolve("playbooks"));
    Files.createDirectories(directory.resolve("playbooks/roles/files/defaults"));
    Files.createDirectories(directory.resolve("playbooks/roles/files/tasks"));
    Files.writeString(
        directory.resolve("playbooks/roles/files/defaults/main.yml"),
        "networks: [{name: proxy}]\nroot: /srv/web\ntarget: \"{{ root }}/.env\"\n");
    Files.writeString(
        directory.resolve("playbooks/roles/files/tasks/main.yml"),
        """
        - community.docker.docker_network: {name: "{{ item.name }}"}
          loop: "{{ networks }}"
        - ansible.builtin.copy: {content: x, dest: "{{ target }}"}
        - ansible.builtin.copy: {content: x, dest: /srv/other/.env}
          when: inventory_hostname == 'h2'
        - ansible.builtin.file: {path: /etc/web, state: directory}
        """);
    Files.writeString(
        directory.resolve("playbooks/provision.yml"),
        "- hosts: all\n  gather_facts: false\n  roles: [files]\n");
    compose(
        "web",
        """
        services:
          app:
            ports: ["80:8080", "127.0.0.1:8443:443", "9000-9001:9000-9001/udp"]
            env_file: .env
            volumes: ["./html:/html", "/etc/web:/etc/web:ro", "/var/run/docker.sock:/d.sock", "data:/data"]
            networks: [proxy, own]
        networks: {proxy: {external: true}, own: }
        volumes: {data: }
        """);
    Files.createDirectory(directory.resolve("compose/web/html"));
    bootstrap(project("web"));
    InProcess good = hearth("graph", "-i", "inventory");
    assertThat(good.exit()).as(good.err()).isZero();

    compose(
        "other",
        """
        services:
          app:
            ports: ["${PORT:-80}:80", {target: 9001, published: 9001, protocol: udp}]
            env_file: [{path: .env}, {path: more.env, required: false}]
            volumes: ["/etc/other:/etc/other", {type: bind, source: ./none, target: /none}]
        networks: {monitor: {external: true, name: monitor-net}}
        volumes: {cache: {external: true}}
        """);
    bootstrap(project("web") + project("other"));
    InProcess bad = hearth("graph", "-i", "inventory");

    assertThat(bad.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(bad.err())
        .contains(
            "port 80 of h1 is published twice: by web and by other",
            "port 9001 of h1 is published twice",
            "nobody makes the external network 'monitor-net' on h1",
            "nobody makes the external volume 'cache' on h1",
            "nobody deploys the env_file /srv/other/.env of other",
            "nobody makes /etc/other, which other mounts",
            "nobody makes /srv/other/none, which other mounts")
        .doesNotContain("/srv/other/more.env");
    assertThat(bad.err().lines().filter(line -> line.startsWith("error: "))).hasSize(7);

    bootstrap(
        project("web")
            + project("other")
            + "provided: {networks: [monitor-net], volumes: [cache], paths: [/etc/other,"
            + " /srv/other]}\n");
    assertThat(hearth("graph", "-i", "inventory").err()).doesNotContain("nobody");
  }

  /** A newer version of a service may have lost one of its containers. */
  @Test
  void aGateNeedsAContainerThatSomebodyMakes() throws IOException {
    compose(
        "auth",
        """
        services:
          server: {image: a, container_name: auth-server}
          worker: {image: a}
          other: {image: a, container_name: "${NAME}-other"}
        """);
    String gates = project("auth").replace("{command: [\"true\"], deadline: 5s}", "GATES");
    String known =
        "{container: auth-server, deadline: 5s}, {container: auth-worker-1, deadline: 5s}";
    bootstrap(gates.replace("GATES", known));
    assertThat(hearth("graph", "-i", "inventory").err())
        .as("a variable of the host may name it so")
        .isEmpty();
    compose(
        "auth",
        "services:\n  server: {image: a, container_name: auth-server}\n  worker: {image: a}\n");
    assertThat(hearth("graph", "-i", "inventory").exit()).isZero();

    bootstrap(
        gates.replace(
            "GATES",
            known
                + ", {container: auth-redis, deadline: 5s}"
                + ", {http: {container: auth-redis-2, port: 1}, deadline: 5s}"));
    InProcess bad = hearth("graph", "-i", "inventory");

    assertThat(bad.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(bad.err())
        .contains("a gate of auth looks at the container 'auth-redis', which nobody makes on h1")
        .contains("'auth-redis-2'");
    assertThat(bad.err().lines().filter(line -> line.startsWith("error: "))).hasSize(2);
  }

  private void compose(String name, String text) throws IOException {
    Path source = Files.createDirectories(directory.resolve("compose/" + name));
    Files.writeString(source.resolve("compose.yaml"), text);
  }

  private static String project(String name) {
    return """
      NAME:
        hosts: h1
        up: {compose: /srv/NAME, source: compose/NAME}
        gates: [{command: ["true"], deadline: 5s}]
    """
        .replace("NAME", name);
  }

  @Test
  void checkModeBringsNothingUp() {
    InProcess up = hearth("up", "-i", "inventory", "--check");

    assertThat(up.exit()).as(up.err()).isZero();
    assertThat(directory.resolve("one-h1")).doesNotExist();
  }

  @Test
  void theGraphIsDrawnWithHosts() {
    assertThat(hearth("graph", "-i", "inventory").out())
        .isEqualTo("one on h1  [command]\n`- two on h1, h2  [deep]\n");
    assertThat(hearth("graph", "-i", "inventory", "--format", "svg").out()).startsWith("<svg");
    assertThat(hearth("up", "tow", "-i", "inventory").err()).contains("did you mean 'two'?");
  }
}
