package dev.hearth.testhosts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.model.ExposedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A bare Debian host with systemd, OpenSSH and sudo, and no Python, that one test class or test
 * starts and closes. It has its own host keys (ed25519, which {@link #knownHosts()} pins, and
 * ecdsa, which it does not) and accepts {@link #clientKey()} for three users: {@code root}, {@code
 * admin} (sudo without a password) and {@code deploy} (sudo with {@link #sudoPassword()}, which is
 * its login password too).
 */
public final class TestHost implements AutoCloseable {
  private static final String SUDO_PASSWORD = "sudo $pass'word\" of-deploy";

  private final GenericContainer<?> container;
  private final Path folder;
  private final Keys client;
  private final Keys hostKey;

  private TestHost(GenericContainer<?> container, Path folder, Keys client, Keys hostKey) {
    this.container = container;
    this.folder = folder;
    this.client = client;
    this.hostKey = hostKey;
  }

  /**
   * Starts a host of Debian {@code release} (12 or 13), or skips the test where there is no Docker.
   */
  public static TestHost start(int release) {
    return start(release, "testhost", null);
  }

  /** Starts a host whose programs are those of Alpine Linux, or skips the test without Docker. */
  public static TestHost alpineLike() {
    return start(HostKind.ALPINE_LIKE, "alpinelike", builder -> {});
  }

  /** Starts a host named {@code name} beside {@code packages}, from which alone it installs. */
  public static TestHost start(String name, PackageServer packages) {
    return start(packages.debian(), name, packages);
  }

  private static TestHost start(int release, String name, @Nullable PackageServer packages) {
    return start(
        HostKind.debian(release),
        name,
        container -> {
          if (packages != null) {
            join(container, release, packages);
          }
        });
  }

  private static TestHost start(
      HostKind kind, String name, Consumer<GenericContainer<?>> preparation) {
    Engine.require(kind.image());
    Path folder = privateFolder();
    Keys client = Keys.generate(folder, "id_ed25519", "ed25519");
    Keys ed25519 = Keys.generate(folder, "ssh_host_ed25519_key", "ed25519");
    Keys ecdsa = Keys.generate(folder, "ssh_host_ecdsa_key", "ecdsa");
    GenericContainer<?> container = container(kind, name);
    for (Keys key : List.of(ed25519, ecdsa)) {
      String path = "/etc/ssh/" + key.privateKey().getFileName();
      container.withCopyToContainer(Transferable.of(bytes(key.privateKey()), 0600), path);
      container.withCopyToContainer(Transferable.of(key.publicKey() + "\n", 0644), path + ".pub");
    }
    for (String home : List.of("/root", "/home/admin", "/home/deploy")) {
      container.withCopyToContainer(
          Transferable.of(client.publicKey() + "\n", 0644), home + "/.ssh/authorized_keys");
    }
    container.withCopyToContainer(
        Transferable.of("deploy:" + SUDO_PASSWORD + "\n", 0600), "/root/deploy-password");
    preparation.accept(container);
    TestHost host = new TestHost(container, folder, client, ed25519);
    try {
      container.start();
      host.sh("chpasswd </root/deploy-password && rm /root/deploy-password");
    } catch (RuntimeException e) {
      host.close();
      throw e;
    }
    return host;
  }

  @SuppressWarnings("resource") // the host closes it
  private static GenericContainer<?> container(HostKind kind, String name) {
    return new GenericContainer<>(DockerImageName.parse(kind.image()))
        .withImagePullPolicy(any -> false)
        .withLabels(Engine.LABELS)
        .withExposedPorts(22)
        .withTmpFs(Map.of("/run", "rw", "/run/lock", "rw"))
        .withCreateContainerCmdModifier(
            create -> {
              create.withHostName(name);
              Engine.isolate(Objects.requireNonNull(create.getHostConfig()));
            })
        .waitingFor(
            Wait.forSuccessfulCommand(kind.ready()).withStartupTimeout(Duration.ofMinutes(1)));
  }

  private static void join(GenericContainer<?> container, int release, PackageServer packages) {
    String keyring = "/usr/share/keyrings/hearth-test-packages.asc";
    String sources =
        """
        Types: deb
        URIs: %s/debian
        Suites: %s
        Components: main
        Signed-By: %s
        """
            .formatted(PackageServer.URL, release == 12 ? "bookworm" : "trixie", keyring);
    container
        .withNetwork(packages.network())
        .withCopyToContainer(Transferable.of(packages.archiveKey(), 0644), keyring)
        .withCopyToContainer(
            Transferable.of(sources, 0644), "/etc/apt/sources.list.d/debian.sources");
  }

  /** The address to connect to. */
  public String address() {
    return container.getHost();
  }

  /** The port to connect to; another one after a restart. */
  public int port() {
    return Integer.parseInt(
        Objects.requireNonNull(
            DockerClientFactory.instance()
                .client()
                .inspectContainerCmd(container.getContainerId())
                .exec()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(ExposedPort.tcp(22)))[0]
            .getHostPortSpec());
  }

  /** The address inside the test's Docker network, for connections from another host (port 22). */
  public String innerAddress() {
    return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
        .map(network -> Objects.requireNonNull(network.getIpAddress()))
        .findFirst()
        .orElseThrow();
  }

  /** The private key that every user of the host accepts. */
  public Path clientKey() {
    return client.privateKey();
  }

  /**
   * The known_hosts line that pins the host's ed25519 key for {@link #address()} and {@link
   * #port()}.
   */
  public String knownHosts() {
    return "[" + address() + "]:" + port() + " " + hostKey.publicKeyWithoutComment() + "\n";
  }

  /** A file with {@link #knownHosts()}. */
  public Path knownHostsFile() {
    try {
      Path file = folder.resolve("known_hosts");
      // Others may be reading it.
      return Files.exists(file) && Files.readString(file).equals(knownHosts())
          ? file
          : Files.writeString(file, knownHosts());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The public half of the host's pinned key: type and base64. */
  public String hostKey() {
    return hostKey.publicKeyWithoutComment();
  }

  /** What sudo asks the user {@code deploy} for. */
  public String sudoPassword() {
    return SUDO_PASSWORD;
  }

  /**
   * Runs a command as root inside the host, not over SSH: for assertions, and for preparing a case.
   */
  public ExecResult exec(String... argv) {
    try {
      return container.execInContainer(UTF_8, argv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Standard output of a shell script that must succeed. */
  public String sh(String script) {
    ExecResult result = exec("sh", "-c", script);
    if (result.getExitCode() != 0) {
      throw new AssertionError(
          "exit "
              + result.getExitCode()
              + " of: "
              + script
              + "\n"
              + result.getStdout()
              + result.getStderr());
    }
    return result.getStdout();
  }

  /** The text of a file on the host. */
  public String text(String path) {
    ExecResult result = exec("cat", "--", path);
    if (result.getExitCode() != 0) {
      throw new AssertionError(result.getStderr());
    }
    return result.getStdout();
  }

  /** Whether a path exists on the host, a dangling link included. */
  public boolean exists(String path) {
    return exec("stat", "--", path).getExitCode() == 0;
  }

  /** Mode, owner and group of a path, as {@code 600 root root}. */
  public String permissions(String path) {
    ExecResult result = exec("stat", "-c", "%a %U %G", "--", path);
    if (result.getExitCode() != 0) {
      throw new AssertionError(result.getStderr());
    }
    return result.getStdout().strip();
  }

  /** Cuts the host's power and starts it anew; returns when one can log in. */
  public void restart() {
    DockerClientFactory.instance()
        .client()
        .restartContainerCmd(container.getContainerId())
        .withTimeout(0)
        .exec();
    sh(
        "until test -S /run/systemd/private; do sleep 0.1; done;"
            + " systemctl is-system-running --wait >/dev/null; systemctl is-active ssh");
  }

  /** Freezes the host: connections stay open and nothing answers any more. */
  public void pause() {
    DockerClientFactory.instance().client().pauseContainerCmd(container.getContainerId()).exec();
  }

  /** Lets a frozen host go on. */
  public void unpause() {
    DockerClientFactory.instance().client().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path privateFolder() {
    try {
      return Files.createTempDirectory(
          "hearth-test-host",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
