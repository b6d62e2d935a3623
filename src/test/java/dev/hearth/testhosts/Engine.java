package dev.hearth.testhosts;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;

/**
 * The Docker Engine that tests run hosts on. Without one, or without the image, a test that asks
 * for a host is skipped; with {@code HEARTH_REQUIRE_DOCKER=true}, as {@code ./verify} sets it, it
 * fails.
 */
final class Engine {
  /**
   * Every container and network of a test carries the checkout's folder and the process that made
   * it, so that {@code ./verify} finds what a killed run left behind, and takes no host away from a
   * run that still goes on.
   */
  static final Map<String, String> LABELS =
      Map.of(
          "dev.hearth.test",
          Path.of("").toAbsolutePath().toString(),
          "dev.hearth.test.process",
          Long.toString(ProcessHandle.current().pid()));

  private Engine() {}

  /** Makes sure that containers of {@code image} can be started, or ends the test. */
  static void require(String image) {
    boolean required = "true".equals(System.getenv("HEARTH_REQUIRE_DOCKER"));
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      refuse(required, "no Docker Engine answers; ./verify installs and starts one");
    }
    try {
      DockerClientFactory.instance().client().inspectImageCmd(image).exec();
    } catch (NotFoundException missing) {
      refuse(required, "there is no image " + image + "; run test-hosts/build all");
    }
  }

  private static void refuse(boolean required, String reason) {
    if (required) {
      throw new IllegalStateException(reason);
    }
    Assumptions.abort(reason);
  }

  /**
   * Gives a container what an init system and an inner Docker Engine need, as {@code test-hosts/up}
   * does: privileged where the engine grants it, else the single capabilities.
   */
  static void isolate(HostConfig config) {
    publishLocally(config, 22);
    config.withMounts(List.of(new Mount().withType(MountType.VOLUME).withTarget("/var/lib")));
    if (Privileges.GRANTED) {
      config.withPrivileged(true);
      if (Privileges.UNIFIED_CGROUPS) {
        config.withCgroupnsMode("private");
        return;
      }
    } else {
      config
          .withCapAdd(
              Capability.SYS_ADMIN,
              Capability.NET_ADMIN,
              Capability.NET_RAW,
              Capability.SYS_PTRACE,
              Capability.MKNOD)
          .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"));
    }
    config.withCgroupnsMode("host").withBinds(Bind.parse("/sys/fs/cgroup:/sys/fs/cgroup:rw"));
  }

  /** Publishes a container's port to this machine alone: test hosts have well-known passwords. */
  static void publishLocally(HostConfig config, int port) {
    config.withPortBindings(
        new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port)));
  }

  /** Asked of the engine once, when the first host starts. */
  private static final class Privileges {
    static final boolean GRANTED = probe();
    static final boolean UNIFIED_CGROUPS =
        "2"
            .equals(
                DockerClientFactory.instance()
                    .client()
                    .infoCmd()
                    .exec()
                    .getRawValues()
                    .get("CgroupVersion"));

    private static boolean probe() {
      DockerClient client = DockerClientFactory.instance().client();
      CreateContainerResponse created =
          client
              .createContainerCmd(HostKind.debian(13).image())
              .withEntrypoint("/bin/true")
              .withLabels(LABELS)
              .withHostConfig(new HostConfig().withPrivileged(true))
              .exec();
      try {
        client.startContainerCmd(created.getId()).exec();
        return true;
      } catch (DockerException refused) {
        return false;
      } finally {
        client.removeContainerCmd(created.getId()).withForce(true).withRemoveVolumes(true).exec();
      }
    }
  }
}
