package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Gets what is behind an address. Certificates are always checked. A login goes to the server that
 * it was written for and to no other that this one may name.
 */
final class Http implements AutoCloseable {

  private static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;
  private static final int MOST_ANSWER = 64 * 1024 * 1024;
  private static final int MOST_REDIRECTS = 10;

  private final HttpClient client;
  private final Duration patience;

  Http(Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * The JSON that a server answers.
   *
   * @param login the value of the {@code Authorization} header
   * @return nothing when the server does not know the address
   * @throws HearthException if it cannot be reached, refuses or answers something else
   */
  Optional<Value> json(URI uri, Optional<Value.Secret> login, Location at) {
    return answer(
        uri,
        login,
        at,
        (answer, from) -> {
          byte[] body = answer.readNBytes(MOST_ANSWER);
          String text = new String(body, StandardCharsets.UTF_8);
          try {
            return Json.read(new Source("answer of " + from, text));
          } catch (HearthException noJson) {
            throw Diagnostic.error(at, from + " answers no JSON")
                .exit(ExitCode.FAILED)
                .because("a Galaxy server's API does")
                .next("check the address of the server")
                .failure();
          }
        });
  }

  /** Writes what is behind an address into a new file. */
  void download(URI uri, Optional<Value.Secret> login, Location at, Path into) {
    Optional<Value.Secret> own = login.or(() -> loginOf(uri));
    boolean there =
        answer(
                withoutLogin(uri),
                own,
                at,
                (answer, from) -> {
                  try (var file = Files.newOutputStream(into)) {
                    long bytes = 0;
                    byte[] chunk = new byte[64 * 1024];
                    for (int count = answer.read(chunk); count >= 0; count = answer.read(chunk)) {
                      bytes += count;
                      if (bytes > MOST_BYTES) {
                        throw new IOException("it is larger than 2 GiB");
                      }
                      file.write(chunk, 0, count);
                    }
                  }
                  return Value.NULL;
                })
            .isPresent();
    if (!there) {
      throw Diagnostic.error(at, "there is nothing behind " + Origin.withoutLogin(uri.toString()))
          .exit(ExitCode.NOT_FOUND)
          .because("the server answers with status 404")
          .next("correct the address or the version")
          .failure();
    }
  }

  private interface Body {
    Value read(InputStream answer, String from) throws IOException;
  }

  private Optional<Value> answer(URI uri, Optional<Value.Secret> login, Location at, Body body) {
    String shown = Origin.withoutLogin(uri.toString());
    URI next = uri;
    try {
      for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(next).timeout(patience).header("User-Agent", "hearth");
        if (sameServer(uri, next)) {
          login.ifPresent(secret -> request.header("Authorization", secret.reveal()));
        }
        HttpResponse<InputStream> response =
            client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
          int status = response.statusCode();
          if (status == 404) {
            return Optional.empty();
          }
          if (status == 200) {
            return Optional.of(body.read(content, shown));
          }
          Optional<String> location = response.headers().firstValue("Location");
          if (status < 300 || status >= 400 || location.isEmpty()) {
            throw refused(at, shown, status);
          }
          next = next.resolve(location.get());
          if (uri.getScheme().equals("https") && !"https".equals(next.getScheme())) {
            throw new IOException("it leads to an address without https");
          }
        }
      }
      throw new IOException("it leads from one address to the next without an end");
    } catch (IOException | IllegalArgumentException failure) {
      throw Diagnostic.error(at, "cannot get " + shown)
          .exit(ExitCode.FAILED)
          .because(Optional.ofNullable(failure.getMessage()).orElse(failure.toString()))
          .next("check the address and the connection to the net, then run it again")
          .failure();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Diagnostic.error(at, "stopped while fetching " + shown)
          .exit(ExitCode.INTERRUPTED)
          .next("run it again; nothing was installed")
          .failure();
    }
  }

  private static HearthException refused(Location at, String shown, int status) {
    boolean login = status == 401 || status == 403;
    return Diagnostic.error(at, shown + " refuses with status " + status)
        .exit(login ? ExitCode.AUTHENTICATION : ExitCode.FAILED)
        .next(
            login
                ? "set the server's token: 'token' in [galaxy_server.NAME], or"
                    + " ANSIBLE_GALAXY_SERVER_NAME_TOKEN"
                : "try again later, or name another server with --server")
        .failure();
  }

  /** Whether two addresses are of one server. */
  static boolean sameServer(URI one, URI other) {
    return Objects.equals(one.getScheme(), other.getScheme())
        && Objects.equals(one.getAuthority(), other.getAuthority());
  }

  private static Optional<Value.Secret> loginOf(URI uri) {
    return Optional.ofNullable(uri.getRawUserInfo())
        .map(login -> URLDecoder.decode(login.replace("+", "%2B"), StandardCharsets.UTF_8))
        .map(login -> login.contains(":") ? login : login + ":")
        .map(login -> basic(new Value.Secret(login)));
  }

  /** The header's value for {@code user:password}. */
  static Value.Secret basic(Value.Secret login) {
    return new Value.Secret(
        "Basic "
            + Base64.getEncoder().encodeToString(login.reveal().getBytes(StandardCharsets.UTF_8)));
  }

  private static URI withoutLogin(URI uri) {
    return URI.create(Origin.withoutLogin(uri.toString()));
  }

  @Override
  public void close() {
    client.close();
  }
}
