package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's format mini-language: what stands behind the colon in {@code '{:>8.2f}'}. */
record FormatSpec(
    String fill,
    char align,
    char sign,
    boolean alternate,
    int width,
    String grouping,
    int precision,
    char type) {

  private static final int WIDEST = 10_000;
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alt>#)?(?<zero>0)?(?<width>\\d{1,6})?"
              + "(?<group>[,_])?(?:\\.(?<precision>\\d{1,6}))?(?<type>[a-zA-Z%])?",
          Pattern.DOTALL);

  static FormatSpec parse(String text) {
    Matcher parts = GRAMMAR.matcher(text);
    if (!parts.matches()) {
      throw new PythonError("invalid format specifier '" + text + "'");
    }
    boolean zero = parts.group("zero") != null;
    String fill = parts.group("fill");
    String align = parts.group("align");
    return new FormatSpec(
        fill != null ? fill : zero ? "0" : " ",
        align != null ? align.charAt(0) : zero ? '=' : ' ',
        parts.group("sign") != null ? parts.group("sign").charAt(0) : '-',
        parts.group("alt") != null,
        number(parts.group("width"), 0),
        parts.group("group") == null ? "" : parts.group("group"),
        number(parts.group("precision"), -1),
        parts.group("type") != null ? parts.group("type").charAt(0) : ' ');
  }

  private static int number(@org.jspecify.annotations.Nullable String digits, int otherwise) {
    int number = digits == null ? otherwise : Integer.parseInt(digits);
    if (number > WIDEST) {
      throw new PythonError("the width or precision is too large");
    }
    return number;
  }

  String format(Value value) {
    BigInteger whole = Numbers.whole(value);
    if (value instanceof Value.Real || (whole != null && "eEfFgG%".indexOf(type) >= 0)) {
      return signed(Numbers.real(value));
    }
    if (whole != null && !((value instanceof Value.Bool && type == ' ') || type == 's')) {
      return signed(whole);
    }
    if (type != ' ' && type != 's') {
      throw new PythonError(
          "unknown format code '" + type + "' for an object of type '" + TypeName.of(value) + "'");
    }
    String text = Printed.str(value);
    if (precision >= 0 && text.codePointCount(0, text.length()) > precision) {
      text = text.substring(0, text.offsetByCodePoints(0, precision));
    }
    return pad("", text, align == ' ' || align == '=' ? '<' : align);
  }

  private String signed(BigInteger number) {
    String digits =
        switch (type) {
          case 'b' -> number.abs().toString(2);
          case 'o' -> number.abs().toString(8);
          case 'x' -> number.abs().toString(16);
          case 'X' -> number.abs().toString(16).toUpperCase(Locale.ROOT);
          case 'c' -> Character.toString(number.intValueExact());
          case 'd', 'n', ' ' -> number.abs().toString();
          default -> throw new PythonError("unknown format code '" + type + "' for type 'int'");
        };
    String prefix = alternate && "boxX".indexOf(type) >= 0 ? "0" + type : "";
    return pad(sign(number.signum() < 0) + prefix, grouped(digits), align == ' ' ? '>' : align);
  }

  private String signed(double number) {
    boolean negative = number < 0 || (number == 0 && 1 / number < 0);
    String digits = real(Math.abs(number), type, precision, alternate);
    if (!grouping.isEmpty()) {
      int dot = digits.indexOf('.');
      digits =
          dot < 0 ? grouped(digits) : grouped(digits.substring(0, dot)) + digits.substring(dot);
    }
    return pad(sign(negative), digits, align == ' ' ? '>' : align);
  }

  private String sign(boolean negative) {
    return negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
  }

  private String grouped(String digits) {
    return grouping.isEmpty() ? digits : digits.replaceAll("(?<=\\d)(?=(\\d{3})+$)", grouping);
  }

  private String pad(String prefix, String text, char where) {
    int missing = width - prefix.length() - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return prefix + text;
    }
    return switch (where) {
      case '<' -> prefix + text + fill.repeat(missing);
      case '=' -> prefix + fill.repeat(missing) + text;
      case '^' -> fill.repeat(missing / 2) + prefix + text + fill.repeat(missing - missing / 2);
      default -> fill.repeat(missing) + prefix + text;
    };
  }

  /** A number without its sign, in one of the notations e, f, g, % or Python's own. */
  static String real(double number, char type, int precision, boolean alternate) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return FloatText.of(number) + (type == '%' ? "%" : "");
    }
    int digits = precision < 0 ? 6 : precision;
    return switch (type) {
      case 'f', 'F' -> fixed(number, digits);
      case '%' -> fixed(number * 100, digits) + "%";
      case 'e' -> scientific(number, digits);
      case 'E' -> scientific(number, digits).toUpperCase(Locale.ROOT);
      case 'g', 'n' -> general(number, Math.max(digits, 1), alternate);
      case 'G' -> general(number, Math.max(digits, 1), alternate).toUpperCase(Locale.ROOT);
      case ' ' -> precision < 0 ? FloatText.of(number) : shortened(number, Math.max(digits, 1));
      default -> throw new PythonError("unknown format code '" + type + "' for type 'float'");
    };
  }

  private static String shortened(double number, int digits) {
    String text = general(number, digits, false);
    return text.contains(".") || text.contains("e") ? text : text + ".0";
  }

  private static String fixed(double number, int digits) {
    return new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String scientific(double number, int digits) {
    BigDecimal exact =
        new BigDecimal(number).round(new java.math.MathContext(digits + 1, RoundingMode.HALF_EVEN));
    int exponent = number == 0 ? 0 : exact.precision() - exact.scale() - 1;
    String plain =
        exact.scaleByPowerOfTen(-exponent).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    int power = Math.abs(exponent);
    return plain + (exponent < 0 ? "e-" : "e+") + (power < 10 ? "0" : "") + power;
  }

  private static String general(double number, int digits, boolean alternate) {
    String tried = scientific(number, digits - 1);
    int exponent = Integer.parseInt(tried.substring(tried.indexOf('e') + 1));
    boolean small = exponent >= -4 && exponent < digits;
    String mantissa =
        small ? fixed(number, digits - 1 - exponent) : tried.substring(0, tried.indexOf('e'));
    if (!alternate && mantissa.contains(".")) {
      mantissa = mantissa.replaceAll("\\.?0+$", "");
    }
    return small ? mantissa : mantissa + tried.substring(tried.indexOf('e'));
  }
}
