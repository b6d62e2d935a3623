package dev.hearth.yaml;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns nodes into values of the language. */
public final class Values {

  private Values() {}

  /**
   * The node as a value. Text with template delimiters becomes a template unless it is marked
   * {@code !unsafe}. Texts of a source that was decrypted are secrets.
   */
  public static Value of(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> ofScalar(scalar);
      case Node.Sequence sequence -> {
        List<Value> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(of(item)));
        yield new Value.Seq(items);
      }
      case Node.Mapping mapping -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key(key), of(value)));
        yield new Value.Dict(entries);
      }
    };
  }

  /** The same with the place of its first character. */
  public static Located located(Node node) {
    return new Located(of(node), node instanceof Node.Scalar scalar ? scalar.textAt() : node.at());
  }

  /** A key of a mapping: never a template and never a secret. */
  static Value key(Node.Scalar key) {
    return key.type() == Node.Type.TEXT ? Value.text(key.text()) : ofScalar(key);
  }

  /** Whether a text is more than itself to the template engine. */
  public static boolean hasDelimiters(String text) {
    return text.contains("{{") || text.contains("{%") || text.contains("{#");
  }

  /**
   * What the user wrote: a template when it has delimiters, otherwise trusted text.
   *
   * @param secret whether it comes from an encrypted file
   */
  public static Value written(String text, Location at, boolean secret) {
    if (hasDelimiters(text)) {
      return new Value.Template(text, at, secret);
    }
    return secret ? new Value.Secret(text, true) : Value.written(text);
  }

  private static Value ofScalar(Node.Scalar scalar) {
    boolean secret = scalar.at().source().secret();
    return switch (scalar.type()) {
      case NULL -> Value.NULL;
      case BOOL -> Scalars.bool(scalar.text());
      case INT -> Scalars.integer(scalar.text());
      case REAL -> Scalars.real(scalar.text());
      case VAULT -> new Value.Vaulted(scalar.text(), scalar.textAt());
      case TEXT -> {
        if (scalar.unsafe()) {
          yield secret ? new Value.Secret(scalar.text()) : Value.text(scalar.text());
        }
        yield written(scalar.text(), scalar.textAt(), secret);
      }
    };
  }
}
