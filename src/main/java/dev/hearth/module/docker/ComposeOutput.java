package dev.hearth.module.docker;

import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what docker compose prints: events of plain progress, and JSON of containers and images.
 */
final class ComposeOutput {

  private static final Set<String> WORKING =
      Set.of(
          "Creating",
          "Starting",
          "Restarting",
          "Stopping",
          "Killing",
          "Removing",
          "Recreate",
          "Pulling",
          "Building");
  private static final Pattern RESOURCE =
      Pattern.compile("\\s*(Network|Image|Volume|Container)\\s+(\\S+)\\s+(\\S.*?)\\s*");
  private static final Pattern SERVICE = Pattern.compile("\\s*(\\S+)\\s+(Pulling|Building)\\s*");
  private static final Pattern BUILD = Pattern.compile("\\s*build service\\s+(\\S+)");

  /**
   * Something that compose begins to do.
   *
   * @param what kind of thing, such as {@code container}
   * @param id its name
   * @param status what is done, such as {@code Creating}
   */
  record Action(String what, String id, String status) {

    boolean pull() {
      return status.equals("Pulling");
    }

    boolean build() {
      return status.equals("Building");
    }

    Value toValue() {
      Map<String, Value> entries = new LinkedHashMap<>();
      entries.put("what", Value.text(what));
      entries.put("id", Value.text(id));
      entries.put("status", Value.text(status));
      return Value.Dict.ofTexts(entries);
    }
  }

  private ComposeOutput() {}

  /** What compose does, or says in a dry run that it would do. */
  static List<Action> actions(String output) {
    List<Action> actions = new ArrayList<>();
    for (String line : output.lines().toList()) {
      action(line.replaceFirst("^\\s*DRY-RUN MODE -\\s*", "")).ifPresent(actions::add);
    }
    return actions;
  }

  private static Optional<Action> action(String line) {
    Matcher resource = RESOURCE.matcher(line);
    if (resource.matches()) {
      return WORKING.contains(resource.group(3))
          ? Optional.of(
              new Action(
                  resource.group(1).toLowerCase(Locale.ROOT), resource.group(2), resource.group(3)))
          : Optional.empty();
    }
    Matcher service = SERVICE.matcher(line);
    if (service.matches()) {
      return Optional.of(new Action("service", service.group(1), service.group(2)));
    }
    Matcher build = BUILD.matcher(line);
    return build.matches()
        ? Optional.of(new Action("service", build.group(1), "Building"))
        : Optional.empty();
  }

  /** Containers as {@code ps --format json} prints them: an object a line, or one list. */
  static List<Value.Dict> containers(String json) {
    return objects(json).stream().map(ComposeOutput::container).toList();
  }

  /** Images as {@code images --format json} prints them. */
  static Value images(String json) {
    return new Value.Seq(new ArrayList<>(objects(json)));
  }

  private static List<Value.Dict> objects(String json) {
    List<Value.Dict> objects = new ArrayList<>();
    for (String line : json.lines().filter(text -> !text.isBlank()).toList()) {
      Value value = JsonReader.read(line);
      if (value instanceof Value.Seq list) {
        list.items().stream()
            .filter(item -> item instanceof Value.Dict)
            .forEach(item -> objects.add((Value.Dict) item));
      } else if (value instanceof Value.Dict object) {
        objects.add(object);
      }
    }
    return objects;
  }

  private static Value.Dict container(Value.Dict printed) {
    Map<Value, Value> entries = new LinkedHashMap<>(printed.entries());
    Map<String, Value> labels = new LinkedHashMap<>();
    for (String part : text(printed, "Labels").split(",", -1)) {
      int equals = part.indexOf('=');
      if (!part.isEmpty()) {
        labels.put(
            equals < 0 ? part : part.substring(0, equals),
            Value.text(equals < 0 ? "" : part.substring(equals + 1)));
      }
    }
    String names = text(printed, "Names");
    entries.put(Value.text("Labels"), Value.Dict.ofTexts(labels));
    entries.put(Value.text("Names"), texts(names.isEmpty() ? text(printed, "Name") : names));
    entries.put(Value.text("Networks"), texts(text(printed, "Networks")));
    if (!(printed.get("Publishers") instanceof Value.Seq)) {
      entries.put(Value.text("Publishers"), new Value.Seq(List.of()));
    }
    return new Value.Dict(entries);
  }

  /** A text of an object; empty when there is none. */
  static String text(Value.Dict object, String key) {
    return object.get(key) instanceof Value.Text text ? text.value() : "";
  }

  private static Value texts(String list) {
    return new Value.Seq(
        Arrays.stream(list.split(",", -1)).map(part -> (Value) Value.text(part)).toList());
  }
}
