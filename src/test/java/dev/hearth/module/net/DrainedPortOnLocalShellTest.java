package dev.hearth.module.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which connections keep a port from being drained. */
class DrainedPortOnLocalShellTest extends ModuleOnLocalShell {

  private ServerSocket server;
  private Socket client;
  private Socket accepted;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 5, address(1));
    client = new Socket(address(1), server.getLocalPort(), address(2), 0);
    accepted = server.accept();
  }

  private static InetAddress address(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  @AfterEach
  void close() throws IOException {
    accepted.close();
    client.close();
    server.close();
  }

  private Result waits(TestShell shell, Object... more) {
    Map<String, Object> args = new HashMap<>();
    args.put("port", server.getLocalPort());
    args.put("state", "drained");
    args.put("timeout", 1);
    for (int i = 0; i < more.length; i += 2) {
      args.put((String) more[i], more[i + 1]);
    }
    return applies(shell, "wait_for", args, Map.of());
  }

  private static void drained(Result result) {
    assertThat(result.failed()).as("%s", result).isFalse();
  }

  private static void connected(Result result) {
    assertThat(result.failed()).as("%s", result).isTrue();
    assertThat(result.values().toString()).contains("to drain");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aConnectionCountsForItsOwnAddress(TestShell shell) {
    connected(waits(shell));
    connected(waits(shell, "host", "0.0.0.0"));
    drained(waits(shell, "host", "127.0.0.9"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void someHostsDoNotCount(TestShell shell) {
    drained(waits(shell, "exclude_hosts", List.of("127.0.0.7", "127.0.0.2")));
    connected(waits(shell, "exclude_hosts", List.of("127.0.0.7", "::1", "fe80::1%eth0")));
    fails(
        shell,
        "wait_for",
        Map.of("port", 1, "exclude_hosts", List.of("127.0.0.2")),
        "exclude_hosts should only be with state=drained");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void onlySomeStatesCount(TestShell shell) {
    drained(waits(shell, "active_connection_states", List.of("SYN_SENT", "TIME_WAIT")));
    connected(waits(shell, "active_connection_states", List.of("ESTABLISHED")));
    fails(
        shell,
        "wait_for",
        Map.of("port", 1, "active_connection_states", List.of("OPEN")),
        "unknown active_connection_state (OPEN)");
  }
}
