package dev.hearth.module.docker;

import dev.hearth.module.Refusal;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What only Buildx can do in a build: secrets that are there while it builds, and results that go
 * elsewhere. As community.docker does, the image itself is one of several results.
 *
 * @param secrets as the task has them
 * @param outputs as the task has them
 * @param image name and tag of the image
 */
record BuildParts(
    List<Map<String, Value>> secrets, List<Map<String, Value>> outputs, String image) {

  private static final String VARIABLE = "HEARTH_BUILD_SECRET_";

  boolean none() {
    return secrets.isEmpty() && outputs.isEmpty();
  }

  /** Values of secrets go through the environment, which only the build's own user can see. */
  Map<String, Word> environment() {
    Map<String, Word> variables = new LinkedHashMap<>();
    for (int i = 0; i < secrets.size(); i++) {
      if (type(secrets.get(i), "secrets").equals("value")) {
        Value value = secrets.get(i).getOrDefault("value", Value.NULL);
        variables.put(
            VARIABLE + i,
            value instanceof Value.Textual text
                ? Word.of(text)
                : Word.of(needed(secrets.get(i), "secrets", "value")));
      }
    }
    return variables;
  }

  List<String> words() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < secrets.size(); i++) {
      words.addAll(List.of("--secret", fields(secret(secrets.get(i), i))));
    }
    if (outputs.isEmpty()) {
      words.addAll(List.of("--tag", image));
      return words;
    }
    outputs.forEach(each -> words.addAll(List.of("--output", fields(output(each)))));
    if (outputs.stream().noneMatch(this::makesTheImage)) {
      words.addAll(List.of("--output", fields(List.of("type=image", "name=" + image))));
    }
    return words;
  }

  /** How the results, but for the image, are taken back. */
  List<Undo> undo() {
    List<Undo> undo = new ArrayList<>();
    for (Map<String, Value> each : outputs) {
      String destination = text(each, "dest");
      if (type(each, "outputs").equals("local")) {
        undo.add(new Undo.RestoreTrees(List.of(destination)));
      } else if (!destination.isEmpty()) {
        undo.add(Undo.restore(destination));
      }
      if (pushes(each)) {
        undo.add(new Undo.Impossible("what was pushed stays in the registry"));
      }
    }
    return undo;
  }

  private static List<String> secret(Map<String, Value> given, int index) {
    List<String> fields = new ArrayList<>(List.of("id=" + needed(given, "secrets", "id")));
    switch (type(given, "secrets")) {
      case "file" -> {
        fields.add("type=file");
        fields.add("src=" + needed(given, "secrets", "src"));
      }
      case "env" -> {
        fields.add("type=env");
        fields.add("env=" + needed(given, "secrets", "env"));
      }
      case "value" -> {
        fields.add("type=env");
        fields.add("env=" + VARIABLE + index);
      }
      default -> throw new Refusal("type of secrets must be file, env or value");
    }
    return fields;
  }

  private List<String> output(Map<String, Value> given) {
    String type = type(given, "outputs");
    List<String> fields = new ArrayList<>(List.of("type=" + type));
    switch (type) {
      case "local", "tar", "oci" -> fields.add("dest=" + needed(given, "outputs", "dest"));
      case "docker" -> {
        for (String key : List.of("dest", "context")) {
          if (!text(given, key).isEmpty()) {
            fields.add(key + "=" + text(given, key));
          }
        }
      }
      case "image" -> {
        fields.add("name=" + String.join(",", names(given)));
        if (pushes(given)) {
          fields.add("push=true");
        }
      }
      default -> throw new Refusal("type of outputs must be local, tar, oci, docker or image");
    }
    return fields;
  }

  /** Names, beside the image's own, that a result gets. */
  List<String> otherNames() {
    return outputs.stream()
        .filter(output -> type(output, "outputs").equals("image"))
        .flatMap(output -> names(output).stream())
        .filter(name -> !name.equals(image))
        .distinct()
        .toList();
  }

  private boolean makesTheImage(Map<String, Value> output) {
    return type(output, "outputs").equals("image") && names(output).contains(image);
  }

  private List<String> names(Map<String, Value> output) {
    List<String> names =
        switch (output.getOrDefault("name", Value.NULL)) {
          case Value.Seq list -> list.items().stream().map(ContainerSettings::scalar).toList();
          case Value.Null nothing -> List.of();
          case Value one -> List.of(ContainerSettings.scalar(one));
        };
    return names.isEmpty() ? List.of(image) : names;
  }

  private static boolean pushes(Map<String, Value> output) {
    return List.of("true", "yes").contains(text(output, "push"));
  }

  private static String type(Map<String, Value> given, String of) {
    return needed(given, of, "type");
  }

  private static String needed(Map<String, Value> given, String of, String key) {
    String text = text(given, key);
    if (text.isEmpty()) {
      throw new Refusal("each of " + of + " needs " + key + " here");
    }
    return text;
  }

  private static String text(Map<String, Value> given, String key) {
    return ContainerSettings.scalar(given.getOrDefault(key, Value.NULL));
  }

  /** Fields as Buildx reads them: separated by commas, in quotes where they hold one. */
  private static String fields(List<String> fields) {
    return fields.stream()
        .map(
            field ->
                field.matches("(?s)\\s.*|.*[\",\r\n].*|.*\\s")
                    ? "\"" + field.replace("\"", "\"\"") + "\""
                    : field)
        .collect(Collectors.joining(","));
  }
}
