package dev.hearth.module.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.CannedController;
import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An archive of Launchpad's, with a stand-in of Launchpad that the scripts really ask. */
class PpaOnLocalShellTest extends ModuleOnLocalShell {

  private static final byte[] KEY = key("the archive's own key");
  private static final byte[] OTHER = key("another key");

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private Launchpad launchpad;
  private byte[] served = KEY;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/1.0/~twin/+archive/tools",
        exchange ->
            answer(exchange, "{\"signing_key_fingerprint\": \"" + fingerprint(KEY) + "\"}"));
    server.createContext("/pks/lookup", exchange -> answer(exchange, armoured(served)));
    server.start();
    String base =
        "http://"
            + InetAddress.getLoopbackAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort();
    launchpad = new Launchpad(base + "/1.0", "https://ppa.invalid", base);
  }

  private void answer(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      synchronized (asked) {
        asked.add(exchange.getRequestURI().toString());
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** A public key of version 4 as its packet, which is all that a fingerprint is made of. */
  private static byte[] key(String material) {
    byte[] text = material.getBytes(StandardCharsets.US_ASCII);
    byte[] packet = new byte[text.length + 8];
    packet[0] = (byte) 0xc6;
    packet[1] = (byte) (text.length + 6);
    packet[2] = 4;
    packet[6] = 1;
    packet[7] = 22;
    System.arraycopy(text, 0, packet, 8, text.length);
    return packet;
  }

  private static String fingerprint(byte[] packet) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(new byte[] {(byte) 0x99, 0, packet[1]});
      digest.update(packet, 2, packet.length - 2);
      return HexFormat.of().formatHex(digest.digest()).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String armoured(byte[] packets) {
    return "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n"
        + Base64.getMimeEncoder().encodeToString(packets)
        + "\n-----END PGP PUBLIC KEY BLOCK-----\n";
  }

  private static byte[] together(byte[] one, byte[] two) {
    byte[] both = new byte[one.length + two.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  private Verdict planned(TestShell shell, String archive) {
    return host(shell)
        .plan(
            new AptRepository(launchpad),
            Map.of("repo", "ppa:twin/" + archive, "codename", "noble"),
            new CannedController(Map.of()));
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void theKeyThatLaunchpadNamesIsKeptWithoutItsArmour(TestShell shell) {
    Verdict verdict = planned(shell, "tools");

    assertThat(verdict).isInstanceOf(Verdict.Changes.class);
    List<Step> steps = ((Verdict.Changes) verdict).steps();
    assertThat(steps.getFirst().script().words().toString())
        .contains("/etc/apt/trusted.gpg.d/ubuntu-noble-main-twin-tools.gpg");
    assertThat(steps.getFirst().script().input())
        .isInstanceOfSatisfying(
            Payload.Binary.class, binary -> assertThat(binary.bytes()).isEqualTo(KEY));
    assertThat(steps.get(1).script().words().toString()).contains("ppa_twin_tools_noble.list");
    assertThat(asked)
        .containsExactly(
            "/1.0/~twin/+archive/tools",
            "/pks/lookup?op=get&options=mr&search=0x" + fingerprint(KEY));
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void anotherKeyIsRefused(TestShell shell) {
    served = OTHER;

    assertThat(refusal(planned(shell, "tools"))).contains(fingerprint(KEY), "nothing was changed");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void aSecondKeyBesideItIsRefused(TestShell shell) {
    served = together(KEY, OTHER);

    assertThat(refusal(planned(shell, "tools"))).contains("not the one key");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void aKeyOfAVersionThatNobodyKnowsBesideItIsRefused(TestShell shell) {
    byte[] unknown = OTHER.clone();
    unknown[2] = 5;
    served = together(KEY, unknown);

    assertThat(refusal(planned(shell, "tools"))).contains("not the one key");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void anArchiveThatLaunchpadDoesNotKnowIsTold(TestShell shell) {
    assertThatThrownBy(() -> planned(shell, "none"))
        .isInstanceOf(UnreadableFact.class)
        .hasMessageContainingAll("failed to fetch PPA information", "/1.0/~twin/+archive/none");
  }

  private static String refusal(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    return ((Verdict.Rejected) verdict).result().values().getOrDefault("msg", Value.text("")) + "";
  }
}
