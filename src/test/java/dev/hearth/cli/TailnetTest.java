package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.connection.ShellConnection;
import dev.hearth.journal.Entry;
import dev.hearth.journal.Receipt;
import dev.hearth.local.LocalProcess;
import dev.hearth.receipt.Way;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tailscale is taken back last, and who comes by it is warned. */
final class TailnetTest {

  private static Receipt.Step step(int number, String at, String path) {
    return new Receipt.Step(
        new Entry.Intended(
            number,
            "A",
            "Install",
            at,
            "write " + path,
            "0",
            "root",
            List.of(new Entry.Part(Entry.Kind.RESTORE, path))),
        Optional.empty(),
        Optional.empty());
  }

  private static Receipt receipt(Receipt.Step... steps) {
    return new Receipt(
        new Entry.Header(Entry.FORMAT, "receipt", "A", "h", "1", Map.of(), List.of()),
        List.of(steps));
  }

  private static List<Integer> order(Receipt receipt) {
    return Tailnet.last(receipt).steps().stream().map(step -> step.intended().step()).toList();
  }

  @Test
  void itsStepsAreTakenBackLast() {
    Receipt.Step docker = step(1, "roles/docker/tasks/main.yml:3:1", "/etc/docker");
    Receipt.Step key = step(2, "roles/tailscale/tasks/main.yml:3:1", "/etc/apt/key");
    Receipt.Step engine = step(3, "roles/docker/tasks/main.yml:9:1", "/etc/docker/x");
    Receipt.Step set = step(4, "roles/tailscale/tasks/main.yml:9:1", "/etc/default/tailscaled");

    // A receipt is walked from its end.
    assertThat(order(receipt(docker, key, engine, set))).containsExactly(2, 4, 1, 3);
    assertThat(order(receipt(docker, key, step(5, "p:1:1", "/etc/apt/key"))))
        .as("what touched the same path keeps its place")
        .containsExactly(1, 2, 5);
  }

  @ParameterizedTest
  @CsvSource({
    "100.64.0.1,true", "100.127.9.9,true", "fd7a:115c:a1e0::5,true", "100.128.0.1,false",
    "100.63.0.1,false", "10.0.0.1,false", "fd00::1,false", "'',false"
  })
  void itsAddressesAreKnown(String address, boolean known) {
    Receipt receipt = receipt(step(1, "roles/tailscale/tasks/main.yml:3:1", "/etc/x"));
    String first = "export SSH_CONNECTION='192.0.2.1 4711 " + address + " 22'; ";
    try (Connection connection =
        new ShellConnection(
            "h",
            (command, receiver) -> LocalProcess.start("h", first + command, receiver),
            () -> true,
            () -> {})) {
      Way way = new Way("h", false, connection, Become.NOBODY_ELSE);

      assertThat(Tailnet.warning(receipt, way).isPresent()).isEqualTo(known && !address.isEmpty());
      assertThat(Tailnet.warning(receipt(), way)).isEmpty();
    }
  }
}
