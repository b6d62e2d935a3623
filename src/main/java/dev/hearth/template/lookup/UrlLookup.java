package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Splitting;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The lookup {@code url}: what the controller gets from an address, line by line or whole.
 * Certificates are always checked; what the Java client has no way to do is refused.
 */
final class UrlLookup {

  private static final String KNOWN =
      "split_lines? headers? username? password? force? force_basic_auth? timeout? http_agent?"
          + " follow_redirects? validate_certs? use_proxy? use_netrc? unix_socket? use_gssapi?"
          + " ca_path? unredirected_headers? ciphers?";
  private static final List<String> REFUSED =
      List.of("unix_socket", "use_gssapi", "ca_path", "unredirected_headers", "ciphers");

  private UrlLookup() {}

  static Map<String, Lookup> all() {
    return Map.of("url", Lookup.of(KNOWN, UrlLookup::find));
  }

  private static List<Value> find(Call call) {
    for (String name : REFUSED) {
      if (Truth.of(call.get(name, Value.NULL))) {
        throw new PythonError("has no option '" + name + "' here: fetch it with the uri module");
      }
    }
    if (!call.flag("validate_certs", true)) {
      throw new PythonError("always checks certificates: fetch it with the uri module");
    }
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      String content = content(call, Printed.str(term));
      if (call.flag("split_lines", true)) {
        Splitting.lines(content, false).forEach(line -> found.add(Value.text(line)));
      } else {
        found.add(Value.text(content));
      }
    }
    return found;
  }

  private static String content(Call call, String address) {
    try {
      URI uri = URI.create(address);
      if ("file".equals(uri.getScheme())) {
        return Files.readString(Path.of(uri));
      }
      return fetched(call, uri);
    } catch (IOException | IllegalArgumentException failed) {
      throw new PythonError("cannot get '" + shown(address) + "': " + reason(failed));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new PythonError("was interrupted");
    }
  }

  private static String reason(Exception failed) {
    String message = failed.getMessage();
    return message == null ? failed.getClass().getSimpleName() : message;
  }

  /** An address without the login that may be in it. */
  private static String shown(String address) {
    return address.replaceAll("//[^/@]*@", "//");
  }

  private static String fetched(Call call, URI uri) throws IOException, InterruptedException {
    Duration timeout = Duration.ofSeconds(Math.clamp(call.number("timeout", 10), 1, 86_400));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .header("User-Agent", call.text("http_agent", "ansible-httpget"));
    if (call.flag("force", false)) {
      request.header("Cache-Control", "no-cache");
    }
    Map<Value, Value> headers = Mappings.view(call.get("headers", Value.Dict.EMPTY));
    if (headers != null) {
      headers.forEach((name, value) -> request.header(Printed.str(name), Printed.str(value)));
    }
    String user = call.text("username", "");
    if (!user.isEmpty()) {
      byte[] login = (user + ":" + call.text("password", "")).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(timeout).followRedirects(redirects(call)).build()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() >= 300) {
        throw new IOException("the server answers with status " + answer.statusCode());
      }
      return answer.body();
    }
  }

  private static HttpClient.Redirect redirects(Call call) {
    return switch (call.text("follow_redirects", "urllib2")) {
      case "none", "no", "False" -> HttpClient.Redirect.NEVER;
      default -> HttpClient.Redirect.NORMAL;
    };
  }
}
