package dev.hearth.postgres;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is: {@code postgresql://USER@HOST:PORT/DATABASE}, as libpq writes it, without a
 * password.
 *
 * @param host a name or an address
 * @param port the port
 * @param database the database
 * @param user who logs in
 * @param parameters how the connection is encrypted
 */
public record Address(
    String host, int port, String database, String user, Map<String, String> parameters) {

  private static final int PORT = 5432;
  private static final Set<String> KNOWN = Set.of("sslmode", "sslrootcert", "sslcert", "sslkey");
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String FORM = "write postgresql://USER@HOST:PORT/DATABASE";

  /** Keeps its own copy. */
  public Address {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads an address.
   *
   * @param origin what it was given by, for messages
   * @throws HearthException when it is none, has a password in it, or anything that is not known
   */
  public static Address parse(String text, String origin) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException wrong) {
      // The text itself stays unseen: there may be a password in it.
      throw wrong(origin, "it cannot be read as an address");
    }
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw wrong(origin, "it does not begin with postgresql://");
    }
    String user = uri.getRawUserInfo();
    if (user != null && user.contains(":")) {
      throw Diagnostic.error(ExitCode.INVALID, "the address of the store has a password in it")
          .because(origin + ": others would see it in lists of processes, histories and logs")
          .next(
              "leave it out, and give it as HEARTH_STORE_PASSWORD, in the file that"
                  + " HEARTH_STORE_PASSWORD_FILE names, or in ~/.pgpass")
          .failure();
    }
    String path = uri.getPath();
    if (user == null || user.isEmpty() || uri.getHost() == null) {
      throw wrong(origin, "user or host is missing");
    }
    if (path == null || path.length() < 2 || path.indexOf('/', 1) > 0) {
      throw wrong(origin, "the database is missing");
    }
    Map<String, String> parameters = parameters(uri.getRawQuery(), origin);
    parameters.putIfAbsent("sslmode", HERE.contains(uri.getHost()) ? "prefer" : "verify-full");
    return new Address(
        uri.getHost(),
        uri.getPort() < 0 ? PORT : uri.getPort(),
        path.substring(1),
        decoded(user),
        parameters);
  }

  private static Map<String, String> parameters(@Nullable String query, String origin) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String each : query.split("&")) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? "" : each.substring(0, equals);
      if (!KNOWN.contains(name)) {
        throw wrong(
            origin,
            "after '?' only sslmode, sslrootcert, sslcert and sslkey are known, with a value");
      }
      parameters.put(name, decoded(each.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static HearthException wrong(String origin, String why) {
    return Diagnostic.error(ExitCode.INVALID, "the address of the store cannot be understood")
        .because(origin + ": " + why)
        .next(FORM + ", or 'files' for the files of this machine")
        .failure();
  }

  /** The address as it may be shown. */
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }
}
