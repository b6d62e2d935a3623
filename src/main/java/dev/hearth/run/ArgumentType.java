package dev.hearth.run;

import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The types of a role's arguments, and what each of them takes. */
enum ArgumentType {
  STR,
  LIST,
  DICT,
  BOOL,
  INT,
  FLOAT,
  PATH,
  RAW,
  JSONARG,
  JSON,
  BYTES,
  BITS;

  private static final Set<String> TRUE = Set.of("y", "yes", "on", "1", "true", "t", "1.0");
  private static final Set<String> FALSE = Set.of("n", "no", "off", "0", "false", "f", "0.0");
  private static final Pattern SIZE = Pattern.compile("(?i)\\s*[0-9.]+\\s*[a-z]*\\s*");
  private static final Pattern PAIR = Pattern.compile("[^=,\\s]+=[^,\\s]*");

  /** A value that cannot become one of a type. */
  static final class Impossible extends Exception {
    private static final long serialVersionUID = 1L;

    Impossible(String why) {
      super(why);
    }
  }

  /** The type of that name; any text for a name that is none. */
  static ArgumentType of(String name) throws Impossible {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new Impossible("there is no type '" + name + "'");
    }
  }

  /** What Python calls the type of a value. */
  static String nameOf(Value value) {
    return switch (value) {
      case Value.Bool bool -> "bool";
      case Value.Int whole -> "int";
      case Value.Real real -> "float";
      case Value.Seq list -> "list";
      case Value.Dict mapping -> "dict";
      case Value.Null nothing -> "NoneType";
      default -> "str";
    };
  }

  /** The value as this type. */
  Value convert(Value value) throws Impossible {
    return switch (this) {
      case STR, PATH -> value instanceof Value.Textual ? value : Value.text(Printed.str(value));
      case RAW -> value;
      case JSON, JSONARG ->
          value instanceof Value.Textual ? value : Value.text(Json.write(value, Json.Style.PLAIN));
      case LIST -> list(value);
      case DICT -> mapping(value);
      case BOOL -> bool(value);
      case INT -> whole(value);
      case FLOAT -> real(value);
      case BYTES, BITS -> {
        if (SIZE.matcher(Printed.str(value)).matches()) {
          yield value;
        }
        throw cannot(value, this == BYTES ? "a Byte value" : "a Bit value");
      }
    };
  }

  private static Value list(Value value) throws Impossible {
    return switch (value) {
      case Value.Seq list -> list;
      case Value.Textual text ->
          new Value.Seq(Stream.of(text.reveal().split(",", -1)).<Value>map(Value::text).toList());
      case Value.Int whole -> new Value.Seq(List.of(Value.text(Printed.str(whole))));
      case Value.Real real -> new Value.Seq(List.of(Value.text(Printed.str(real))));
      default -> throw cannot(value, "a list");
    };
  }

  private static Value mapping(Value value) throws Impossible {
    if (value instanceof Value.Dict) {
      return value;
    }
    if (!(value instanceof Value.Textual written)) {
      throw cannot(value, "a dict");
    }
    String text = written.reveal().strip();
    if (text.startsWith("{")) {
      try {
        return Json.read(text);
      } catch (IllegalArgumentException notJson) {
        throw new Impossible("unable to evaluate string as dictionary");
      }
    }
    Map<String, Value> pairs = new LinkedHashMap<>();
    for (String pair : text.split("[,\\s]+")) {
      if (!PAIR.matcher(pair).matches()) {
        throw new Impossible(
            text.contains("=")
                ? "unable to evaluate string in the \"key=value\" format as dictionary"
                : "dictionary requested, could not parse JSON or key=value");
      }
      int sign = pair.indexOf('=');
      pairs.put(pair.substring(0, sign), Value.text(pair.substring(sign + 1)));
    }
    return Value.Dict.ofTexts(pairs);
  }

  private static Value bool(Value value) throws Impossible {
    if (value instanceof Value.Bool) {
      return value;
    }
    if (!(value instanceof Value.Textual
        || value instanceof Value.Int
        || value instanceof Value.Real)) {
      throw cannot(value, "a bool");
    }
    String word = Printed.str(value).toLowerCase(Locale.ROOT).strip();
    if (TRUE.contains(word) || FALSE.contains(word)) {
      return Value.bool(TRUE.contains(word));
    }
    throw new Impossible(
        "The value "
            + Printed.repr(value)
            + " is not a valid boolean. Valid booleans include: 'y', 'yes', 'on', '1', 'true', 't',"
            + " 1, 'n', 'no', 'off', '0', 'false', 'f', 0");
  }

  private static Value whole(Value value) throws Impossible {
    if (value instanceof Value.Int || value instanceof Value.Bool) {
      return value;
    }
    try {
      return new Value.Int(
          new BigDecimal(Printed.str(value).strip().replace("_", "")).toBigIntegerExact());
    } catch (ArithmeticException | NumberFormatException notWhole) {
      throw new Impossible("\"" + Printed.repr(value) + "\" cannot be converted to an int");
    }
  }

  private static Value real(Value value) throws Impossible {
    try {
      return new Value.Real(Double.parseDouble(Printed.str(value).strip()));
    } catch (NumberFormatException notANumber) {
      throw cannot(value, "a float");
    }
  }

  private static Impossible cannot(Value value, String what) {
    return new Impossible("<class '" + nameOf(value) + "'> cannot be converted to " + what);
  }
}
