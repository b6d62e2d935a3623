package dev.hearth.module;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The reference page of one module, made from its specification and its golden cases: the examples
 * are the arguments of cases that are planned in {@link GoldenCasesTest}.
 */
final class ModulePage {

  private static final int EXAMPLES = 3;

  private final Module<?> module;
  private final List<Path> cases;

  ModulePage(Module<?> module, Path folder) throws IOException {
    this.module = module;
    if (!Files.isDirectory(folder)) {
      cases = List.of();
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      cases = files.sorted().toList();
    }
  }

  String text() throws IOException {
    Spec<?> spec = module.spec();
    StringBuilder text = new StringBuilder();
    text.append("# ").append(spec.name()).append("\n\n").append(spec.doc()).append("\n");
    if (!spec.aliases().isEmpty()) {
      text.append("\nAlso: `").append(String.join("`, `", spec.aliases())).append("`.\n");
    }
    text.append("\n## Parameters\n\n| parameter | type | default | meaning |\n|---|---|---|---|\n");
    Set<String> names = new HashSet<>();
    for (Parameter parameter : Parameter.of(spec.arguments())) {
      // What the module itself says of a name comes before what it shares with others.
      if (names.add(parameter.name())) {
        text.append(row(parameter));
      }
    }
    List<Map<String, Object>> examples = examples();
    if (!examples.isEmpty()) {
      text.append("\n## Examples\n\n```yaml\n").append(yaml(examples)).append("```\n");
    }
    SortedSet<String> keys = returned();
    if (!keys.isEmpty()) {
      text.append("\n## Return values\n\n`").append(String.join("`, `", keys)).append("`\n");
    }
    for (LeftOut out : LeftOut.all()) {
      if (out.module().equals(spec.name())) {
        text.append("\nLeft out: the ")
            .append(out.kind())
            .append(" `")
            .append(out.name())
            .append("`: ")
            .append(out.why())
            .append(".\n");
      }
    }
    return text.toString();
  }

  /** One line for the list of all modules. */
  String line() {
    String name = module.spec().name();
    return "| [" + name + "](" + name + ".md) | " + module.spec().doc() + " |\n";
  }

  private static String row(Parameter parameter) {
    String names = "`" + parameter.name() + "`";
    if (!parameter.aliases().isEmpty()) {
      names += " (`" + String.join("`, `", parameter.aliases()) + "`)";
    }
    String meaning = cell(parameter.doc());
    if (!parameter.choices().isEmpty()) {
      meaning += " One of `" + cell(String.join("`, `", parameter.choices())) + "`.";
    }
    String otherwise =
        parameter.required()
            ? "required"
            : parameter.defaultsTo().isEmpty() ? "" : "`" + cell(parameter.defaultsTo()) + "`";
    return "| "
        + names
        + " | "
        + type(parameter.type())
        + " | "
        + otherwise
        + " | "
        + meaning
        + " |\n";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = Parameter.rawType(type);
      Type[] of = generic.getActualTypeArguments();
      return raw == List.class ? "list" : raw == Map.class ? "mapping" : type(of[0]);
    }
    String name = Parameter.rawType(type).getSimpleName();
    return switch (name) {
      case "boolean", "Boolean" -> "true or false";
      case "int", "Integer", "long", "Long" -> "whole number";
      case "double", "Double" -> "number";
      case "FileMode" -> "mode";
      case "Value" -> "anything";
      default -> "text";
    };
  }

  /** Arguments of cases that are accepted, those that change something first. */
  private List<Map<String, Object>> examples() throws IOException {
    List<Map<String, Object>> examples = new ArrayList<>();
    for (String verdict : List.of("changes", "satisfied")) {
      for (Path file : cases) {
        Map<String, @Nullable Object> golden = new Yaml().load(Files.readString(file));
        if (verdict.equals(golden.get("verdict")) && examples.size() < EXAMPLES) {
          Map<String, Object> task = new LinkedHashMap<>();
          task.put("name", title(file));
          task.put(
              module.spec().name(),
              Objects.requireNonNullElse(shown(golden.get("args")), Map.of()));
          examples.add(task);
        }
      }
    }
    return examples;
  }

  private static String title(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.yml$", "").replace('-', ' ');
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** What is secret in a case is a variable in an example. */
  private static @Nullable Object shown(@Nullable Object value) {
    if (value instanceof Map<?, ?> map && map.keySet().equals(java.util.Set.of("secret"))) {
      return "{{ vault_secret }}";
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      map.forEach((key, item) -> all.put(String.valueOf(key), shown(item)));
      return all;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> all = new ArrayList<>();
      list.forEach(item -> all.add(shown(item)));
      return all;
    }
    return value;
  }

  /** The values that its cases return. */
  SortedSet<String> returned() throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    for (Path file : cases) {
      Map<String, @Nullable Object> golden = new Yaml().load(Files.readString(file));
      for (String part : List.of("result", "concluded")) {
        if (golden.get(part) instanceof Map<?, ?> result
            && !"rejected".equals(golden.get("verdict"))) {
          result.keySet().forEach(key -> keys.add(String.valueOf(key)));
        }
      }
    }
    return keys;
  }

  private static String yaml(List<Map<String, Object>> tasks) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(100);
    options.setSplitLines(false);
    return new Yaml(options).dump(tasks);
  }

  /** What is wrong with the page's examples when they are read as tasks. */
  List<String> findings() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Map<String, Object> task : examples()) {
      Binder.check(
              module.spec(),
              Plain.values(task.get(module.spec().name())),
              Map.of(),
              Location.startOf(Source.of("example", "")))
          .forEach(found -> findings.add(found.summary()));
    }
    return findings;
  }
}
