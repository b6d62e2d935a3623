package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code %} operator on texts. */
public final class PercentFormat {

  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "%(?:\\((?<key>[^)]*)\\))?(?<flags>[-+ #0]*)(?<width>\\d{1,4}|\\*)?(?:\\.(?<precision>\\d{1,4}|\\*)?)?"
              + "[hlL]?(?<type>[diouxXeEfFgGcrsa%])");

  private final List<Value> arguments;
  private final @Nullable Value mapping;
  private int next;

  private PercentFormat(Value arguments) {
    this.arguments = arguments instanceof Tuple tuple ? tuple.items() : List.of(arguments);
    this.mapping = Mappings.is(arguments) ? arguments : null;
  }

  /** The text with its directives replaced by the arguments: a tuple, a mapping or one value. */
  public static String format(String format, Value arguments) {
    return new PercentFormat(arguments).run(format);
  }

  private String run(String format) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int sign = format.indexOf('%'); sign >= 0; sign = format.indexOf('%', from)) {
      text.append(format, from, sign);
      Matcher directive = DIRECTIVE.matcher(format).region(sign, format.length());
      if (!directive.lookingAt()) {
        throw new PythonError(
            sign + 1 >= format.length()
                ? "incomplete format"
                : "unsupported format character '"
                    + format.charAt(format.length() > sign + 1 ? sign + 1 : sign)
                    + "' (index "
                    + (sign + 1)
                    + ")");
      }
      text.append(directive.group("type").equals("%") ? "%" : one(directive));
      from = directive.end();
    }
    if (mapping == null && next < arguments.size()) {
      throw new PythonError("not all arguments converted during string formatting");
    }
    return text.append(format.substring(from)).toString();
  }

  private Value take() {
    if (next >= arguments.size()) {
      throw new PythonError("not enough arguments for format string");
    }
    return arguments.get(next++);
  }

  private String one(Matcher directive) {
    int width = size(directive.group("width"));
    boolean exact =
        (directive.group().contains(".") && directive.group("key") == null)
            || directive.group("precision") != null;
    int precision = exact ? Math.max(size(directive.group("precision")), 0) : -1;
    String key = directive.group("key");
    Value value = key == null ? take() : keyed(key);
    String flags = directive.group("flags");
    char type = directive.group("type").charAt(0);
    String body = body(type, value, precision, flags.contains("#"));
    boolean numeric = "crsa".indexOf(type) < 0;
    String sign = "";
    if (numeric) {
      boolean negative = body.startsWith("-");
      sign = negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
      body = negative ? body.substring(1) : body;
    }
    int missing = Math.abs(width) - sign.length() - body.codePointCount(0, body.length());
    if (missing <= 0) {
      return sign + body;
    }
    if (flags.contains("-") || width < 0) {
      return sign + body + " ".repeat(missing);
    }
    boolean zeros = numeric && flags.contains("0");
    return zeros ? sign + "0".repeat(missing) + body : " ".repeat(missing) + sign + body;
  }

  private int size(@Nullable String written) {
    if (written == null) {
      return 0;
    }
    if (!written.equals("*")) {
      return Integer.parseInt(written);
    }
    BigInteger number = Numbers.whole(take());
    if (number == null || number.abs().bitLength() > 13) {
      throw new PythonError("* wants int");
    }
    return number.intValue();
  }

  private Value keyed(String key) {
    if (mapping == null) {
      throw new PythonError("format requires a mapping");
    }
    Value value = Mappings.get(mapping, Value.text(key));
    if (value == null) {
      throw new PythonError("the mapping has no key '" + key + "'");
    }
    return value;
  }

  private static String body(char type, Value value, int precision, boolean alternate) {
    return switch (type) {
      case 's', 'r', 'a' -> {
        String text = type == 's' ? Printed.str(value) : Printed.repr(value);
        yield precision >= 0 && text.codePointCount(0, text.length()) > precision
            ? text.substring(0, text.offsetByCodePoints(0, precision))
            : text;
      }
      case 'c' -> value instanceof Value.Textual text ? text.reveal() : character(value);
      case 'd', 'i', 'u' -> digits(whole(value, type, true), 10, precision, "");
      case 'o' -> digits(whole(value, type, false), 8, precision, alternate ? "0o" : "");
      case 'x' -> digits(whole(value, type, false), 16, precision, alternate ? "0x" : "");
      case 'X' ->
          digits(whole(value, type, false), 16, precision, alternate ? "0X" : "")
              .toUpperCase(java.util.Locale.ROOT);
      default -> {
        if (!Numbers.is(value)) {
          throw new PythonError("must be real number, not " + TypeName.of(value));
        }
        double number = Numbers.real(value);
        boolean negative = number < 0 || (number == 0 && 1 / number < 0);
        yield (negative ? "-" : "") + FormatSpec.real(Math.abs(number), type, precision, alternate);
      }
    };
  }

  private static String character(Value value) {
    BigInteger code = Numbers.whole(value);
    if (code == null || code.bitLength() > 31 || !Character.isValidCodePoint(code.intValue())) {
      throw new PythonError("the format of a character needs a number or a character");
    }
    return Character.toString(code.intValue());
  }

  private static String digits(BigInteger number, int radix, int precision, String prefix) {
    String digits = number.abs().toString(radix);
    String zeros = "0".repeat(Math.max(precision - digits.length(), 0));
    return (number.signum() < 0 ? "-" : "") + prefix + zeros + digits;
  }

  private static BigInteger whole(Value value, char type, boolean cut) {
    BigInteger whole = Numbers.whole(value);
    if (whole == null && cut && value instanceof Value.Real real) {
      return Numbers.truncate(real.value());
    }
    if (whole == null) {
      throw new PythonError(
          "%" + type + " format: a real number is required, not " + TypeName.of(value));
    }
    return whole;
  }
}
