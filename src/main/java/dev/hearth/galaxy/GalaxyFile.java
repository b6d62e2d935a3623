package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** The {@code galaxy.yml} of a collection's source. */
final class GalaxyFile {

  private static final List<String> NAMES = List.of("galaxy.yml", "galaxy.yaml");
  private static final List<String> TEXTS =
      List.of(
          "readme",
          "description",
          "license_file",
          "repository",
          "documentation",
          "homepage",
          "issues");
  private static final List<String> LISTS = List.of("authors", "tags", "license");
  private static final List<String> ALWAYS_IGNORED =
      List.of(
          "MANIFEST.json",
          "FILES.json",
          "galaxy.yml",
          "galaxy.yaml",
          ".git",
          ".git/**",
          "*.pyc",
          "*.retry",
          "tests/output",
          "tests/output/**");

  /** Directories that are no part of a collection wherever they lie. */
  private static final Set<String> IGNORED_DIRECTORIES =
      Set.of("CVS", ".bzr", ".hg", ".git", ".svn", "__pycache__", ".tox");

  private final Node.Mapping mapping;
  private final CollectionInfo info;
  private final List<PathMatcher> ignored = new ArrayList<>();

  private GalaxyFile(Node.Mapping mapping, CollectionInfo info) {
    this.mapping = mapping;
    this.info = info;
    ALWAYS_IGNORED.forEach(this::ignore);
    ignore(info.namespace() + "-" + info.name() + "-*.tar.gz");
    texts("build_ignore").forEach(this::ignore);
  }

  /** The file in a directory, if there is one. */
  static Optional<Path> in(Path directory) {
    return NAMES.stream().map(directory::resolve).filter(Files::isRegularFile).findFirst();
  }

  /**
   * Reads it.
   *
   * @param shown what the collection is called in messages
   * @throws HearthException if it is no such file or does not name the collection
   */
  static GalaxyFile read(Path file, String shown) {
    Source source = source(file, shown);
    Location at = Location.startOf(source);
    if (!(YamlReader.read(source).orElse(null) instanceof Node.Mapping mapping)) {
      throw wrong(at, "galaxy.yml has to be a mapping", "write 'namespace:', 'name:', 'version:'");
    }
    if (mapping.get("manifest").filter(node -> node instanceof Node.Mapping).isPresent()) {
      throw wrong(
          mapping.get("manifest").orElseThrow().at(),
          "'manifest' in galaxy.yml is not supported",
          "use a built archive of the collection");
    }
    String namespace = scalar(mapping, "namespace").orElse("");
    String name = scalar(mapping, "name").orElse("");
    if (!CollectionOrigins.NAME.matcher(namespace + "." + name).matches()) {
      throw wrong(at, "galaxy.yml does not name the collection", "write 'namespace:' and 'name:'");
    }
    String version = scalar(mapping, "version").orElse("*");
    if (!version.equals("*") && Version.parse(version).isEmpty()) {
      throw wrong(at, "'" + version + "' is no version of a collection", "write one like 1.2.3");
    }
    Map<String, String> dependencies = new LinkedHashMap<>();
    if (mapping.get("dependencies").orElse(null) instanceof Node.Mapping needed) {
      needed
          .entries()
          .forEach(
              (key, value) -> {
                if (value instanceof Node.Scalar range) {
                  dependencies.put(key.text(), range.text());
                }
              });
    }
    return new GalaxyFile(mapping, new CollectionInfo(namespace, name, version, dependencies));
  }

  private static Source source(Path file, String shown) {
    try {
      return new Source(
          shown + ": " + file.getFileName(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw Diagnostic.error(ExitCode.FAILED, "cannot read " + file.getFileName() + " of " + shown)
          .because(String.valueOf(unreadable.getMessage()))
          .next("it has to be a text file in UTF-8")
          .failure();
    }
  }

  private static HearthException wrong(Location at, String summary, String next) {
    return Diagnostic.error(at, summary).exit(ExitCode.FAILED).next(next).failure();
  }

  private static Optional<String> scalar(Node.Mapping mapping, String key) {
    return mapping
        .get(key)
        .filter(Node.Scalar.class::isInstance)
        .map(Node.Scalar.class::cast)
        .filter(scalar -> scalar.type() != Node.Type.NULL)
        .map(Node.Scalar::text);
  }

  private List<String> texts(String key) {
    List<String> found = new ArrayList<>();
    mapping
        .get(key)
        .ifPresent(
            node -> {
              if (node instanceof Node.Sequence sequence) {
                sequence
                    .items()
                    .forEach(
                        item -> {
                          if (item instanceof Node.Scalar scalar) {
                            found.add(scalar.text());
                          }
                        });
              } else if (node instanceof Node.Scalar scalar && scalar.type() != Node.Type.NULL) {
                found.add(scalar.text());
              }
            });
    return found;
  }

  /** A shell pattern for whole paths, in which {@code *} reaches over directories. */
  private void ignore(String pattern) {
    StringBuilder glob = new StringBuilder("glob:");
    for (String character : pattern.replaceAll("/$", "").split("")) {
      glob.append(
          character.equals("*") ? "**" : "{}\\".contains(character) ? "\\" + character : character);
    }
    try {
      ignored.add(FileSystems.getDefault().getPathMatcher(glob.toString().replace("****", "**")));
    } catch (PatternSyntaxException wrong) {
      throw wrong(
          mapping.at(),
          "'" + pattern + "' in 'build_ignore' of galaxy.yml is no pattern",
          "correct it: " + wrong.getDescription());
    }
  }

  /** Whether a file or directory of the source is no part of the collection. */
  boolean ignores(String path) {
    for (Path part = Path.of(path); part != null; part = part.getParent()) {
      Path each = part;
      if (IGNORED_DIRECTORIES.contains(part.getFileName().toString())
          || ignored.stream().anyMatch(pattern -> pattern.matches(each))) {
        return true;
      }
    }
    return false;
  }

  /** What it says of the collection. */
  CollectionInfo info() {
    return info;
  }

  /** The same with everything that {@code MANIFEST.json} has. */
  Value collectionInfo() {
    Map<String, Value> all = new LinkedHashMap<>();
    all.put("namespace", Value.text(info.namespace()));
    all.put("name", Value.text(info.name()));
    all.put("version", info.version().equals("*") ? Value.NULL : Value.text(info.version()));
    for (String key : LISTS) {
      all.put(key, new Value.Seq(texts(key).stream().<Value>map(Value::text).toList()));
    }
    for (String key : TEXTS) {
      all.put(key, scalar(mapping, key).<Value>map(Value::text).orElse(Value.NULL));
    }
    all.put(
        "dependencies",
        mapping
            .get("dependencies")
            .filter(Node.Mapping.class::isInstance)
            .map(Values::of)
            .orElse(Value.Dict.EMPTY));
    return Value.Dict.ofTexts(all);
  }
}
