package dev.hearth.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.hearth.connection.Become;
import dev.hearth.connection.ClosedPort;
import dev.hearth.connection.Connection;
import dev.hearth.connection.ShellConnection;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.local.LocalProcess;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gates ask of a real shell, and how answers count. */
final class ProbeTest {

  private static final Location PLACE = Location.startOf(Source.of("bootstrap.yml", ""));

  private static Gate gate(Gate.Kind kind, int passes, Duration deadline) {
    return new Gate(
        kind, Map.of(), Duration.ofMillis(1), passes, deadline, Map.of(), Optional.empty(), PLACE);
  }

  private static Probe probe(Gate.Kind kind, String json) {
    Map<String, Value> given = new HashMap<>();
    if (JsonReader.read(json) instanceof Value.Dict dict) {
      dict.entries().forEach((name, value) -> given.put(((Value.Text) name).value(), value));
    }
    return new Probe(gate(kind, 1, Duration.ofSeconds(1)), given, UnaryOperator.identity());
  }

  private static Probe.Answer look(Gate.Kind kind, String json) {
    Probe probe = probe(kind, json);
    try (Connection host =
        new ShellConnection(
            "h",
            (command, receiver) -> LocalProcess.start("h", command, receiver),
            () -> true,
            () -> {})) {
      return probe.judge(host.run(probe.script(), Become.NOBODY_ELSE));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"port": PORT, "path": "/ok"}                                                  | true  | status 200
          {"url": "http://127.0.0.1:PORT/ok", "body": "Ok"}                              | true  | status 200
          {"port": PORT, "path": "/ok", "json": {"message": "Ok"}}                       | true  | status 200
          {"port": PORT, "path": "/ok", "json": {"message": "Wait"}}                     | false | and the body is: {"message": "Ok", "n": 1}
          {"port": PORT, "path": "/ok", "json": {"other": 1}}                            | false | and the body is
          {"port": PORT, "path": "/ok", "body": "fine"}                                  | false | and the body is
          {"port": PORT, "path": "/none"}                                                | false | status 404, not 200
          {"port": PORT, "path": "/none", "status": [404, 405]}                          | true  | status 404
          {"port": 1, "path": "/"}                                                       | false | exit status 7
          """)
  void http(String parameters, boolean passes, String said) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/ok",
        exchange -> {
          byte[] body = "{\"message\": \"Ok\", \"n\": 1}\n".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      Probe.Answer answer =
          look(
              Gate.Kind.HTTP,
              parameters.replace("PORT", Integer.toString(server.getAddress().getPort())));
      assertThat(answer.said()).contains(said);
      assertThat(answer.passed()).isEqualTo(passes);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void dns() {
    assertThat(look(Gate.Kind.DNS, "{\"name\": \"localhost\"}").passed()).isTrue();
    Probe.Answer other =
        look(Gate.Kind.DNS, "{\"name\": \"127.0.0.1\", \"address\": \"192.0.2.1\"}");
    assertThat(other.passed()).isFalse();
    assertThat(other.said()).isEqualTo("127.0.0.1 is 127.0.0.1, not 192.0.2.1");
    Probe.Answer none = look(Gate.Kind.DNS, "{\"name\": \"no-such-name.invalid\"}");
    assertThat(none.passed()).isFalse();
    assertThat(none.said()).isEqualTo("no-such-name.invalid has no address");
  }

  @Test
  void tcp() throws Exception {
    String port = "{\"port\": %d}";
    try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ClosedPort closed = new ClosedPort()) {
      assertThat(look(Gate.Kind.TCP, port.formatted(open.getLocalPort())).passed()).isTrue();
      assertThat(look(Gate.Kind.TCP, port.formatted(closed.number())).passed()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"command": ["true"]}                                    | true  | ended well
          {"command": ["false"]}                                   | false | exit status 1
          {"command": ["echo", "a b"], "contains": "a b"}          | true  | ended well
          {"command": ["echo", "a b"], "contains": "c"}            | false | it printed: a b
          {"command": ["true"], "not_empty": true}                 | false | it printed nothing
          {"command": ["sh", "-c", "echo why >&2; exit 3"]}        | false | exit status 3: why
          """)
  void command(String parameters, boolean passes, String said) {
    Probe.Answer answer = look(Gate.Kind.DEEP, parameters);
    assertThat(answer.said()).contains(said);
    assertThat(answer.passed()).isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          running healthy 0 T     | true
          running none 4 T        | true
          running starting 0 T    | false
          running unhealthy 0 T   | false
          restarting none 9 T     | false
          exited none 0 T         | false
          nonsense                | false
          """)
  void container(String told, boolean passes) {
    Probe probe = probe(Gate.Kind.CONTAINER, "{\"name\": \"c\"}");
    assertThat(probe.judge(Outcome.Exited.of(0, told + "\n", "")).passed()).isEqualTo(passes);
    assertThat(probe.judge(Outcome.Exited.of(1, "", "No such object: c")).passed()).isFalse();
  }

  @Test
  void aCertificateThatIsNotTrustedYetMayDo() {
    Outcome untrusted = Outcome.Exited.of(60, "", "self-signed certificate");
    String at = "\"port\": 443, \"name\": \"x\"";
    assertThat(probe(Gate.Kind.TLS, "{" + at + "}").judge(untrusted).passed()).isFalse();
    Probe.Answer answer = probe(Gate.Kind.TLS, "{" + at + ", \"trusted\": false}").judge(untrusted);
    assertThat(answer.passed()).isTrue();
    assertThat(answer.said()).contains("degraded");
  }

  @Test
  void aSecretNeverBecomesAnArgument() {
    Probe probe =
        new Probe(
            gate(Gate.Kind.HTTP, 1, Duration.ofSeconds(1)),
            Map.of("url", new Value.Secret("http://h/token")),
            UnaryOperator.identity());
    assertThatThrownBy(probe::script)
        .isInstanceOf(HearthException.class)
        .hasMessageNotContaining("token");
  }

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(2);

  private static Function<Script, Outcome> host(String... answers) {
    Deque<String> left = new ArrayDeque<>(List.of(answers));
    return script -> {
      String next = left.size() > 1 ? left.pop() : left.element();
      return Outcome.Exited.of(0, next + "\n", "");
    };
  }

  private static boolean opens(int passes, Duration deadline, String... answers)
      throws InterruptedException {
    return waited(passes, deadline, answers).answer().passed();
  }

  private static Waiting.End waited(int passes, Duration deadline, String... answers)
      throws InterruptedException {
    Gate gate = gate(Gate.Kind.CONTAINER, passes, deadline);
    Probe probe = new Probe(gate, Map.of("name", Value.text("c")), UnaryOperator.identity());
    return Waiting.forGate(gate, probe, host(answers));
  }

  @Test
  void aDeadlineThatComesBetweenTwoPassesIsToldAsSuch() throws InterruptedException {
    assertThat(waited(1000, Duration.ofNanos(1), "running none 0 T").answer().said())
        .startsWith("it passed only 1 of 1000 times in a row: ");
  }

  @Test
  void aGateMustPassSeveralTimesInARow() throws InterruptedException {
    String up = "running none 0 T";
    String down = "exited none 0 T";
    assertThat(opens(2, LONG, down, down, up, up)).isTrue();
    assertThat(waited(2, LONG, down, down, up, up).looks()).isEqualTo(4);
    assertThat(opens(3, SHORT, up, up, down, up, up, down)).isFalse();
    assertThat(opens(2, SHORT, down)).isFalse();
  }

  @Test
  void aContainerThatRestartsAllTheTimeDoesNotPass() throws InterruptedException {
    String[] loop = new String[1000];
    for (int i = 0; i < loop.length; i++) {
      loop[i] = "running none " + i + " T" + i;
    }
    assertThat(opens(2, SHORT, loop)).isFalse();
    assertThat(opens(2, LONG, "running none 1 T1", "running none 2 T2", "running none 2 T2"))
        .isTrue();
  }
}
