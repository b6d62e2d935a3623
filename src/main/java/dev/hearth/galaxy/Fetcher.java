package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Gets what an origin has and unpacks it. */
final class Fetcher {

  private final Git git;
  private final Http http;

  Fetcher(Git git, Http http) {
    this.git = git;
    this.http = http;
  }

  /**
   * Something that was unpacked.
   *
   * @param tree where
   * @param commit the commit of a repository
   * @param checksum the SHA-256 sum of an archive
   */
  record Fetched(Path tree, Optional<String> commit, Optional<String> checksum) {}

  /**
   * Fetches from anywhere but a Galaxy server.
   *
   * @param version the state of a repository
   * @param checksum what the sum of an archive has to be
   */
  Fetched fetch(
      Origin origin,
      Optional<String> version,
      Optional<String> checksum,
      Location at,
      Staging staging) {
    return switch (origin) {
      case Origin.Repository repository -> {
        if (checksum.isPresent()) {
          throw Diagnostic.error(at, "'checksum' is for archives, not for repositories")
              .next("pin a repository with the whole commit in 'version'")
              .failure();
        }
        yield repository(repository, version, at, staging);
      }
      case Origin.Address(String url) ->
          download(uri(url, at), Optional.empty(), checksum, at, staging);
      case Origin.ArchiveFile(Path file) -> archive(file, origin.shown(), checksum, at, staging);
      case Origin.Directory(Path directory) -> {
        Path tree = staging.fresh();
        staging.copy(directory, tree);
        yield new Fetched(tree, Optional.empty(), Optional.empty());
      }
      case Origin.Server server ->
          throw new IllegalArgumentException("a server has an API: " + server.shown());
    };
  }

  private Fetched repository(
      Origin.Repository repository, Optional<String> version, Location at, Staging staging) {
    Path tree = staging.fresh();
    String commit = git.fetch(repository.url(), version, at, staging.fresh(), tree);
    Path inside = tree.resolve(repository.directory()).normalize();
    if (!inside.startsWith(tree) || !Files.isDirectory(inside)) {
      throw Diagnostic.error(
              at, repository.shown() + " has no directory '" + repository.directory() + "'")
          .exit(ExitCode.NOT_FOUND)
          .next("correct what stands behind '#'")
          .failure();
    }
    return new Fetched(inside, Optional.of(commit), Optional.empty());
  }

  /** Downloads an archive and unpacks it. */
  Fetched download(
      URI uri,
      Optional<Value.Secret> login,
      Optional<String> checksum,
      Location at,
      Staging staging) {
    if ("file".equals(uri.getScheme())) {
      return archive(file(uri, at), uri.toString(), checksum, at, staging);
    }
    Path archive = staging.freshFile();
    http.download(uri, login, at, archive);
    return archive(archive, Origin.withoutLogin(uri.toString()), checksum, at, staging);
  }

  private static Path file(URI uri, Location at) {
    try {
      return Path.of(uri);
    } catch (IllegalArgumentException remote) {
      throw Diagnostic.error(at, "'" + uri + "' names no file of this machine")
          .because(String.valueOf(remote.getMessage()))
          .next("write file:///PATH")
          .failure();
    }
  }

  private static Fetched archive(
      Path archive, String shown, Optional<String> checksum, Location at, Staging staging) {
    try {
      if (!Files.isReadable(archive)) {
        throw Diagnostic.error(at, "there is no archive " + shown)
            .exit(ExitCode.NOT_FOUND)
            .next("correct the path, or make the file readable")
            .failure();
      }
      String sum = Checksum.of(archive);
      if (checksum.isPresent() && !checksum.get().equals(sum)) {
        throw Checksum.mismatch(at, shown, checksum.get(), sum).failure();
      }
      Path tree = staging.fresh();
      Archive.unpack(archive, shown, at, tree);
      return new Fetched(tree, Optional.empty(), Optional.of(sum));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static URI uri(String url, Location at) {
    try {
      URI uri = URI.create(url);
      String scheme = String.valueOf(uri.getScheme());
      if (scheme.equals("http") || scheme.equals("https") || scheme.equals("file")) {
        return uri;
      }
    } catch (IllegalArgumentException wrong) {
      throw address(url, at);
    }
    throw address(url, at);
  }

  private static HearthException address(String url, Location at) {
    return Diagnostic.error(at, "'" + Origin.withoutLogin(url) + "' is no address of an archive")
        .because("it begins with https://, http:// or file://")
        .next("correct it; a git repository begins with 'git+'")
        .failure();
  }
}
