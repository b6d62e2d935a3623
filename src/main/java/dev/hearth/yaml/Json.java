package dev.hearth.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Python's {@code json} module reads and writes it: {@code ", "} and {@code ": "} between
 * items, whole numbers of any size, {@code NaN} and {@code Infinity}.
 */
public final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private Json() {}

  /**
   * How to write.
   *
   * @param sorted whether keys come in alphabetical order
   * @param indent blanks for each level; 0 for everything on one line
   * @param ascii whether other characters are written as escapes
   * @param reveal whether secrets are written; otherwise each is {@code "***"}
   */
  public record Style(boolean sorted, int indent, boolean ascii, boolean reveal) {

    /** One line, keys in their own order, all characters as they are, no secret shown. */
    public static final Style PLAIN = new Style(false, 0, false, false);

    /** The same with sorted keys. */
    public Style sort() {
      return new Style(true, indent, ascii, reveal);
    }

    /** The same on several lines. */
    public Style indent(int blanks) {
      return new Style(sorted, blanks, ascii, reveal);
    }

    /** The same with escapes for everything that is not ASCII. */
    public Style escaped() {
      return new Style(sorted, indent, true, reveal);
    }

    /** The same with the secrets; only for text that stays a secret. */
    public Style revealing() {
      return new Style(sorted, indent, ascii, true);
    }
  }

  /** One line, no secret shown. */
  public static String write(Value value) {
    return write(value, Style.PLAIN);
  }

  /**
   * The value as JSON.
   *
   * @throws IllegalArgumentException for what is no data: undefined, dynamic and omitted values,
   *     and vaulted ones when secrets are to be shown
   */
  public static String write(Value value, Style style) {
    return new JsonWriter(style).write(value);
  }

  /**
   * The value that a JSON text stands for; of two equal keys the last one counts. Strings are data,
   * never templates; those of a secret source are secrets.
   *
   * @throws HearthException with the place when it is not JSON
   */
  public static Value read(Source source) {
    try (JsonParser parser = FACTORY.createParser(source.text())) {
      parser.nextToken();
      Value value = value(parser, source);
      if (parser.nextToken() != null) {
        throw refusal(source, parser.currentTokenLocation(), "something follows the JSON value");
      }
      return value;
    } catch (JsonProcessingException failure) {
      String why = source.secret() ? "it cannot be parsed" : failure.getOriginalMessage();
      throw refusal(source, failure.getLocation(), why);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The same for a text that no file holds. */
  public static Value read(String text) {
    return read(Source.of("JSON", text));
  }

  private static HearthException refusal(
      Source source, @Nullable JsonLocation location, String why) {
    Location at =
        location == null || location.getLineNr() < 1
            ? Location.startOf(source)
            : new Location(source, location.getLineNr(), Math.max(1, location.getColumnNr()));
    return Diagnostic.error(at, "this is not valid JSON")
        .because(String.valueOf(why))
        .next("correct the JSON")
        .failure();
  }

  private static Value value(JsonParser parser, Source source) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw refusal(source, parser.currentLocation(), "there is no value");
    }
    return switch (token) {
      case START_OBJECT -> object(parser, source);
      case START_ARRAY -> {
        List<Value> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser, source));
        }
        yield new Value.Seq(items);
      }
      case VALUE_STRING ->
          source.secret() ? new Value.Secret(parser.getText()) : Value.text(parser.getText());
      case VALUE_NUMBER_INT -> new Value.Int(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> new Value.Real(parser.getDoubleValue());
      case VALUE_TRUE -> Value.bool(true);
      case VALUE_FALSE -> Value.bool(false);
      case VALUE_NULL -> Value.NULL;
      default -> throw refusal(source, parser.currentTokenLocation(), "unexpected " + token);
    };
  }

  private static Value object(JsonParser parser, Source source) throws IOException {
    Map<Value, Value> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Value key = Value.text(parser.currentName());
      parser.nextToken();
      entries.put(key, value(parser, source));
    }
    return new Value.Dict(entries);
  }
}
