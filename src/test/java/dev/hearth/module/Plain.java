package dev.hearth.module;

import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between the plain objects that a YAML parser gives and ours, as golden cases need it. */
public final class Plain {

  private Plain() {}

  /** A value from plain objects; a mapping {@code {secret: text}} is a secret. */
  public static Value value(@Nullable Object plain) {
    return switch (plain) {
      case null -> Value.NULL;
      case Boolean bool -> Value.bool(bool);
      case Integer number -> Value.number(number);
      case Long number -> Value.number(number);
      case Double real -> new Value.Real(real);
      case String text -> Value.text(text);
      case List<?> list -> new Value.Seq(list.stream().map(Plain::value).toList());
      case Map<?, ?> map when map.keySet().equals(java.util.Set.of("secret")) ->
          new Value.Secret(String.valueOf(map.get("secret")));
      case Map<?, ?> map -> Value.Dict.ofTexts(values(map));
      default -> throw new IllegalArgumentException("no value: " + plain);
    };
  }

  /** The entries of a mapping. */
  public static Map<String, Value> values(@Nullable Object plain) {
    Map<String, Value> values = new LinkedHashMap<>();
    if (plain instanceof Map<?, ?> map) {
      map.forEach((key, item) -> values.put(String.valueOf(key), value(item)));
    }
    return values;
  }

  /** A value as plain objects; secrets are {@code ***}. */
  static @Nullable Object of(Value value) {
    return switch (value) {
      case Value.Null nothing -> null;
      case Value.Bool bool -> bool.value();
      case Value.Int number -> number.value().intValueExact();
      case Value.Real real -> real.value();
      case Value.Text text -> text.value();
      case Value.Secret secret -> secret.toString();
      case Value.Seq list -> {
        List<@Nullable Object> items = new ArrayList<>();
        list.items().forEach(item -> items.add(of(item)));
        yield items;
      }
      case Value.Dict mapping -> {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, item) -> entries.put(String.valueOf(of(key)), of(item)));
        yield entries;
      }
      default -> throw new IllegalArgumentException("not plain: " + value);
    };
  }

  static @Nullable Object of(Result result) {
    return of(result.toValue());
  }

  static Object of(Diff diff) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    switch (diff) {
      case Diff.Texts texts -> {
        shown.put("before_header", texts.beforeHeader());
        shown.put("before", of(texts.before()));
        shown.put("after_header", texts.afterHeader());
        shown.put("after", of(texts.after()));
      }
      case Diff.Content content -> {
        shown.put("path", content.path());
        shown.put("before_fact", content.before().key());
        shown.put("after_header", content.afterHeader());
        shown.put("after", of(content.after()));
      }
      case Diff.Properties properties -> {
        if (!properties.header().isEmpty()) {
          shown.put("header", properties.header());
        }
        shown.put("before", of(Value.Dict.ofTexts(properties.before())));
        shown.put("after", of(Value.Dict.ofTexts(properties.after())));
      }
      case Diff.Removed removed -> {
        shown.put("path", removed.path());
        shown.put("below_fact", removed.below().key());
      }
      case Diff.Prepared prepared -> shown.put("text", prepared.text());
    }
    return shown;
  }

  static @Nullable Object of(Payload payload) {
    return switch (payload) {
      case Payload.Nothing nothing -> null;
      case Payload.Dialogue dialogue -> of(dialogue);
      case Payload.Inline inline -> of(inline.text());
      case Payload.Binary binary -> new String(binary.bytes(), StandardCharsets.ISO_8859_1);
      case Payload.LocalFile file -> "file " + file.file();
      case Payload.Joined joined -> joined.parts().size() + " parts, " + joined.length() + " bytes";
    };
  }

  private static Object of(Payload.Dialogue dialogue) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("patience", dialogue.patience().map(Object::toString).orElse("none"));
    for (Payload.Question question : dialogue.questions()) {
      List<@Nullable Object> answers = new ArrayList<>();
      question.answers().forEach(answer -> answers.add(of(answer)));
      shown.put((question.repeats() ? "always " : "next ") + question.pattern().pattern(), answers);
    }
    return shown;
  }
}
