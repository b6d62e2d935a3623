package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.playbook.Context;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.template.Scope;
import dev.hearth.value.Value;
import dev.hearth.vars.HashBehaviour;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
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

  private static final List<String> EXTENSIONS = List.of("yaml", "yml", "json");
  private static final List<String> FOR_DIRECTORIES =
      List.of(
          "dir",
          "depth",
          "files_matching",
          "ignore_files",
          "extensions",
          "ignore_unknown_extensions");

  private final SourceFiles files;
  private final Scope scope;
  private final Context context;
  private final Arguments arguments;
  private final Location at;
  private final List<Path> read = new ArrayList<>();

  /**
   * @param scope what the task sees; its search path is where a file is looked for
   * @param context where the task is written: a directory is looked for beside it
   */
  IncludedVars(SourceFiles files, Scope scope, Context context, Arguments arguments, Location at) {
    this.files = files;
    this.scope = scope;
    this.context = context;
    this.arguments = arguments;
    this.at = at;
  }

  /** The files that were read. */
  Value filesRead() {
    return new Value.Seq(read.stream().<Value>map(file -> Value.text(file.toString())).toList());
  }

  /** The variables, by name. */
  Map<String, Value> read() {
    refuseWrongParameters();
    Map<String, Value> variables = new LinkedHashMap<>();
    for (Path file : chosen()) {
      variables.putAll(of(file, files, at));
      read.add(file);
    }
    Map<String, Value> named = new LinkedHashMap<>();
    text("name")
        .ifPresentOrElse(
            name -> named.put(name, Value.Dict.ofTexts(variables)), () -> named.putAll(variables));
    if (text("hash_behaviour").filter("merge"::equals).isPresent()) {
      named.replaceAll(
          (name, value) -> {
            Value before = scope.find(name);
            return before == null ? value : HashBehaviour.MERGE.combined(before, value);
          });
    }
    return named;
  }

  /** The variables of one file, which must be a mapping. */
  static Map<String, Value> of(Path file, SourceFiles files, Location at) {
    Source source = files.open(file);
    Optional<Node> node = YamlReader.read(source);
    if (node.isEmpty()
        || node.get() instanceof Node.Scalar scalar && scalar.type() == Node.Type.NULL) {
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
      return filesBelow(directory(directory.get()));
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

  /** A role's directory lies in its {@code vars}, any other one beside the file of the task. */
  private Path directory(String name) {
    Path beside = context.file().toAbsolutePath().resolveSibling(name);
    Path found =
        context
            .role()
            .map(RoleInstance::path)
            .map(
                role ->
                    name.split("/", -1)[0].equals("vars")
                        ? Files.exists(role.resolve(name)) ? role.resolve(name) : Path.of(name)
                        : role.resolve("vars").resolve(name))
            .orElse(beside)
            .toAbsolutePath()
            .normalize();
    if (!Files.isDirectory(found)) {
      String what = Files.exists(found) ? " is not a directory" : " directory does not exist";
      throw Diagnostic.error(at, found + what)
          .exit(ExitCode.NOT_FOUND)
          .because("include_vars looks in the role's 'vars', or beside the file of the task")
          .next("create it, or correct the name")
          .failure();
    }
    return found;
  }

  /** The files of a directory and of those inside, each directory's sorted by their names. */
  private List<Path> filesBelow(Path directory) {
    int depth = text("depth").map(this::depth).orElse(0);
    try (Stream<Path> below =
        Files.walk(
            directory, depth == 0 ? Integer.MAX_VALUE : depth, FileVisitOption.FOLLOW_LINKS)) {
      return below
          .filter(Files::isRegularFile)
          .filter(this::wanted)
          .sorted(
              Comparator.comparing((Path file) -> String.valueOf(file.getParent()))
                  .thenComparing(IncludedVars::name))
          .toList();
    } catch (IOException unreadable) {
      throw Diagnostic.error(at, "the directory " + directory + " cannot be read")
          .because(unreadable.toString())
          .next("check its owner and mode: ls -ld " + directory)
          .failure();
    }
  }

  private int depth(String written) {
    try {
      return Math.max(0, Integer.parseInt(written.strip()));
    } catch (NumberFormatException noNumber) {
      throw wrong("'depth' must be a number, not '" + written + "'", "write for instance depth: 1");
    }
  }

  /** Whether a file is to be read; one that nothing leaves out must have a known ending. */
  private boolean wanted(Path file) {
    String name = name(file);
    boolean matches =
        text("files_matching").map(regex -> regex(regex).matcher(name).find()).orElse(true);
    boolean ignored =
        words("ignore_files").stream().anyMatch(regex -> regex(regex + "$").matcher(name).find());
    if (!matches || ignored) {
      return false;
    }
    List<String> endings =
        arguments.values().containsKey("extensions") ? words("extensions") : EXTENSIONS;
    int dot = name.lastIndexOf('.');
    boolean known = dot > 0 && endings.contains(name.substring(dot + 1));
    Value unknown = arguments.values().getOrDefault("ignore_unknown_extensions", Value.bool(false));
    if (!known && !Keywords.bool(unknown, place("ignore_unknown_extensions"))) {
      throw wrong(
          file + " does not have a valid extension: " + String.join(", ", endings),
          "write ignore_unknown_extensions: true, or name the file in ignore_files");
    }
    return known;
  }

  private Pattern regex(String written) {
    try {
      return Pattern.compile(written);
    } catch (PatternSyntaxException invalid) {
      throw wrong("Invalid regular expression: " + written, "correct it");
    }
  }

  private List<String> words(String name) {
    return switch (arguments.values().getOrDefault(name, Value.NULL)) {
      case Value.Null nothing -> List.of();
      case Value.Seq list -> list.items().stream().map(Keywords::text).toList();
      case Value.Dict mapping -> throw wrong("'" + name + "' must be a list", "write a list");
      case Value one -> List.of(Keywords.text(one).strip().split("\\s+"));
    };
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private void refuseWrongParameters() {
    for (String name : arguments.values().keySet()) {
      if (!KNOWN.contains(name)) {
        throw wrong(name + " is not a valid option in include_vars", "remove it");
      }
    }
    boolean directory = FOR_DIRECTORIES.stream().anyMatch(arguments.values()::containsKey);
    boolean file =
        arguments.values().containsKey("file")
            || arguments.values().containsKey(Arguments.FREE_FORM);
    if (directory && file) {
      throw wrong(
          "You are mixing file only and dir only arguments, these are incompatible",
          "take 'file' or 'dir'");
    }
  }

  private Location place(String name) {
    return arguments.places().getOrDefault(name, at);
  }

  private HearthException wrong(String summary, String next) {
    return Diagnostic.error(at, summary).next(next).failure();
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(arguments.values().get(name)).map(Keywords::text);
  }
}
