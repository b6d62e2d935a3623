package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.template.Scope;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code include_vars} reads: one file, or the files of a directory, as they are or under one
 * name.
 */
final class IncludedVars {

  private static final Set<String> KNOWN =
      Set.of(
          "file",
          "dir",
          "name",
          "hash_behaviour",
          "extensions",
          "ignore_files",
          "depth",
          "files_matching",
          "ignore_unknown_extensions",
          Arguments.FREE_FORM);

  private final SourceFiles files;
  private final Scope scope;
  private final Arguments arguments;
  private final Location at;
  private final List<Path> read = new ArrayList<>();

  IncludedVars(SourceFiles files, Scope scope, Arguments arguments, Location at) {
    this.files = files;
    this.scope = scope;
    this.arguments = arguments;
    this.at = at;
  }

  /** The files that were read. */
  Value filesRead() {
    return new Value.Seq(read.stream().<Value>map(file -> Value.text(file.toString())).toList());
  }

  /** The variables, by name. */
  Map<String, Value> read() {
    refuseUnsupported();
    Map<String, Value> variables = new LinkedHashMap<>();
    for (Path file : chosen()) {
      read.add(file);
      variables.putAll(of(file, files, at));
    }
    return text("name")
        .<Map<String, Value>>map(name -> Map.of(name, Value.Dict.ofTexts(variables)))
        .orElse(variables);
  }

  /** The variables of one file, which must be a mapping. */
  static Map<String, Value> of(Path file, SourceFiles files, Location at) {
    Source source = files.open(file);
    Optional<Node> node = YamlReader.read(source);
    if (node.isEmpty()) {
      return Map.of();
    }
    if (!(node.get() instanceof Node.Mapping mapping)) {
      throw Diagnostic.error(
              node.get().at(), "a file of variables must be a mapping, not " + node.get().kind())
          .because("it is read because of " + at)
          .next("write name: value, one variable a line")
          .failure();
    }
    Map<String, Value> variables = new LinkedHashMap<>();
    mapping.entries().forEach((key, value) -> variables.put(key.text(), Values.of(value)));
    return variables;
  }

  private List<Path> chosen() {
    Optional<String> directory = text("dir");
    if (directory.isPresent()) {
      return filesBelow(find(directory.get()));
    }
    String file =
        text("file")
            .or(() -> text(Arguments.FREE_FORM))
            .orElseThrow(() -> wrong("include_vars needs a file or a dir", "write file: NAME"));
    return List.of(find(file.strip()));
  }

  private Path find(String name) {
    return scope
        .searchPath()
        .find("vars", name)
        .orElseThrow(
            () ->
                Diagnostic.error(at, "there is no file of variables '" + name + "'")
                    .exit(ExitCode.NOT_FOUND)
                    .because(
                        "searched:\n"
                            + String.join(
                                "\n",
                                scope.searchPath().candidates("vars", name).stream()
                                    .map(Path::toString)
                                    .toList()))
                    .next("create it in one of these places, or correct the name")
                    .failure());
  }

  private static List<Path> filesBelow(Path directory) {
    try (Stream<Path> below = Files.walk(directory)) {
      return below.filter(Files::isRegularFile).filter(IncludedVars::readable).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean readable(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".")
        && (name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".json"));
  }

  private void refuseUnsupported() {
    for (String name :
        List.of(
            "hash_behaviour",
            "ignore_files",
            "depth",
            "files_matching",
            "extensions",
            "ignore_unknown_extensions")) {
      if (arguments.values().containsKey(name)) {
        throw Diagnostic.error(
                arguments.places().getOrDefault(name, at),
                "include_vars does not take '" + name + "' yet")
            .next("name the files one by one")
            .failure();
      }
    }
    for (String name : arguments.values().keySet()) {
      if (!KNOWN.contains(name)) {
        throw wrong("include_vars has no parameter '" + name + "'", "remove it");
      }
    }
  }

  private HearthException wrong(String summary, String next) {
    return Diagnostic.error(at, summary).next(next).failure();
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(arguments.values().get(name)).map(Keywords::text);
  }
}
