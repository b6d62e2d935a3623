package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The unpacked files of one collection. A built one ({@code MANIFEST.json}, {@code FILES.json}) is
 * held against its own sums; a source tree ({@code galaxy.yml}) is given both files, as
 * ansible-galaxy does it when it installs one.
 */
final class CollectionTree {

  static final String MANIFEST = "MANIFEST.json";
  static final String FILES = "FILES.json";

  private final Path root;
  private final String shown;
  private final Location at;

  private CollectionTree(Path root, String shown, Location at) {
    this.root = root;
    this.shown = shown;
    this.at = at;
  }

  /** Whether a directory is a collection, built or as source. */
  static boolean is(Path directory) {
    return Files.isRegularFile(directory.resolve(MANIFEST)) || GalaxyFile.in(directory).isPresent();
  }

  /**
   * Makes a tree ready to be used: what is not part of the collection is removed.
   *
   * @param shown what it is called in messages
   * @param at where it was asked for
   * @throws HearthException if it is no collection, or its files are not those that it names
   */
  static CollectionInfo prepare(Path root, String shown, Location at) {
    try {
      CollectionTree tree = new CollectionTree(root, shown, at);
      if (Files.isRegularFile(root.resolve(MANIFEST))) {
        return tree.built();
      }
      Optional<Path> source = GalaxyFile.in(root);
      if (source.isPresent()) {
        return tree.source(GalaxyFile.read(source.get(), shown));
      }
      throw tree.wrong("is no collection")
          .because("it has neither galaxy.yml nor MANIFEST.json at its top")
          .next(
              "check the address; a collection in a directory of a repository needs '#/directory'")
          .failure();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What an installed collection says of itself; empty when it does not. */
  static Optional<CollectionInfo> installed(Path root) {
    Path manifest = root.resolve(MANIFEST);
    try {
      if (Files.isRegularFile(manifest)) {
        Value info = member(json(manifest), "collection_info").orElse(Value.NULL);
        return Optional.of(info(info, root.toString(), Location.startOf(Source.of(MANIFEST, ""))));
      }
      Optional<Path> source = GalaxyFile.in(root);
      return source.map(file -> GalaxyFile.read(file, root.toString()).info());
    } catch (IOException | HearthException unreadable) {
      return Optional.empty();
    }
  }

  private CollectionInfo built() throws IOException {
    Value manifest = json(root.resolve(MANIFEST));
    CollectionInfo info =
        info(member(manifest, "collection_info").orElseThrow(() -> damaged(MANIFEST)), shown);
    String wanted =
        member(manifest, "file_manifest_file")
            .flatMap(file -> text(file, "chksum_sha256"))
            .orElseThrow(() -> damaged(MANIFEST));
    check(FILES, wanted);
    Set<Path> known = new HashSet<>(Set.of(root, root.resolve(MANIFEST), root.resolve(FILES)));
    Value files = member(json(root.resolve(FILES)), "files").orElseThrow(() -> damaged(FILES));
    if (!(files instanceof Value.Seq list)) {
      throw damaged(FILES);
    }
    for (Value item : list.items()) {
      String name = text(item, "name").orElseThrow(() -> damaged(FILES));
      Path file = root.resolve(name).normalize();
      if (!file.startsWith(root)) {
        throw damaged(FILES);
      }
      if (text(item, "ftype").filter("file"::equals).isPresent()) {
        check(name, text(item, "chksum_sha256").orElseThrow(() -> damaged(FILES)));
      }
      known.add(file);
    }
    for (Path path : paths()) {
      if (!known.contains(path)) {
        Files.deleteIfExists(path);
      }
    }
    return info;
  }

  /** Everything in it, what is in a directory before the directory. */
  private List<Path> paths() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.equals(root))
          .sorted(Comparator.<Path>naturalOrder().reversed())
          .toList();
    }
  }

  private void check(String name, String wanted) throws IOException {
    Path file = root.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw wrong("lacks the file " + name)
          .because("its list of files has it")
          .next("fetch it again; nothing was installed")
          .failure();
    }
    String found = Checksum.of(file);
    if (!found.equals(wanted)) {
      throw Checksum.mismatch(at, name + " in " + shown, wanted, found).failure();
    }
  }

  private CollectionInfo source(GalaxyFile galaxy) throws IOException {
    for (Path path : paths()) {
      if (galaxy.ignores(root.relativize(path).toString()) && !isFilledDirectory(path)) {
        Files.delete(path);
      }
    }
    List<Value> files = new ArrayList<>();
    files.add(file(".", Optional.empty()));
    for (Path path : paths().reversed()) {
      boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
      String name = root.relativize(path).toString();
      if (directory || Files.isRegularFile(path)) {
        files.add(file(name, directory ? Optional.empty() : Optional.of(Checksum.of(path))));
      }
    }
    write(FILES, Map.of("files", new Value.Seq(files), "format", Value.Int.of(1)));
    Map<String, Value> manifest = new LinkedHashMap<>();
    manifest.put("collection_info", galaxy.collectionInfo());
    manifest.put("file_manifest_file", file(FILES, Optional.of(Checksum.of(root.resolve(FILES)))));
    manifest.put("format", Value.Int.of(1));
    write(MANIFEST, manifest);
    return galaxy.info();
  }

  /** A directory that is left out loses its files first, so that it is empty by then. */
  private static boolean isFilledDirectory(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside.findAny().isPresent();
    }
  }

  private static Value file(String name, Optional<String> sum) {
    Map<String, Value> file = new LinkedHashMap<>();
    file.put("name", Value.text(name));
    file.put("ftype", Value.text(sum.isPresent() ? "file" : "dir"));
    file.put("chksum_type", sum.isPresent() ? Value.text("sha256") : Value.NULL);
    file.put("chksum_sha256", sum.<Value>map(Value::text).orElse(Value.NULL));
    file.put("format", Value.Int.of(1));
    return Value.Dict.ofTexts(file);
  }

  private void write(String name, Map<String, Value> content) throws IOException {
    Files.writeString(
        root.resolve(name),
        Json.write(Value.Dict.ofTexts(content), Json.Style.PLAIN.indent(1)) + "\n",
        StandardCharsets.UTF_8);
  }

  private CollectionInfo info(Value info, String what) {
    return info(info, what, at);
  }

  private static CollectionInfo info(Value info, String what, Location at) {
    Map<String, String> dependencies = new LinkedHashMap<>();
    if (member(info, "dependencies").orElse(Value.NULL) instanceof Value.Dict needed) {
      needed
          .entries()
          .forEach(
              (name, range) -> {
                if (name instanceof Value.Textual one && range instanceof Value.Textual other) {
                  dependencies.put(one.reveal(), other.reveal());
                }
              });
    }
    String namespace = text(info, "namespace").orElse("");
    String name = text(info, "name").orElse("");
    if (!CollectionOrigins.NAME.matcher(namespace + "." + name).matches()) {
      throw Diagnostic.error(at, what + " has no name that a collection can have")
          .exit(ExitCode.FAILED)
          .because("it says '" + namespace + "." + name + "'")
          .next("tell its author; nothing was installed")
          .failure();
    }
    return new CollectionInfo(namespace, name, text(info, "version").orElse("*"), dependencies);
  }

  private static Value json(Path file) throws IOException {
    return Json.read(new Source(file.toString(), Files.readString(file, StandardCharsets.UTF_8)));
  }

  private static Optional<Value> member(Value value, String key) {
    return value instanceof Value.Dict dict
        ? Optional.ofNullable(dict.entries().get(Value.text(key)))
        : Optional.empty();
  }

  private static Optional<String> text(Value value, String key) {
    return member(value, key)
        .filter(Value.Textual.class::isInstance)
        .map(text -> ((Value.Textual) text).reveal());
  }

  private Diagnostic wrong(String what) {
    return Diagnostic.error(at, shown + " " + what).exit(ExitCode.FAILED);
  }

  private HearthException damaged(String file) {
    return wrong("has a damaged " + file)
        .because("it does not say what such a file has to say")
        .next("fetch it again; nothing was installed")
        .failure();
  }
}
