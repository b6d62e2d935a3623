package dev.hearth.journal;

import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** Entries as JSON objects with sorted keys. */
final class Codec {

  private Codec() {}

  static String write(Entry entry) {
    Map<String, Value> fields = new LinkedHashMap<>();
    switch (entry) {
      case Entry.Header header -> header(header, fields);
      case Entry.Intended intended -> intended(intended, fields);
      case Entry.Kept kept -> {
        fields.put("kind", Value.text("kept"));
        step(kept.step(), kept.run(), fields);
        fields.put("place", Value.text(kept.place()));
        fields.put("before", texts(kept.before()));
      }
      case Entry.Ended ended -> {
        fields.put("kind", Value.text("ended"));
        step(ended.step(), ended.run(), fields);
        ended.exit().ifPresent(exit -> fields.put("exit", Value.number(exit)));
        fields.put("how", Value.text(ended.how()));
        fields.put("after", texts(ended.after()));
        fields.put("appeared", texts(ended.appeared()));
      }
      case Entry.Done done -> {
        fields.put("kind", Value.text("done"));
        fields.put("at", Value.text(done.at()));
        fields.put("count", Value.number(done.count()));
        fields.put("result", Value.text(done.result()));
      }
      case Entry.Undone undone -> {
        fields.put("kind", Value.text("undone"));
        step(undone.step(), undone.run(), fields);
        fields.put("how", Value.text(undone.how()));
        fields.put("why", Value.text(undone.why()));
      }
      case Entry.End end -> {
        fields.put("kind", Value.text("end"));
        fields.put("exit", Value.number(end.exit()));
        fields.put("at", Value.text(end.at()));
      }
    }
    return Json.write(Value.Dict.ofTexts(fields), Json.Style.PLAIN.sort());
  }

  private static void step(int step, String run, Map<String, Value> fields) {
    fields.put("step", Value.number(step));
    fields.put("run", Value.text(run));
  }

  private static void header(Entry.Header header, Map<String, Value> fields) {
    fields.put("kind", Value.text("header"));
    fields.put("format", Value.number(header.format()));
    fields.put("content", Value.text(header.content()));
    fields.put("run", Value.text(header.run()));
    fields.put("host", Value.text(header.host()));
    fields.put("tool", Value.text(header.tool()));
    fields.put("ancestors", texts(header.ancestors()));
    Map<String, Value> details = new LinkedHashMap<>();
    header.details().forEach((name, values) -> details.put(name, texts(values)));
    fields.put("details", Value.Dict.ofTexts(details));
  }

  private static void intended(Entry.Intended intended, Map<String, Value> fields) {
    fields.put("kind", Value.text("intended"));
    step(intended.step(), intended.run(), fields);
    fields.put("task", Value.text(intended.task()));
    fields.put("at", Value.text(intended.at()));
    fields.put("what", Value.text(intended.what()));
    fields.put("digest", Value.text(intended.digest()));
    fields.put("user", Value.text(intended.user()));
    fields.put(
        "undo",
        new Value.Seq(
            intended.undo().stream()
                .<Value>map(
                    part ->
                        Value.Dict.ofTexts(
                            Map.of(
                                part.kind().name().toLowerCase(Locale.ROOT),
                                Value.text(part.text()))))
                .toList()));
  }

  private static Value texts(List<String> texts) {
    return new Value.Seq(texts.stream().<Value>map(Value::text).toList());
  }

  /**
   * The entry that a JSON object stands for.
   *
   * @throws IllegalArgumentException when it is none of this format
   */
  static Entry read(String json) {
    if (!(JsonReader.read(json) instanceof Value.Dict dict)) {
      throw new IllegalArgumentException("it is not an object");
    }
    Fields fields = new Fields(dict);
    String kind = fields.text("kind");
    return switch (kind) {
      case "header" ->
          new Entry.Header(
              fields.number("format"),
              fields.text("content"),
              fields.text("run"),
              fields.text("host"),
              fields.text("tool"),
              fields.details(),
              fields.texts("ancestors"));
      case "intended" ->
          new Entry.Intended(
              fields.number("step"),
              fields.text("run"),
              fields.text("task"),
              fields.text("at"),
              fields.text("what"),
              fields.text("digest"),
              fields.text("user"),
              fields.parts());
      case "kept" ->
          new Entry.Kept(
              fields.number("step"),
              fields.text("run"),
              fields.text("place"),
              fields.texts("before"));
      case "ended" ->
          new Entry.Ended(
              fields.number("step"),
              fields.text("run"),
              fields.has("exit") ? OptionalInt.of(fields.number("exit")) : OptionalInt.empty(),
              fields.text("how"),
              fields.texts("after"),
              fields.texts("appeared"));
      case "done" ->
          new Entry.Done(fields.text("at"), fields.number("count"), fields.text("result"));
      case "undone" ->
          new Entry.Undone(
              fields.number("step"), fields.text("run"), fields.text("how"), fields.text("why"));
      case "end" -> new Entry.End(fields.number("exit"), fields.text("at"));
      default -> throw new IllegalArgumentException("unknown kind '" + kind + "'");
    };
  }

  /** A JSON object's values by name. */
  private record Fields(Value.Dict dict) {

    boolean has(String name) {
      return dict.entries().containsKey(Value.text(name));
    }

    private Value get(String name) {
      Value value = dict.entries().get(Value.text(name));
      if (value == null) {
        throw new IllegalArgumentException("'" + name + "' is missing");
      }
      return value;
    }

    String text(String name) {
      return textOf(get(name), name);
    }

    private static String textOf(Value value, String name) {
      if (value instanceof Value.Text text) {
        return text.value();
      }
      throw new IllegalArgumentException("'" + name + "' is not a text");
    }

    int number(String name) {
      if (get(name) instanceof Value.Int number) {
        try {
          return number.value().intValueExact();
        } catch (ArithmeticException large) {
          throw new IllegalArgumentException("'" + name + "' is too large", large);
        }
      }
      throw new IllegalArgumentException("'" + name + "' is not a number");
    }

    private List<Value> list(String name) {
      if (get(name) instanceof Value.Seq list) {
        return list.items();
      }
      throw new IllegalArgumentException("'" + name + "' is not a list");
    }

    List<String> texts(String name) {
      return list(name).stream().map(item -> textOf(item, name)).toList();
    }

    Map<String, List<String>> details() {
      if (!(get("details") instanceof Value.Dict inner)) {
        throw new IllegalArgumentException("'details' is not an object");
      }
      Map<String, List<String>> details = new LinkedHashMap<>();
      Fields fields = new Fields(inner);
      inner.entries().keySet().stream()
          .map(name -> textOf(name, "details"))
          .forEach(name -> details.put(name, fields.texts(name)));
      return details;
    }

    List<Entry.Part> parts() {
      return list("undo").stream().map(Fields::part).toList();
    }

    private static Entry.Part part(Value value) {
      if (value instanceof Value.Dict part && part.entries().size() == 1) {
        Map.Entry<Value, Value> only = part.entries().entrySet().iterator().next();
        String kind = textOf(only.getKey(), "undo");
        return new Entry.Part(
            Entry.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
            textOf(Objects.requireNonNull(only.getValue()), kind));
      }
      throw new IllegalArgumentException("'undo' has something else than parts");
    }
  }
}
