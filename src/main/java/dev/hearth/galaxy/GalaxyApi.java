package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.value.Value;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One server's API: version 3 for collections, version 1 for roles, as ansible-galaxy uses them.
 */
final class GalaxyApi {

  private static final int MOST_PAGES = 200;

  private final GalaxyServer server;
  private final Http http;
  private final Map<String, URI> versions = new HashMap<>();
  private final Map<String, Optional<List<Version>>> published = new HashMap<>();
  private final Map<String, Published> details = new HashMap<>();

  GalaxyApi(GalaxyServer server, Http http) {
    this.server = server;
    this.http = http;
  }

  /**
   * A version of a collection on a server.
   *
   * @param version the version
   * @param download where its archive is
   * @param checksum the archive's SHA-256 sum
   * @param dependencies the collections it needs, with their ranges
   */
  record Published(
      Version version, URI download, String checksum, Map<String, String> dependencies) {}

  /**
   * A role on a server.
   *
   * @param download where the archive of a version is
   * @param version the version; a branch when there is none
   */
  record PublishedRole(URI download, String version) {}

  GalaxyServer server() {
    return server;
  }

  /** The login for an address: none when it is another server's. */
  Optional<Value.Secret> loginFor(URI uri) {
    return Http.sameServer(server.url(), uri) ? server.login() : Optional.empty();
  }

  /** The versions of a collection, the newest first; empty when the server does not have it. */
  Optional<List<Version>> versions(String collection, Location at) {
    return published.computeIfAbsent(collection, name -> listed(name, at));
  }

  private Optional<List<Version>> listed(String collection, Location at) {
    List<Version> found = new ArrayList<>();
    Optional<URI> next = Optional.of(address(collection, "versions/?limit=100", at));
    for (int page = 0; next.isPresent() && page < MOST_PAGES; page++) {
      URI uri = next.get();
      Optional<Value> answer = http.json(uri, server.login(), at);
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      items(answer.get(), "data")
          .forEach(item -> text(item, "version").flatMap(Version::parse).ifPresent(found::add));
      next = item(answer.get(), "links").flatMap(links -> text(links, "next")).map(uri::resolve);
    }
    found.sort((one, other) -> other.compareTo(one));
    return Optional.of(found);
  }

  /** What the server says of one version. */
  Published version(String collection, Version version, Location at) {
    return details.computeIfAbsent(
        collection + ":" + version, name -> detail(collection, version, at));
  }

  private Published detail(String collection, Version version, Location at) {
    URI uri = address(collection, "versions/" + version + "/", at);
    Value answer =
        http.json(uri, server.login(), at).orElseThrow(() -> strange(uri, "has no answer", at));
    Optional<String> download = text(answer, "download_url");
    Optional<String> sum =
        item(answer, "artifact")
            .flatMap(artifact -> text(artifact, "sha256"))
            .flatMap(Checksum::parse);
    if (download.isEmpty() || sum.isEmpty()) {
      throw strange(uri, "names no archive with its sum", at);
    }
    Map<String, String> dependencies = new LinkedHashMap<>();
    item(answer, "metadata")
        .flatMap(metadata -> item(metadata, "dependencies"))
        .filter(Value.Dict.class::isInstance)
        .ifPresent(
            needed ->
                ((Value.Dict) needed)
                    .entries()
                    .forEach((name, range) -> dependencies.put(words(name), words(range))));
    return new Published(version, uri.resolve(download.get()), sum.get(), dependencies);
  }

  /** A role by its owner and name; empty when the server does not have it. */
  Optional<PublishedRole> role(String owner, String name, Optional<String> wanted, Location at) {
    URI api = api("v1", at);
    URI uri = api.resolve("roles/?owner__username=" + encoded(owner) + "&name=" + encoded(name));
    Optional<Value> found =
        http.json(uri, server.login(), at)
            .flatMap(answer -> items(answer, "results").stream().findFirst());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Value role = found.get();
    List<String> versions = roleVersions(api, role, at);
    String version =
        wanted.orElseGet(
            () ->
                versions.stream()
                    .max(LooseVersions::compare)
                    .orElseGet(() -> text(role, "github_branch").orElse("master")));
    if (wanted.isPresent()
        && !versions.isEmpty()
        && !versions.contains(version)
        && !text(role, "github_branch").equals(wanted)) {
      throw Diagnostic.error(
              at, "there is no version " + version + " of the role " + owner + "." + name)
          .exit(ExitCode.NOT_FOUND)
          .because(server.name() + " has " + String.join(", ", versions))
          .next("use one of these")
          .failure();
    }
    String user = text(role, "github_user").orElseThrow(() -> strange(uri, "names no owner", at));
    String repository =
        text(role, "github_repo").orElseThrow(() -> strange(uri, "names no repository", at));
    URI download =
        URI.create(
            "https://github.com/"
                + encoded(user)
                + "/"
                + encoded(repository)
                + "/archive/"
                + encoded(version)
                + ".tar.gz");
    return Optional.of(
        new PublishedRole(archive(role, version).map(uri::resolve).orElse(download), version));
  }

  private List<String> roleVersions(URI api, Value role, Location at) {
    List<String> names = new ArrayList<>();
    Optional<URI> next =
        item(role, "id")
            .map(id -> api.resolve("roles/" + encoded(words(id)) + "/versions/?page_size=50"));
    for (int page = 0; next.isPresent() && page < MOST_PAGES; page++) {
      URI uri = next.get();
      Optional<Value> answer = http.json(uri, server.login(), at);
      answer
          .map(found -> items(found, "results"))
          .orElse(List.of())
          .forEach(item -> text(item, "name").ifPresent(names::add));
      next =
          answer
              .flatMap(found -> text(found, "next_link").or(() -> text(found, "next")))
              .map(uri::resolve);
    }
    return names;
  }

  /** Where the server itself says that the archive is. */
  private static Optional<String> archive(Value role, String version) {
    return item(role, "summary_fields")
        .map(fields -> items(fields, "versions"))
        .orElse(List.of())
        .stream()
        .filter(item -> text(item, "name").filter(version::equals).isPresent())
        .flatMap(item -> text(item, "download_url").stream())
        .findFirst();
  }

  private URI address(String collection, String rest, Location at) {
    return api("v3", at).resolve("collections/" + collection.replace('.', '/') + "/" + rest);
  }

  /** Where a version of the API begins: the server says it itself. */
  private URI api(String version, Location at) {
    if (versions.isEmpty()) {
      discover(at);
    }
    URI found = versions.get(version);
    if (found == null) {
      throw strange(server.url(), "has no API of version " + version.substring(1), at);
    }
    return found;
  }

  private void discover(Location at) {
    URI base = directory(server.url());
    List<URI> candidates =
        base.getPath().endsWith("/api/") ? List.of(base) : List.of(base.resolve("api/"), base);
    for (URI candidate : candidates) {
      Optional<Value> known =
          http.json(candidate, server.login(), at)
              .flatMap(answer -> item(answer, "available_versions"));
      if (known.isPresent() && known.get() instanceof Value.Dict dict) {
        dict.entries()
            .forEach(
                (name, path) ->
                    versions.put(words(name), directory(candidate.resolve(words(path)))));
        return;
      }
    }
    throw strange(server.url(), "does not say which API it has", at);
  }

  private static URI directory(URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? uri : URI.create(text + "/");
  }

  private HearthException strange(URI uri, String what, Location at) {
    return Diagnostic.error(at, "the Galaxy server " + server.name() + " " + what)
        .exit(ExitCode.FAILED)
        .because("asked: " + Origin.withoutLogin(uri.toString()))
        .next("check the server's address in the settings or after --server")
        .failure();
  }

  private static Optional<Value> item(Value value, String key) {
    return value instanceof Value.Dict dict
        ? Optional.ofNullable(dict.entries().get(Value.text(key)))
        : Optional.empty();
  }

  private static List<Value> items(Value value, String key) {
    return item(value, key)
        .filter(Value.Seq.class::isInstance)
        .map(list -> ((Value.Seq) list).items())
        .orElse(List.of());
  }

  private static Optional<String> text(Value value, String key) {
    return item(value, key)
        .filter(Value.Textual.class::isInstance)
        .map(text -> ((Value.Textual) text).reveal());
  }

  private static String words(Value value) {
    return switch (value) {
      case Value.Textual text -> text.reveal();
      case Value.Int number -> number.value().toString();
      default -> "";
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
