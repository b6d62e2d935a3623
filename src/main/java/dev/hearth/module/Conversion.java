package dev.hearth.module;

import dev.hearth.value.Value;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns values into the types that arguments have, as lenient as Ansible's argument specs: texts
 * become numbers and booleans, a text becomes a list at its commas, a mapping given as text becomes
 * JSON.
 */
final class Conversion {

  private static final Set<String> YES = Set.of("yes", "on", "1", "true", "t", "y");
  private static final Set<String> NO = Set.of("no", "off", "0", "false", "f", "n");

  private Conversion() {}

  /** The value as an instance of the type. */
  static Object convert(Type type, Value value) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, value);
    }
    Class<?> raw = Parameter.rawType(type);
    if (raw == Value.class) {
      return value;
    } else if (raw == String.class) {
      return text(value).reveal();
    } else if (raw == Value.Textual.class) {
      return textOrJson(value);
    } else if (raw == boolean.class || raw == Boolean.class) {
      return bool(value);
    } else if (raw == int.class || raw == Integer.class) {
      return (int) number(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (raw == long.class || raw == Long.class) {
      return number(value, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (raw == double.class || raw == Double.class) {
      return real(value);
    } else if (raw == FileMode.class) {
      return mode(value);
    } else if (raw.isEnum()) {
      return constant(raw, text(value).reveal());
    }
    throw new IllegalArgumentException("arguments cannot have the type " + type);
  }

  private static Object generic(ParameterizedType type, Value value) {
    Class<?> raw = Parameter.rawType(type);
    Type[] of = type.getActualTypeArguments();
    if (raw == Optional.class) {
      return Optional.of(convert(of[0], value));
    } else if (raw == List.class) {
      List<Object> items = new ArrayList<>();
      items(value).forEach(item -> items.add(convert(of[0], item)));
      return List.copyOf(items);
    } else if (raw == Map.class) {
      Map<String, Object> entries = new LinkedHashMap<>();
      entries(value).forEach((key, item) -> entries.put(key, convert(of[1], item)));
      return java.util.Collections.unmodifiableMap(entries);
    }
    throw new IllegalArgumentException("arguments cannot have the type " + type);
  }

  /** A scalar as text, as Python's {@code str} shows it. */
  static Value.Textual text(Value value) {
    return switch (value) {
      case Value.Textual text -> text;
      case Value.Bool bool -> Value.text(bool.value() ? "True" : "False");
      case Value.Int number -> Value.text(number.value().toString());
      case Value.Real real -> Value.text(PythonJson.number(real.value()));
      default -> throw new Mismatch("text", "write a plain or quoted text");
    };
  }

  private static Value.Textual textOrJson(Value value) {
    return switch (value) {
      case Value.Seq list -> PythonJson.write(list);
      case Value.Dict mapping -> PythonJson.write(mapping);
      default -> text(value);
    };
  }

  static boolean bool(Value value) {
    if (value instanceof Value.Bool bool) {
      return bool.value();
    }
    if (value instanceof Value.Real real) {
      value = Value.text(PythonJson.number(real.value()).replaceFirst("\\.0$", ""));
    }
    if (value instanceof Value.Textual || value instanceof Value.Int) {
      String word = text(value).reveal().strip().toLowerCase(Locale.ROOT);
      if (YES.contains(word)) {
        return true;
      } else if (NO.contains(word)) {
        return false;
      }
    }
    throw new Mismatch("true or false", "write true or false");
  }

  private static long number(Value value, long least, long most) {
    BigInteger number =
        switch (value) {
          case Value.Int given -> given.value();
          case Value.Real real when real.value() == Math.rint(real.value()) ->
              BigInteger.valueOf((long) real.value());
          case Value.Textual text -> parsed(text.reveal().strip());
          default -> throw new Mismatch("a whole number", "write digits");
        };
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new Mismatch("a whole number between " + least + " and " + most, "write a smaller one");
    }
    return number.longValue();
  }

  private static BigInteger parsed(String digits) {
    if (!digits.matches("[+-]?[0-9]{1,40}")) {
      throw new Mismatch("a whole number", "write digits");
    }
    return new BigInteger(digits);
  }

  private static double real(Value value) {
    try {
      return switch (value) {
        case Value.Int number -> number.value().doubleValue();
        case Value.Real real -> real.value();
        case Value.Textual text -> Double.parseDouble(text.reveal().strip());
        default -> throw new Mismatch("a number", "write digits");
      };
    } catch (NumberFormatException notOne) {
      throw new Mismatch("a number", "write digits, such as 0.5");
    }
  }

  /**
   * A mode. YAML reads {@code 0644} as the number 420, so a number is written back in octal. A
   * number such as 644, written without the leading zero, would set 01204: that is always a slip.
   */
  private static FileMode mode(Value value) {
    if (value instanceof Value.Int number) {
      long mode = number(number, 0, 07777);
      String decimal = Long.toString(mode);
      if (mode > 511 && decimal.matches("[0-7]{3}")) {
        throw new Mismatch(
            "a mode in octal: the number "
                + decimal
                + " would set 0"
                + Long.toOctalString(mode)
                + ", because it has no leading zero",
            "write mode: '0" + decimal + "'");
      }
      return new FileMode(String.format(Locale.ROOT, "%04o", mode));
    }
    String text = text(value).reveal().strip();
    if (!FileMode.understands(text)) {
      throw new Mismatch("a file mode", "write '0644', u=rw,g=r,o=r or preserve");
    }
    return new FileMode(text);
  }

  private static List<Value> items(Value value) {
    if (value instanceof Value.Seq list) {
      return list.items();
    } else if (value instanceof Value.Textual text) {
      List<Value> parts = new ArrayList<>();
      for (String part : text.reveal().split(",", -1)) {
        parts.add(text.with(part.strip()));
      }
      return text.reveal().isEmpty() ? List.of() : parts;
    } else if (value instanceof Value.Int || value instanceof Value.Real) {
      return List.of(value);
    }
    throw new Mismatch("a list", "write each item on a line of its own that begins with '- '");
  }

  private static Map<String, Value> entries(Value value) {
    Map<String, Value> entries = new LinkedHashMap<>();
    if (value instanceof Value.Dict mapping) {
      mapping.entries().forEach((key, item) -> entries.put(text(key).reveal(), item));
      return entries;
    }
    if (value instanceof Value.Textual text && text.reveal().matches("(?s)\\s*[^={}\\s]+=.*")) {
      for (String pair : text.reveal().strip().split("[,\\s]+")) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new Mismatch("a mapping", "write key: value, each on a line of its own");
        }
        entries.put(pair.substring(0, equals), text.with(pair.substring(equals + 1)));
      }
      return entries;
    }
    throw new Mismatch("a mapping", "write key: value, each on a line of its own");
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw new Mismatch("one of its choices", "");
  }

  /**
   * The choice that a value means. A boolean stands for the one choice that reads as it, because
   * YAML turns an unquoted {@code yes} into true before anybody asks.
   */
  static Value choice(Value value, List<String> choices) {
    if (value instanceof Value.Bool bool) {
      Set<String> same = bool.value() ? YES : NO;
      List<String> meant = choices.stream().filter(same::contains).toList();
      if (!meant.isEmpty()) {
        return Value.text(meant.getFirst());
      }
    }
    return value;
  }
}
