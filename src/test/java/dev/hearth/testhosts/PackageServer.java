package dev.hearth.testhosts;

import java.io.InputStream;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * The package server of the test hosts on a network of its own: Debian's packages, the marked
 * stand-ins and the homelab's repository, at {@link #URL} for every host that joins it. It serves
 * one Debian release.
 */
public final class PackageServer implements AutoCloseable {
  /** Where hosts on the server's network find it. */
  public static final String URL = "http://packages.hearth.test";

  private final int debian;
  private final Network network;
  private final GenericContainer<?> container;

  private PackageServer(int debian, Network network, GenericContainer<?> container) {
    this.debian = debian;
    this.network = network;
    this.container = container;
  }

  /**
   * Starts the server for Debian {@code release} (12 or 13), or skips the test where there is no
   * Docker.
   */
  public static PackageServer start(int release) {
    String image = "hearth-packages:" + release;
    Engine.require(image);
    Network network =
        Network.builder()
            .createNetworkCmdModifier(create -> create.withLabels(Engine.LABELS))
            .build();
    @SuppressWarnings("resource") // closed by close()
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withImagePullPolicy(name -> false)
            .withLabels(Engine.LABELS)
            .withNetwork(network)
            .withNetworkAliases("packages.hearth.test")
            .withExposedPorts(80)
            .withCreateContainerCmdModifier(
                create ->
                    Engine.publishLocally(Objects.requireNonNull(create.getHostConfig()), 80));
    try {
      container.start();
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
    return new PackageServer(release, network, container);
  }

  /** Gives this machine's engine one of the images that the server offers. */
  void loadImage(String name) {
    container.copyFileFromContainer(
        "/srv/images/" + name + ".tar",
        tar -> {
          DockerClientFactory.instance().client().loadImageCmd(tar).exec();
          return name;
        });
  }

  int debian() {
    return debian;
  }

  Network network() {
    return network;
  }

  /** The public half of the key that signs everything the server offers, ASCII armoured. */
  byte[] archiveKey() {
    return container.copyFileFromContainer("/srv/debian/archive.asc", InputStream::readAllBytes);
  }

  /** The server's address as the controller sees it, for tests that fetch through it. */
  public String controllerUrl() {
    return "http://" + container.getHost() + ":" + container.getMappedPort(80);
  }

  @Override
  public void close() {
    container.stop();
    network.close();
  }
}
