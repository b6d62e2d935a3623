package dev.hearth.module.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails to a server that knows nobody whose name begins with {@code no}. */
class MailOnLocalShellTest extends ModuleOnLocalShell {

  private final List<String> heard = new ArrayList<>();
  private ServerSocket server;
  private Thread serving;

  @BeforeEach
  void serve() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    serving = Thread.startVirtualThread(this::sessions);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    server.close();
    serving.join();
  }

  private void sessions() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        session(client);
      } catch (IOException over) {
        // The client has left, or the test is over.
      }
    }
  }

  private void session(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = client.getOutputStream();
    say(out, "220 ready");
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      synchronized (heard) {
        heard.add(line);
      }
      if (data) {
        data = !line.equals(".");
        if (!data) {
          say(out, "250 taken");
        }
        continue;
      }
      String word = line.split("[ :]", 2)[0];
      switch (word) {
        case "EHLO" -> say(out, "250-here\r\n250 AUTH PLAIN");
        case "AUTH" -> {
          say(out, "334 ");
          in.readLine();
          say(out, "235 welcome");
        }
        case "RCPT" ->
            say(out, line.contains("<no") ? "550-5.1.1 no such\r\n550 5.1.1 user" : "250 good");
        case "DATA" -> {
          data = true;
          say(out, "354 go on");
        }
        case "QUIT" -> say(out, "221 bye");
        default -> say(out, "250 good");
      }
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private Map<String, Object> args(String... to) {
    Map<String, Object> args = new HashMap<>();
    args.put("host", server.getInetAddress().getHostAddress());
    args.put("port", server.getLocalPort());
    args.put("subject", "Backup");
    args.put("secure", "never");
    args.put("username", "lab");
    args.put("password", "secret");
    args.put("to", List.of(to));
    return args;
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void theOthersGetItWhenOneIsRefused(TestShell shell) {
    Result result = applies(shell, "mail", args("ann@lab.example", "nobody@lab.example"), Map.of());
    assertThat(result.failed()).as("%s", result).isFalse();
    assertThat(result.values())
        .containsEntry("msg", Value.text("Failed to send mail to at least one recipient"))
        .containsEntry(
            "result",
            Value.Dict.ofTexts(
                Map.of(
                    "nobody@lab.example",
                    Value.Seq.of(Value.number(550), Value.text("5.1.1 no such 5.1.1 user")))));
    assertThat(heard).contains("Subject: Backup", ".", "RCPT TO:<ann@lab.example>");
    assertThat(result.toString()).doesNotContain("c2VjcmV0");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void everybodyGetsIt(TestShell shell) {
    Result result = applies(shell, "mail", args("ann@lab.example", "bob@lab.example"), Map.of());
    assertThat(result.values())
        .containsEntry("msg", Value.text("Mail sent successfully"))
        .containsEntry("result", Value.Dict.EMPTY);
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void nobodyGetsItWhenAllAreRefused(TestShell shell) {
    fails(shell, "mail", args("nobody@lab.example", "none@lab.example"), "Failed to send mail");
    assertThat(heard).doesNotContain("Subject: Backup");
  }
}
