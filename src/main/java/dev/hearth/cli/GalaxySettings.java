package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.galaxy.GalaxyServer;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which Galaxy servers are asked, by {@code [galaxy]} and {@code [galaxy_server.NAME]}. */
final class GalaxySettings {

  private static final String USUAL = "https://galaxy.ansible.com";
  private static final String PREFIX = "ANSIBLE_GALAXY_SERVER_";

  /** What Hearth's requests cannot do, with what would be lost when it were passed over. */
  private static final List<String> REFUSED = List.of("auth_url", "client_id");

  private final Settings settings;
  private final Environment environment;

  GalaxySettings(Settings settings, Environment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /**
   * The servers in their order.
   *
   * @param named the server that the command line names: a name of the settings or an address
   */
  List<GalaxyServer> servers(Optional<String> named) {
    List<String> names =
        settings.get("galaxy", "server_list", "ANSIBLE_GALAXY_SERVER_LIST").stream()
            .flatMap(list -> List.of(list.split(",")).stream())
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (named.isPresent()) {
      return List.of(
          names.contains(named.get()) ? section(named.get()) : alone(named.get(), named.get()));
    }
    if (!names.isEmpty()) {
      List<GalaxyServer> servers = new ArrayList<>();
      names.forEach(name -> servers.add(section(name)));
      return servers;
    }
    String url = settings.get("galaxy", "server", "ANSIBLE_GALAXY_SERVER").orElse(USUAL);
    return List.of(alone("galaxy", url));
  }

  /** How long one request may take. */
  Duration patience() {
    return Duration.ofSeconds(
        Math.max(
            1,
            settings
                .number("galaxy", "server_timeout", "ANSIBLE_GALAXY_SERVER_TIMEOUT")
                .orElse(60)));
  }

  private GalaxyServer alone(String name, String url) {
    return new GalaxyServer(name, uri(name, url), tokenFile().map(GalaxyServer::token));
  }

  private GalaxyServer section(String name) {
    for (String key : REFUSED) {
      if (value(name, key).isPresent()) {
        throw Diagnostic.error(
                ExitCode.INVALID, "the Galaxy server '" + name + "' has '" + key + "'")
            .because("Hearth logs in with a token or with a name and a password only")
            .next("set 'token' for it, or name another server with --server")
            .failure();
      }
    }
    if (value(name, "validate_certs").filter(text -> !Settings.isYes(text)).isPresent()) {
      throw Diagnostic.error(
              ExitCode.INVALID, "the Galaxy server '" + name + "' has 'validate_certs' off")
          .because("what it gives could be anybody's; Hearth always checks certificates")
          .next("add its certificate to those that this machine trusts, and remove the setting")
          .failure();
    }
    String url =
        value(name, "url")
            .orElseThrow(
                () ->
                    Diagnostic.error(
                            ExitCode.INVALID, "the Galaxy server '" + name + "' has no address")
                        .because("server_list names it")
                        .next("set 'url' in [galaxy_server." + name + "]")
                        .failure());
    Optional<Value.Secret> login =
        value(name, "token")
            .map(Value.Secret::new)
            .map(GalaxyServer::token)
            .or(
                () ->
                    value(name, "username")
                        .map(
                            user ->
                                GalaxyServer.password(
                                    user, new Value.Secret(value(name, "password").orElse("")))));
    return new GalaxyServer(name, uri(name, url), login);
  }

  private Optional<String> value(String name, String key) {
    return settings.get(
        "galaxy_server." + name,
        key,
        PREFIX + name.toUpperCase(Locale.ROOT) + "_" + key.toUpperCase(Locale.ROOT));
  }

  private static URI uri(String name, String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException wrong) {
      throw noAddress(name, url);
    }
    throw noAddress(name, url);
  }

  private static HearthException noAddress(String name, String url) {
    return Diagnostic.error(ExitCode.INVALID, "'" + url + "' is no address of a Galaxy server")
        .because("it is for the server '" + name + "'")
        .next("write it like " + USUAL + ", or add the server's name to server_list")
        .failure();
  }

  /** The token that {@code ansible-galaxy login} once kept. */
  private Optional<Value.Secret> tokenFile() {
    Path file =
        settings.paths("galaxy", "token_path", "ANSIBLE_GALAXY_TOKEN_PATH", "\0").stream()
            .findFirst()
            .orElse(environment.home().resolve(".ansible/galaxy_token"));
    try {
      if (!Files.isRegularFile(file) || Files.size(file) == 0) {
        return Optional.empty();
      }
      return YamlReader.read(new Source(file.toString(), Files.readString(file), true))
          .filter(Node.Mapping.class::isInstance)
          .flatMap(node -> ((Node.Mapping) node).get("token"))
          .filter(Node.Scalar.class::isInstance)
          .map(node -> ((Node.Scalar) node).text())
          .filter(token -> !token.isBlank())
          .map(Value.Secret::new);
    } catch (IOException unreadable) {
      throw Diagnostic.error(ExitCode.INVALID, "cannot read " + file)
          .because(String.valueOf(unreadable.getMessage()))
          .next("make it readable, or remove it")
          .failure();
    }
  }
}
