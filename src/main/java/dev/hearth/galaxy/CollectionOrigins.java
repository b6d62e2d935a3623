package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Understands where a collection comes from by the rules of ansible-galaxy 2.19. */
final class CollectionOrigins {

  /** What may be the full name of a collection. */
  static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*");

  private static final List<String> TYPES =
      List.of("file", "galaxy", "git", "url", "dir", "subdirs");

  private final Path workingDirectory;
  private final Consumer<Diagnostic> findings;

  CollectionOrigins(Path workingDirectory, Consumer<Diagnostic> findings) {
    this.workingDirectory = workingDirectory;
    this.findings = findings;
  }

  /** The collection that one text asks for: {@code name[:version]}, an address or a path. */
  Optional<CollectionRequirement> collection(String text, Location at) {
    String name = text.strip();
    Optional<String> version = Optional.empty();
    int colon = name.indexOf(':');
    if (colon > 0 && NAME.matcher(name.substring(0, colon)).matches()) {
      version = Optional.of(name.substring(colon + 1));
      name = name.substring(0, colon);
    }
    Entry.Text written = new Entry.Text(name, at);
    return collection(
        Optional.of(written), Optional.empty(), Optional.empty(), version, Optional.empty(), at);
  }

  /** The collection that an entry asks for; reports what is wrong with it. */
  Optional<CollectionRequirement> collection(
      Optional<Entry.Text> name,
      Optional<Entry.Text> source,
      Optional<Entry.Text> type,
      Optional<String> version,
      Optional<String> checksum,
      Location at) {
    if (type.isPresent() && !TYPES.contains(type.get().value())) {
      findings.accept(
          Diagnostic.error(type.get().at(), "unknown type '" + type.get().value() + "'")
              .because("a collection's type is one of " + String.join(", ", TYPES))
              .next(Nearest.hint(type.get().value(), TYPES, "remove it")));
      return Optional.empty();
    }
    if (name.isEmpty() && source.isEmpty()) {
      findings.accept(
          Diagnostic.error(at, "this entry does not say which collection")
              .next("add 'name: <namespace>.<collection>'"));
      return Optional.empty();
    }
    Optional<Entry.Text> fullName = name.filter(text -> NAME.matcher(text.value()).matches());
    String kind = type.map(Entry.Text::value).orElse("");
    boolean served = kind.equals("galaxy") || (kind.isEmpty() && fullName.isPresent());
    if (served) {
      return served(name.or(() -> source).orElseThrow(), source, version, checksum);
    }
    // The place stands in 'source' when 'name' is a name, and in 'name' otherwise.
    Entry.Text place =
        fullName.isPresent()
            ? source.orElse(name.orElseThrow())
            : name.or(() -> source).orElseThrow();
    return origin(kind, place, version)
        .map(
            found ->
                new CollectionRequirement(
                    place.at(),
                    fullName.map(Entry.Text::value),
                    found.origin(),
                    found.version().map(String::strip).filter(text -> !text.isEmpty()),
                    checksum));
  }

  private Optional<CollectionRequirement> served(
      Entry.Text name,
      Optional<Entry.Text> server,
      Optional<String> version,
      Optional<String> checksum) {
    if (!NAME.matcher(name.value()).matches()) {
      findings.accept(wrongName(name));
      return Optional.empty();
    }
    Optional<String> range =
        version.map(String::strip).filter(text -> !text.isEmpty() && !text.equals("*"));
    if (range.isPresent() && VersionRange.parse(range.get()).isEmpty()) {
      findings.accept(
          Diagnostic.error(name.at(), "'" + range.get() + "' is no version of a collection")
              .because("it is like 1.2.3 or >=1.2.0,<2.0.0")
              .next("correct 'version'"));
      return Optional.empty();
    }
    return Optional.of(
        new CollectionRequirement(
            name.at(),
            Optional.of(name.value()),
            new Origin.Server(server.map(Entry.Text::value)),
            range,
            checksum));
  }

  private static Diagnostic wrongName(Entry.Text name) {
    return Diagnostic.error(
            name.at(), "'" + Origin.withoutLogin(name.value()) + "' is no name of a collection")
        .because("it is '<namespace>.<collection>' in small letters, an address or a path")
        .next("correct it; a git repository begins with 'git+' or has 'type: git'");
  }

  private record Placed(Origin origin, Optional<String> version) {}

  private Optional<Placed> origin(String kind, Entry.Text place, Optional<String> version) {
    String text = place.value();
    boolean repository =
        kind.equals("git")
            || (kind.isEmpty()
                && (text.startsWith("git+") || text.startsWith("git@") || text.endsWith(".git")));
    if (repository) {
      return Optional.of(repository(text, version));
    }
    if (kind.equals("url")
        || (kind.isEmpty() && (text.startsWith("http://") || text.startsWith("https://")))) {
      return Optional.of(new Placed(new Origin.Address(text), version));
    }
    return local(kind, place).map(origin -> new Placed(origin, version));
  }

  /** {@code [git+]URL[#/directory][,version]}. */
  private static Placed repository(String written, Optional<String> version) {
    String text = written.startsWith("git+") ? written.substring(4) : written;
    Optional<String> reference = version.filter(named -> !named.equals("*"));
    int comma = text.lastIndexOf(',');
    if (comma > 0) {
      reference = Optional.of(text.substring(comma + 1));
      text = text.substring(0, comma);
    }
    int hash = text.indexOf('#');
    String directory = hash < 0 ? "" : text.substring(hash + 1).replaceAll("^/+|/+$", "");
    String url = hash < 0 ? text : text.substring(0, hash);
    return new Placed(new Origin.Repository(url, directory), reference);
  }

  private Optional<Origin> local(String kind, Entry.Text place) {
    try {
      Path path = workingDirectory.resolve(place.value()).normalize();
      if (Files.isRegularFile(path) && !kind.endsWith("dir") && !kind.equals("subdirs")) {
        return Optional.of(new Origin.ArchiveFile(path));
      }
      if (Files.isDirectory(path) && !kind.equals("file")) {
        return Optional.of(new Origin.Directory(path));
      }
    } catch (InvalidPathException impossible) {
      findings.accept(wrongName(place));
      return Optional.empty();
    }
    findings.accept(
        kind.isEmpty() && !place.value().contains("/")
            ? wrongName(place)
            : Diagnostic.error(
                    place.at(),
                    "there is no "
                        + (kind.equals("file") ? "archive" : "archive or directory")
                        + " '"
                        + place.value()
                        + "'")
                .because("searched from " + workingDirectory)
                .next("correct the path"));
    return Optional.empty();
  }
}
