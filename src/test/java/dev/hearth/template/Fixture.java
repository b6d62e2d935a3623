package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.standard.StandardLanguage;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A templar with fixed surroundings, and scopes made the way the YAML reader makes values. */
final class Fixture {

  static final Surroundings SURROUNDINGS =
      new Surroundings(
          Map.of("HEARTH_TEST", "from the environment", "PATH", "/usr/bin:/bin"),
          Path.of("/home/ann"),
          Path.of("/"),
          Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC),
          false,
          Set.of(),
          name -> Optional.empty(),
          secret -> {},
          warning -> {},
          new Random(1));

  private Fixture() {}

  static Templar templar() {
    return templar(SURROUNDINGS);
  }

  static Templar templar(Surroundings surroundings) {
    return new JinjaTemplar(
        StandardLanguage.with(Fixture::yaml, new TestCiphers()),
        vaulted -> new Value.Secret("opened " + vaulted.envelope()),
        surroundings);
  }

  /** Enough YAML for these tests: JSON, which is a part of it. */
  private static List<Value> yaml(String text) {
    try {
      return List.of(dev.hearth.value.JsonReader.read(text));
    } catch (IllegalArgumentException wrong) {
      throw Diagnostic.error(at(text), "this is no YAML of these tests").failure();
    }
  }

  static Location at(String text) {
    return Location.startOf(new Source("site.yml", text));
  }

  static Value template(String text) {
    return new Value.Template(text, at(text), false);
  }

  /** A value as the YAML reader makes it: texts with delimiters are templates. */
  static Value raw(Value value) {
    return switch (value) {
      case Value.Text text -> hasDelimiters(text) ? template(text.value()) : text;
      case Value.Seq seq -> new Value.Seq(seq.items().stream().map(Fixture::raw).toList());
      case Value.Dict dict -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        dict.entries().forEach((key, item) -> entries.put(key, raw(item)));
        yield new Value.Dict(entries);
      }
      default -> value;
    };
  }

  private static boolean hasDelimiters(Value.Text text) {
    return text.value().contains("{{") || text.value().contains("{%");
  }

  static Scope scope(Map<String, ? extends Value> variables) {
    return Scope.of(variables, SearchPath.NONE);
  }
}
