package dev.hearth.galaxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Galaxy server with the parts of its API that installing uses, in pages of two. It answers 404
 * to what it does not have, and 401 without its token when it has one.
 */
final class FakeGalaxy implements AutoCloseable {

  private static final Pattern VERSIONS =
      Pattern.compile("/api/v3/collections/(\\w+)/(\\w+)/versions/");
  private static final Pattern VERSION =
      Pattern.compile("/api/v3/collections/(\\w+)/(\\w+)/versions/([^/]+)/");

  private final HttpServer server;
  private final Optional<String> token;
  private final Map<String, Map<String, Release>> collections = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<String> roles = new ArrayList<>();

  /** What was asked, path by path, with the login if there was one. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private record Release(String file, String sum, String dependencies) {}

  FakeGalaxy(Optional<String> token) throws IOException {
    this.token = token;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Publishes an archive as a version of a collection. */
  void publish(String name, String version, byte[] archive, String sum, String dependencies) {
    String file = "/download/" + name + "-" + version + ".tar.gz";
    files.put(file, archive);
    collections
        .computeIfAbsent(name, each -> new LinkedHashMap<>())
        .put(version, new Release(file, sum, dependencies));
  }

  /** Has a file under a path. */
  void file(String path, byte[] content) {
    files.put(path, content);
  }

  /** Publishes a role whose versions have archives here. */
  void role(String owner, String name, Map<String, String> versions) {
    List<String> fields = new ArrayList<>();
    versions.forEach(
        (version, path) ->
            fields.add("{\"name\":\"" + version + "\",\"download_url\":\"" + url() + path + "\"}"));
    roles.add(
        """
        {"id":7,"github_user":"%1$s","github_repo":"%2$s","github_branch":"main","owner":"%1$s",
        "name":"%2$s","summary_fields":{"versions":[%3$s]}}\
        """
            .formatted(owner, name, String.join(",", fields)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String login = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(path + (login == null ? "" : " " + login));
    boolean allowed = token.filter(wanted -> !("Token " + wanted).equals(login)).isEmpty();
    byte[] file = files.get(path);
    if (file != null) {
      send(exchange, 200, file);
    } else if (!allowed) {
      send(exchange, 401, bytes("{}"));
    } else if (path.equals("/moved")) {
      exchange.getResponseHeaders().add("Location", "/download/target");
      send(exchange, 302, new byte[0]);
    } else {
      Optional<String> json = json(path, String.valueOf(exchange.getRequestURI().getQuery()));
      send(exchange, json.isPresent() ? 200 : 404, bytes(json.orElse("{}")));
    }
  }

  private Optional<String> json(String path, String query) {
    if (path.equals("/api/")) {
      return Optional.of("{\"available_versions\":{\"v1\":\"v1/\",\"v3\":\"v3/\"}}");
    }
    if (path.equals("/api/v1/roles/")) {
      List<String> found =
          roles.stream()
              .filter(
                  role ->
                      List.of(query.split("&")).stream()
                          .allMatch(
                              part ->
                                  role.contains(
                                      "\"" + part.substring(part.indexOf('=') + 1) + "\"")))
              .toList();
      return Optional.of("{\"results\":[" + String.join(",", found) + "]}");
    }
    if (path.equals("/api/v1/roles/7/versions/")) {
      Matcher names = Pattern.compile("\"name\":\"([^\"]+)\",\"download").matcher(roles.getFirst());
      List<String> found = new ArrayList<>();
      while (names.find()) {
        found.add("{\"name\":\"" + names.group(1) + "\"}");
      }
      return Optional.of("{\"next_link\":null,\"results\":[" + String.join(",", found) + "]}");
    }
    Matcher one = VERSION.matcher(path);
    if (one.matches()) {
      return Optional.ofNullable(collections.get(one.group(1) + "." + one.group(2)))
          .flatMap(versions -> Optional.ofNullable(versions.get(one.group(3))))
          .map(release -> detail(release, one.group(3)));
    }
    Matcher all = VERSIONS.matcher(path);
    if (all.matches()) {
      return Optional.ofNullable(collections.get(all.group(1) + "." + all.group(2)))
          .map(versions -> page(path, query, new ArrayList<>(versions.keySet())));
    }
    return Optional.empty();
  }

  private String detail(Release release, String version) {
    return """
    {"version":"%s","download_url":"%s","artifact":{"sha256":"%s"},"metadata":{"dependencies":%s}}\
    """
        .formatted(version, url() + release.file(), release.sum(), release.dependencies());
  }

  private static String page(String path, String query, List<String> versions) {
    Matcher offset = Pattern.compile("offset=(\\d+)").matcher(query);
    int from = offset.find() ? Integer.parseInt(offset.group(1)) : 0;
    List<String> data =
        versions.subList(from, Math.min(versions.size(), from + 2)).stream()
            .map(version -> "{\"version\":\"" + version + "\"}")
            .toList();
    String next =
        from + 2 < versions.size() ? "\"" + path + "?limit=2&offset=" + (from + 2) + "\"" : "null";
    return "{\"data\":[" + String.join(",", data) + "],\"links\":{\"next\":" + next + "}}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
