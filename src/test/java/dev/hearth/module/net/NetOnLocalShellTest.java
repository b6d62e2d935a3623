package dev.hearth.module.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hearth.connection.ClosedPort;
import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.module.files.RedirectCheck;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetOnLocalShellTest extends ModuleOnLocalShell {

  private static final String SHA256 =
      "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

  private HttpServer server;
  private HttpServer elsewhere;
  private String base;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/tool", exchange -> say(exchange, 200, "text/plain", "hello\n"));
    server.createContext("/empty", exchange -> say(exchange, 200, "text/plain", ""));
    server.createContext(
        "/page", exchange -> say(exchange, 200, "text/html", "\n <!DOCTYPE html><html>moved"));
    server.createContext(
        "/sums",
        exchange -> say(exchange, 200, "text/plain", "00aa  other\n" + SHA256 + " *tool\n"));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/tool");
          say(exchange, 302, "text/plain", "");
        });
    elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
    elsewhere.createContext("/tool", exchange -> say(exchange, 200, "text/plain", "hello\n"));
    elsewhere.start();
    server.createContext(
        "/elsewhere",
        exchange -> {
          exchange
              .getResponseHeaders()
              .add("Location", "http://127.0.0.2:" + elsewhere.getAddress().getPort() + "/tool");
          say(exchange, 302, "text/plain", "");
        });
    server.createContext(
        "/raw",
        exchange ->
            say(
                exchange,
                200,
                "text/plain",
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    server.createContext("/cut", exchange -> cut(exchange, 6000));
    server.createContext("/cut-chunked", exchange -> cut(exchange, 0));
    server.createContext(
        "/echo",
        exchange -> {
          String got = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
          String user = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          say(
              exchange,
              201,
              "application/json; charset=utf-8",
              "{\"method\": \""
                  + exchange.getRequestMethod()
                  + "\", \"type\": \""
                  + type
                  + "\", \"authorization\": \""
                  + user
                  + "\", \"body\": "
                  + (got.isEmpty() ? "null" : got)
                  + "}");
        });
    server.start();
    base = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    elsewhere.stop(0);
  }

  /** Says less than it promised and hangs up; length 0 means in pieces without an end. */
  private static void cut(HttpExchange exchange, long length) throws IOException {
    exchange.sendResponseHeaders(200, length);
    exchange.getResponseBody().write("hello\n".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    throw new IOException("the line is cut here");
  }

  private static void say(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, Object> args(Object... keysAndValues) {
    Map<String, Object> args = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      args.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return args;
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void downloads(TestShell shell) {
    Result result =
        changes(shell, "get_url", args("url", base + "/tool", "dest", "~/bin", "mode", "0755"));
    assertThat(read("bin")).isEqualTo("hello\n");
    assertThat(mode("bin")).isEqualTo("rwxr-xr-x");
    assertThat(result.values())
        .containsEntry("checksum_src", Value.text("f572d396fae9206628714fb2ce00f72e94f2258f"))
        .containsEntry("checksum_dest", Value.NULL)
        .containsEntry("status_code", Value.number(200))
        .containsKey("elapsed");
    write("bin", "changed\n");
    satisfied(shell, "get_url", args("url", base + "/tool", "dest", "~/bin"));
    Map<String, Object> checked =
        args("url", base + "/tool", "dest", "~/bin", "checksum", "sha256:" + SHA256);
    changes(shell, "get_url", checked);
    assertThat(read("bin")).isEqualTo("hello\n");
    changes(
        shell,
        "get_url",
        args("url", base + "/tool", "dest", home() + "/", "checksum", "sha256:" + base + "/sums"));
    assertThat(read("tool")).isEqualTo("hello\n");
    assertThat(
            applies(
                    shell,
                    "get_url",
                    args("url", base + "/tool", "dest", "~/bin", "force", true),
                    Map.of())
                .changed())
        .isFalse();
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void nothingWrongIsEverInstalled(TestShell shell) {
    write("bin", "old\n");
    for (String path : List.of("/page", "/empty", "/none")) {
      fails(
          shell,
          "get_url",
          args("url", base + path, "dest", "~/bin", "force", true),
          path.equals("/page") ? "web page" : path.equals("/empty") ? "empty" : "404");
    }
    fails(
        shell,
        "get_url",
        args("url", base + "/tool", "dest", "~/bin", "checksum", "sha256:" + "0".repeat(64)),
        "did not match");
    fails(
        shell,
        "get_url",
        args("url", base + "/other", "dest", "~/x", "checksum", "sha256:" + base + "/tool"),
        "Unable to find a checksum");
    fails(shell, "get_url", args("url", base + "/tool", "dest", "~/no/x"), "does not exist");
    assertThat(read("bin")).isEqualTo("old\n");
  }

  private static List<TestShell> shellsWithCurlAndOneWithWget() {
    List<TestShell> shells = new ArrayList<>(shellsWithPrograms());
    shells.add(TestShell.withoutCurl());
    return shells;
  }

  @ParameterizedTest
  @MethodSource("shellsWithCurlAndOneWithWget")
  void aDownloadThatIsCutShortIsNeverInstalled(TestShell shell) {
    write("bin", "old\n");
    for (String path : List.of("/cut", "/cut-chunked")) {
      fails(
          shell,
          "get_url",
          args("url", base + path, "dest", "~/bin", "force", true),
          "cannot get " + base + path);
      fails(
          shell,
          "get_url",
          args("url", base + path, "dest", "~/new", "checksum", "sha256:" + SHA256),
          "cannot get " + base + path);
      Result unpacked =
          applies(
              shell,
              "unarchive",
              args("src", base + path, "dest", "~", "remote_src", true),
              Map.of());
      assertThat(unpacked.failed()).as("%s", unpacked).isTrue();
    }
    assertThat(read("bin")).isEqualTo("old\n");
    assertThat(java.nio.file.Files.exists(home().resolve("new"))).isFalse();
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shellsWithCurlAndOneWithWget")
  void aRedirectToAnotherHostIsInstalledOnlyWithItsChecksum(TestShell shell) {
    write("bin", "old\n");
    Map<String, Object> strays = args("url", base + "/elsewhere", "dest", "~/bin", "force", true);
    fails(shell, "get_url", strays, "redirects to another host without https, http://127.0.0.2:");
    assertThat(read("bin")).isEqualTo("old\n");
    Result unpacked =
        applies(
            shell,
            "unarchive",
            args("src", base + "/elsewhere", "dest", "~", "remote_src", true),
            Map.of());
    assertThat(String.valueOf(unpacked.values().get("msg"))).contains("redirects to another host");
    nothingLeft();
    changes(
        shell,
        "get_url",
        args("url", base + "/elsewhere", "dest", "~/bin", "checksum", "sha256:" + SHA256));
    assertThat(read("bin")).isEqualTo("hello\n");
    changes(shell, "get_url", args("url", base + "/moved", "dest", "~/same-host"));
    assertThat(read("same-host")).isEqualTo("hello\n");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test/x, http://b.test/x, '', http://b.test/x",
    "http://a.test/x, https://a.test/x, '', ''",
    "http://a.test/x, https://b.test/x, '', https://b.test/x",
    "https://a.test/x, https://b.test/x, '', ''",
    "https://a.test/x, https://b.test/x, insecure, https://b.test/x",
    "https://a.test/x, http://a.test/x, '', http://a.test/x",
    "https://a.test/x, //b.test/x, '', ''",
    "http://a.test/x, //b.test/x, '', http://b.test/x",
    "http://user:pw@a.test:80/x, http://A.test:8080/y, '', ''",
    "http://a.test/x, http://a.test@b.test/y, '', http://a.test@b.test/y",
    "http://a.test/x, y/z, '', ''",
  })
  void redirectsThatStray(String from, String to, String insecure, String found) {
    String headers = "HTTP/1.1 302 Found\r\nLOCATION: " + to + "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
    for (TestShell shell : shells()) {
      Outcome.Exited end =
          host(shell)
              .run(
                  Script.of(
                      RedirectCheck.FUNCTION
                          + """
                          printf '%s' "$2" >headers
                          strayed "$1" headers "$3"
                          """,
                      from,
                      headers,
                      insecure));
      assertThat(end.out().strip()).as(shell.name()).isEqualTo(found);
    }
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void requests(TestShell shell) {
    Result got =
        applies(shell, "uri", args("url", base + "/moved", "return_content", true), Map.of());
    assertThat(got.failed()).as("%s", got).isFalse();
    assertThat(got.changed()).isFalse();
    assertThat(got.values())
        .containsEntry("status", Value.number(200))
        .containsEntry("content", Value.text("hello\n"))
        .containsEntry("redirected", Value.bool(true))
        .containsEntry("content_type", Value.text("text/plain"));
    assertThat(applies(shell, "uri", args("url", base + "/none"), Map.of()).values())
        .containsEntry("status", Value.number(404));
    assertThat(applies(shell, "uri", args("url", "http://127.0.0.1:1/"), Map.of()).values())
        .containsEntry("status", Value.number(-1));
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void bodiesAndPasswords(TestShell shell) {
    Map<String, Object> args =
        args(
            "url",
            base + "/echo",
            "method",
            "POST",
            "body_format",
            "json",
            "body",
            Map.of("name", "it's \"ä\"\n\\"),
            "status_code",
            List.of(200, 201),
            "url_username",
            "user",
            "url_password",
            Map.of("secret", "p\"w"),
            "force_basic_auth",
            true);
    Verdict planned =
        host(shell).plan(module("uri"), args, new dev.hearth.module.CannedController(Map.of()));
    assertThat(planned.toString()).doesNotContain("p\"w").doesNotContain("cFw");
    Result result = applies(shell, "uri", args, Map.of());
    assertThat(result.failed()).as("%s", result).isFalse();
    Value.Dict json = (Value.Dict) result.values().get("json");
    assertThat(Objects.requireNonNull(json).get("method")).isEqualTo(Value.text("POST"));
    assertThat(json.get("type")).isEqualTo(Value.text("application/json"));
    assertThat(json.get("authorization")).isEqualTo(Value.text("Basic dXNlcjpwInc="));
    assertThat(json.get("body"))
        .isEqualTo(Value.Dict.ofTexts(Map.of("name", Value.text("it's \"ä\"\n\\"))));
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void filesAndFormsAreSent(TestShell shell) {
    String content = "\"a\": \"it's \\u00e4\"";
    Result sent =
        applies(
            shell,
            "uri",
            args("url", base + "/echo", "method", "PUT", "src", "dump", "status_code", 201),
            Map.of("dump", "{" + content + "}"));
    assertThat(sent.failed()).as("%s", sent).isFalse();
    assertThat(((Value.Dict) Objects.requireNonNull(sent.values().get("json"))).get("body"))
        .isEqualTo(Value.Dict.ofTexts(Map.of("a", Value.text("it's ä"))));
    Result form =
        applies(
            shell,
            "uri",
            args(
                "url",
                base + "/raw",
                "method",
                "POST",
                "body_format",
                "form-multipart",
                "return_content",
                true,
                "body",
                args(
                    "plain",
                    "@a;b",
                    "file",
                    args("content", "x;\"y\\\n", "filename", "q.txt", "mime_type", "text/css"))),
            Map.of());
    assertThat(((Value.Text) Objects.requireNonNull(form.values().get("content"))).value())
        .contains("name=\"plain\"\r\n\r\n@a;b\r\n")
        .contains("name=\"file\"; filename=\"q.txt\"\r\nContent-Type: text/css\r\n")
        .contains("\r\n\r\nx;\"y\\\n\r\n--");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void contentIsKept(TestShell shell) {
    Map<String, Object> args = args("url", base + "/tool", "dest", "~/kept", "mode", "0600");
    assertThat(applies(shell, "uri", args, Map.of()).changed()).isTrue();
    assertThat(mode("kept")).isEqualTo("rw-------");
    assertThat(applies(shell, "uri", args, Map.of()).changed()).isFalse();
    satisfied(shell, "uri", args("url", base + "/none", "creates", home() + "/kept"));
    Result inside = applies(shell, "uri", args("url", base + "/tool", "dest", "~/"), Map.of());
    assertThat(inside.values()).containsEntry("path", Value.text(home() + "/tool"));
    applies(shell, "uri", args("url", base + "/none", "dest", "~/wrong"), Map.of());
    assertThat(Files.exists(home().resolve("wrong"))).isFalse();
    nothingLeft();
  }

  /** A new content takes over what the old file has besides its content. */
  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void contentThatIsKeptAnewKeepsOwnerAndMarks(TestShell shell) throws IOException {
    Path kept = home().resolve("kept");
    Files.writeString(kept, "old\n");
    if (Files.getAttribute(kept, "unix:uid").equals(0)) {
      Files.setAttribute(kept, "unix:uid", 1);
      Files.setAttribute(kept, "unix:gid", 2);
    }
    Object owner = Files.getAttribute(kept, "unix:uid");
    Object group = Files.getAttribute(kept, "unix:gid");
    UserDefinedFileAttributeView marks =
        Files.getFileAttributeView(kept, UserDefinedFileAttributeView.class);
    boolean marked =
        Files.getFileStore(kept).supportsFileAttributeView(UserDefinedFileAttributeView.class);
    if (marked) {
      marks.write("note", StandardCharsets.UTF_8.encode("mine"));
    }
    assertThat(
            applies(shell, "uri", args("url", base + "/tool", "dest", "~/kept"), Map.of())
                .changed())
        .isTrue();
    assertThat(kept).hasContent("hello\n");
    assertThat(Files.getAttribute(kept, "unix:uid")).isEqualTo(owner);
    assertThat(Files.getAttribute(kept, "unix:gid")).isEqualTo(group);
    if (marked) {
      assertThat(marks.list()).contains("note");
    }
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void waiting(TestShell shell) throws IOException {
    int port = server.getAddress().getPort();
    assertThat(applies(shell, "wait_for", args("port", port, "timeout", 5), Map.of()).failed())
        .isFalse();
    write("log", "starting\nready in 5 s\n");
    assertThat(
            applies(
                    shell,
                    "wait_for",
                    args("path", "~/log", "search_regex", "ready in \\d+ s"),
                    Map.of())
                .failed())
        .isFalse();
    Result groups =
        applies(
            shell,
            "wait_for",
            args("path", "~/log", "search_regex", "(?P<what>rea\\w+) (?:in) (\\d+)( never)?"),
            Map.of());
    assertThat(groups.values().get("match_groups"))
        .isEqualTo(Value.Seq.of(Value.text("ready"), Value.text("5"), Value.NULL));
    assertThat(groups.values().get("match_groupdict"))
        .isEqualTo(Value.Dict.ofTexts(Map.of("what", Value.text("ready"))));
    fails(shell, "wait_for", args("path", "~/none", "timeout", 0), "Timeout when waiting for file");
    assertThat(
            applies(shell, "wait_for", args("path", "~/none", "state", "absent"), Map.of())
                .failed())
        .isFalse();
    try (ClosedPort closed = new ClosedPort()) {
      fails(
          shell,
          "wait_for",
          args("port", closed.number(), "timeout", 0, "msg", "it is not up"),
          "it is not up");
      assertThat(
              applies(
                      shell,
                      "wait_for",
                      args("port", closed.number(), "state", "stopped"),
                      Map.of())
                  .failed())
          .isFalse();
    }
  }
}
