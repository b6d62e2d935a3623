package dev.hearth.galaxy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was installed, written beside it: for a role in {@code meta/.galaxy_install_info}, where
 * ansible-galaxy looks for the first two lines too.
 *
 * @param version the version as it was asked for, or as the content says
 * @param source where it came from, without a login
 * @param commit the commit of a repository
 * @param checksum the SHA-256 sum of an archive
 */
record Receipt(String version, String source, Optional<String> commit, Optional<String> checksum) {

  /** Where a role has its receipt. */
  static Path ofRole(Path role) {
    return role.resolve("meta/.galaxy_install_info");
  }

  /** Where a collection's receipt is: beside it, because its own files have sums. */
  static Path ofCollection(Path root, CollectionInfo info) {
    return root.resolve(info.fullName() + "-" + info.version() + ".info").resolve("receipt.json");
  }

  /** Reads one; empty when there is none that can be read. */
  static Optional<Receipt> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Source source = new Source(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
      return YamlReader.read(source)
          .filter(Node.Mapping.class::isInstance)
          .map(Node.Mapping.class::cast)
          .map(
              mapping ->
                  new Receipt(
                      text(mapping, "version").orElse(""),
                      text(mapping, "source").orElse(""),
                      text(mapping, "commit"),
                      text(mapping, "sha256")));
    } catch (IOException | HearthException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Node.Mapping mapping, String key) {
    return mapping
        .get(key)
        .filter(Node.Scalar.class::isInstance)
        .map(node -> ((Node.Scalar) node).text());
  }

  /** Writes it; JSON is YAML too. */
  void write(Path file, Instant now) {
    Map<String, Value> entries = new LinkedHashMap<>();
    entries.put("install_date", Value.text(now.toString()));
    entries.put("version", Value.text(version));
    entries.put("source", Value.text(source));
    commit.ifPresent(id -> entries.put("commit", Value.text(id)));
    checksum.ifPresent(sum -> entries.put("sha256", Value.text(sum)));
    try {
      Path directory = file.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(
          file,
          Json.write(Value.Dict.ofTexts(entries), Json.Style.PLAIN.indent(2)) + "\n",
          StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether this is other content under the same version: a tag that moved. */
  boolean contradicts(Receipt earlier) {
    return version.equals(earlier.version)
        && source.equals(earlier.source)
        && (differ(commit, earlier.commit) || differ(checksum, earlier.checksum));
  }

  private static boolean differ(Optional<String> one, Optional<String> other) {
    return one.isPresent() && other.isPresent() && !one.equals(other);
  }
}
