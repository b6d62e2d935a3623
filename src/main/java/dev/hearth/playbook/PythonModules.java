package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.yaml.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The modules that are on this machine as Python files: in collections, in {@code library/} beside
 * the playbooks and in roles. Hearth does not run them; it knows them to say so, and follows the
 * names that a collection's {@code meta/runtime.yml} gives to modules that moved.
 */
final class PythonModules {

  private final Reading reading;
  private final InstalledCollections installed;
  private final List<Path> libraries = new ArrayList<>();

  PythonModules(Reading reading, InstalledCollections installed, List<Path> playbookDirectories) {
    this.reading = reading;
    this.installed = installed;
    playbookDirectories.forEach(this::library);
  }

  /** Adds the {@code library/} of a role or of a playbook's directory. */
  void library(Path directory) {
    Path library = directory.resolve("library");
    if (!libraries.contains(library) && Files.isDirectory(library)) {
      libraries.add(library);
    }
  }

  /** Where a full name leads that its collection says has moved. */
  Optional<String> movedTo(String fullName) {
    return routing(fullName)
        .flatMap(entry -> entry.get("redirect"))
        .filter(Node.Scalar.class::isInstance)
        .map(target -> ((Node.Scalar) target).text());
  }

  private Optional<Node.Mapping> routing(String fullName) {
    if (!InstalledCollections.isFullName(fullName)) {
      return Optional.empty();
    }
    String[] parts = fullName.split("\\.", 3);
    return installed
        .directory(parts[0] + "." + parts[1])
        .map(directory -> directory.resolve("meta/runtime.yml"))
        .filter(Files::isRegularFile)
        .flatMap(reading::document)
        .flatMap(document -> below(document, "plugin_routing"))
        .flatMap(
            kinds ->
                Stream.of("modules", "action")
                    .flatMap(kind -> below(kinds, kind).stream())
                    .flatMap(names -> below(names, parts[2]).stream())
                    .findFirst());
  }

  private static Optional<Node.Mapping> below(Node node, String key) {
    return node instanceof Node.Mapping mapping
        ? mapping.get(key).filter(Node.Mapping.class::isInstance).map(value -> (Node.Mapping) value)
        : Optional.empty();
  }

  /**
   * Why a module of that name cannot run although it is there; empty when it is not.
   *
   * @param collections where a short name is looked for first
   */
  Optional<Diagnostic> refusal(String name, Location at, List<String> collections) {
    return file(name, collections)
        .map(
            file ->
                Diagnostic.error(at, "the module '" + name + "' is written in Python")
                    .because(
                        TaskFiles.shown(file)
                            + " needs Python on the host; Hearth brings its own modules and none of"
                            + " Python")
                    .next(
                        "use a module that Hearth has, or 'command' or 'shell'; see"
                            + " docs/galaxy.md"))
        .or(() -> gone(name, at));
  }

  private Optional<Diagnostic> gone(String name, Location at) {
    return routing(name)
        .flatMap(entry -> below(entry, "tombstone"))
        .map(
            tombstone ->
                Diagnostic.error(at, "the module '" + name + "' was removed from its collection")
                    .because(
                        tombstone
                            .get("warning_text")
                            .filter(Node.Scalar.class::isInstance)
                            .map(text -> ((Node.Scalar) text).text().strip())
                            .orElse("meta/runtime.yml of the collection says so"))
                    .next("use what took its place"));
  }

  private Optional<Path> file(String name, List<String> collections) {
    List<String> full = new ArrayList<>();
    if (name.contains(".")) {
      full.add(name);
    } else {
      for (Path library : libraries) {
        Path file = library.resolve(name + ".py");
        if (Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      }
      collections.forEach(collection -> full.add(collection + "." + name));
    }
    return full.stream()
        .flatMap(
            each ->
                Stream.of("modules", "action")
                    .flatMap(kind -> installed.plugin(kind, each).stream()))
        .findFirst();
  }
}
