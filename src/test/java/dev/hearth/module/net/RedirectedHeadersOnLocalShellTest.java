package dev.hearth.module.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server is told that another one redirected to. */
class RedirectedHeadersOnLocalShellTest extends ModuleOnLocalShell {

  private final List<String> told = new ArrayList<>();
  private HttpServer here;
  private HttpServer elsewhere;
  private String base;

  @BeforeEach
  void serve() throws IOException {
    here = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
    base = "http://127.0.0.1:" + here.getAddress().getPort();
    answer(here, "/a", base + "/b?c");
    answer(here, "/b", "http://127.0.0.2:" + elsewhere.getAddress().getPort() + "/c");
    answer(elsewhere, "/c", "");
    answer(here, "/plain", "");
    answer(here, "/file", "file://" + home() + "/secret");
    here.start();
    elsewhere.start();
  }

  @AfterEach
  void stop() {
    here.stop(0);
    elsewhere.stop(0);
  }

  /** Notes what it was told, and sends on. */
  private void answer(HttpServer server, String path, String onTo) {
    server.createContext(
        path,
        exchange -> {
          var headers = exchange.getRequestHeaders();
          synchronized (told) {
            told.add(
                String.join(
                    " ",
                    path,
                    headers.getFirst("X-Kept"),
                    headers.getFirst("X-Sent"),
                    headers.containsKey("Authorization") ? "user" : "nobody"));
          }
          if (!onTo.isEmpty()) {
            exchange.getResponseHeaders().add("Location", onTo);
          }
          byte[] text = "got\n".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(onTo.isEmpty() ? 200 : 302, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
  }

  private Map<String, Object> args(String path) {
    Map<String, Object> args = new HashMap<>();
    args.put("url", base + path);
    args.put("headers", Map.of("X-Kept", "k", "X-Sent", "s"));
    args.put("unredirected_headers", List.of("x-kept"));
    args.put("url_username", "u");
    args.put("url_password", "p");
    return args;
  }

  private static Map<String, Object> with(Map<String, Object> args, String name, Object value) {
    Map<String, Object> all = new HashMap<>(args);
    all.put(name, value);
    return all;
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void someHeadersDoNotGoWhereARedirectLeads(TestShell shell) {
    List<String> wanted = List.of("/a k s user", "/b null s user", "/c null s nobody");
    Result asked = applies(shell, "uri", args("/a"), Map.of());
    assertThat(asked.failed()).as("%s", asked).isFalse();
    assertThat(asked.values()).containsEntry("redirected", Value.bool(true));
    assertThat(told).isEqualTo(wanted);
    told.clear();
    Map<String, Object> download = with(args("/a"), "dest", "~/got");
    String sha1 = "0a7ee9e6d2e1c34ae4b8ca8bcdb0eb3e0e4f2b5d";
    fails(shell, "get_url", with(download, "checksum", "sha1:" + sha1), "did not match");
    assertThat(told).isEqualTo(wanted);
    fails(shell, "get_url", download, "redirects to another host without https");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void theUserIsNotToldEitherWhenItIsNamed(TestShell shell) {
    Map<String, Object> args = with(args("/a"), "unredirected_headers", List.of("Authorization"));
    Result asked = applies(shell, "uri", args, Map.of());
    assertThat(asked.failed()).as("%s", asked).isFalse();
    assertThat(told).isEqualTo(List.of("/a k s user", "/b k s nobody", "/c k s nobody"));
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void withoutARedirectNothingIsDifferent(TestShell shell) {
    changes(shell, "get_url", with(args("/plain"), "dest", "~/got"));
    assertThat(read("got")).isEqualTo("got\n");
    Result asked = applies(shell, "uri", args("/plain"), Map.of());
    assertThat(asked.values()).containsEntry("status", Value.number(200));
    assertThat(told).isEqualTo(List.of("/plain k s user", "/plain k s user"));
    fails(
        shell,
        "uri",
        with(with(args("/a"), "method", "POST"), "follow_redirects", "all"),
        "POST request that follows redirects");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void aRedirectToAFileOfTheHostIsNotFollowed(TestShell shell) {
    write("secret", "of the host\n");
    Map<String, Object> args = with(args("/file"), "dest", "~/got");
    fails(shell, "get_url", args, "which is not the web");
    fails(shell, "uri", args, "which is not the web");
  }

  /** Before anything is done, so that a check tells it too. */
  @Test
  void aDownloadThatNeedsCurlIsRefusedWithoutIt() {
    TestShell shell = TestShell.withoutCurl();
    changes(shell, "get_url", Map.of("url", base + "/plain", "dest", "~/got"));
    Map<String, Object> args = with(args("/plain"), "dest", "~/other");
    fails(shell, "get_url", args, "this download needs curl on the host");
    assertThat(told).isEqualTo(List.of("/plain null null nobody"));
  }
}
