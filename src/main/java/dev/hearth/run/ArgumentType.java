package dev.hearth.run;

import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
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
  private static final Pattern SIZE =
      Pattern.compile("\\s*[0-9]*\\.?[0-9]+\\s*(?:([A-Za-z])([A-Za-z]*))?\\s*");

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

  /** Whether a value is one of the words for true or for false. */
  static boolean means(boolean wanted, Value value) {
    return (wanted ? TRUE : FALSE).contains(Printed.str(value).toLowerCase(Locale.ROOT));
  }

  /** The value as this type. */
  Value convert(Value value) throws Impossible {
    if (this == STR && value instanceof Value.Null) {
      return Value.text("");
    }
    return switch (this) {
      case STR, PATH -> value instanceof Value.Textual ? value : Value.text(Printed.str(value));
      case RAW -> value;
      case JSON, JSONARG ->
          switch (value) {
            case Value.Textual text -> text;
            case Value.Seq list -> Value.text(Json.write(list, Json.Style.PLAIN));
            case Value.Dict mapping -> Value.text(Json.write(mapping, Json.Style.PLAIN));
            default -> throw cannot(value, "a json string");
          };
      case LIST -> list(value);
      case DICT -> mapping(value);
      case BOOL -> bool(value);
      case INT -> whole(value);
      case FLOAT -> real(value);
      case BYTES, BITS -> {
        if (isSize(Printed.str(value))) {
          yield value;
        }
        throw cannot(value, this == BYTES ? "a Byte value" : "a Bit value");
      }
    };
  }

  /** A number with a unit: one letter, or what a byte or bit is called behind it. */
  private boolean isSize(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return false;
    }
    if (size.group(1) == null) {
      return true;
    }
    char small = this == BYTES ? 'B' : 'b';
    String word = this == BYTES ? "byte" : "bit";
    char unit = size.group(1).charAt(0);
    String rest = size.group(2);
    if ("YZEPTGMK".indexOf(Character.toUpperCase(unit)) >= 0) {
      return rest.isEmpty() || rest.equals(String.valueOf(small)) || named(rest, word);
    }
    return Character.toUpperCase(unit) == 'B' && (rest.isEmpty() || named(unit + rest, word));
  }

  private static boolean named(String text, String word) {
    return text.toLowerCase(Locale.ROOT).startsWith(word);
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
    if (!text.contains("=")) {
      throw new Impossible("dictionary requested, could not parse JSON or key=value");
    }
    Map<String, Value> pairs = new LinkedHashMap<>();
    for (String pair : fields(text)) {
      int sign = pair.indexOf('=');
      if (sign < 0) {
        throw new Impossible("unable to evaluate string in the \"key=value\" format as dictionary");
      }
      pairs.put(pair.substring(0, sign), Value.text(pair.substring(sign + 1)));
    }
    return Value.Dict.ofTexts(pairs);
  }

  /** What stands between commas and blanks outside of quotes, the quotes taken off. */
  private static List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '\\' && i + 1 < text.length()) {
        i++;
        field.append(text.charAt(i));
      } else if (quote == 0 && (next == '\'' || next == '"')) {
        quote = next;
      } else if (next == quote) {
        quote = 0;
      } else if (quote == 0 && (next == ',' || next == ' ')) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(next);
      }
    }
    fields.add(field.toString());
    fields.removeIf(String::isEmpty);
    return fields;
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
