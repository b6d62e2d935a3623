package dev.hearth.testhosts;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A real PostgreSQL server of Debian's, the one that the test hosts' services use. */
public final class PostgresServer implements AutoCloseable {

  /** Who may do everything. */
  public static final String USER = "hearth";

  /** The user's password. */
  public static final String PASSWORD = "correct horse";

  /** The database. */
  public static final String DATABASE = "lab";

  private static final String IMAGE = "hearth/postgres:debian";
  private static final int PORT = 5432;

  private final GenericContainer<?> container;

  private PostgresServer(GenericContainer<?> container) {
    this.container = container;
  }

  /** Starts one, or skips the test where there is no Docker. */
  public static PostgresServer start() {
    Engine.require("hearth-packages:12");
    load();
    @SuppressWarnings("resource") // closed by close()
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withImagePullPolicy(name -> false)
            .withLabels(Engine.LABELS)
            .withEnv(
                Map.of(
                    "POSTGRES_USER", USER, "POSTGRES_PASSWORD", PASSWORD, "POSTGRES_DB", DATABASE))
            // The image has no time zones, and the driver names this process's one.
            .withCopyToContainer(
                Transferable.of(universalTime()),
                "/usr/share/zoneinfo/" + TimeZone.getDefault().getID())
            .withExposedPorts(PORT)
            .withCreateContainerCmdModifier(
                create ->
                    Engine.publishLocally(Objects.requireNonNull(create.getHostConfig()), PORT))
            // The one that makes the database says nothing.
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1));
    container.start();
    return new PostgresServer(container);
  }

  private static void load() {
    DockerClient client = DockerClientFactory.instance().client();
    try {
      client.inspectImageCmd(IMAGE).exec();
    } catch (NotFoundException missing) {
      try (PackageServer packages = PackageServer.start(12)) {
        packages.loadImage("postgres");
      }
    }
  }

  /** A file as RFC 8536 has it, of a zone without any offset. */
  private static byte[] universalTime() {
    ByteBuffer bytes = ByteBuffer.allocate(256);
    for (int part = 0; part < 2; part++) {
      bytes.put("TZif2".getBytes(StandardCharsets.US_ASCII)).put(new byte[15]);
      bytes.putInt(0).putInt(0).putInt(0).putInt(0).putInt(1).putInt(4);
      bytes.putInt(0).put((byte) 0).put((byte) 0);
      bytes.put("UTC\0".getBytes(StandardCharsets.US_ASCII));
    }
    bytes.put("\nUTC0\n".getBytes(StandardCharsets.US_ASCII));
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Where it is, as the setting says it. */
  public String address() {
    return "postgresql://%s@127.0.0.1:%d/%s".formatted(USER, port(), DATABASE);
  }

  /** The port on this machine. */
  public int port() {
    return container.getMappedPort(PORT);
  }

  /** Does statements by hand, and gives the first thing that the last of them found, if any. */
  public String sql(String... statements) {
    String found = "";
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), DATABASE);
    try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
        Statement made = connection.createStatement()) {
      for (String statement : statements) {
        found = "";
        if (made.execute(statement)) {
          try (ResultSet answer = made.getResultSet()) {
            found = answer.next() ? answer.getString(1) : "";
          }
        }
      }
      return found;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    container.close();
  }
}
