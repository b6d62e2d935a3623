package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Reads numbers; a boolean counts as 0 or 1. */
public final class Numbers {

  private static final int LONGEST = 4300;

  private Numbers() {}

  /** Whether the value counts as a number. */
  public static boolean is(Value value) {
    return value instanceof Value.Int || value instanceof Value.Real || value instanceof Value.Bool;
  }

  /** The whole number that the value is, or null. */
  public static @Nullable BigInteger whole(Value value) {
    return switch (value) {
      case Value.Int number -> number.value();
      case Value.Bool bool -> bool.value() ? BigInteger.ONE : BigInteger.ZERO;
      default -> null;
    };
  }

  /** The number as floating point; only for values that {@link #is} accepts. */
  public static double real(Value value) {
    return switch (value) {
      case Value.Real real -> real.value();
      case Value.Int number -> number.value().doubleValue();
      case Value.Bool bool -> bool.value() ? 1 : 0;
      default -> throw new PythonError("a number is needed, not " + TypeName.of(value));
    };
  }

  static int compare(Value left, Value right) {
    BigInteger a = whole(left);
    BigInteger b = whole(right);
    if (a != null && b != null) {
      return a.compareTo(b);
    }
    double x = real(left);
    double y = real(right);
    if (Double.isInfinite(x) || Double.isInfinite(y) || Double.isNaN(x) || Double.isNaN(y)) {
      return Double.compare(x, y);
    }
    return exact(left).compareTo(exact(right));
  }

  private static BigDecimal exact(Value value) {
    BigInteger whole = whole(value);
    return whole != null ? new BigDecimal(whole) : new BigDecimal(real(value));
  }

  /** The whole number that a text stands for, with Python's rules, or null. */
  public static @Nullable BigInteger parseWhole(String text, int base) {
    String digits = text.strip().replaceAll("(?<=[0-9a-zA-Z])_(?=[0-9a-zA-Z])", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    int radix = base;
    if (digits.length() > 2 && digits.charAt(0) == '0') {
      int prefixed = prefix(digits.charAt(1));
      if (prefixed != 0 && (base == 0 || base == prefixed)) {
        radix = prefixed;
        digits = digits.substring(2);
      }
    }
    if (radix == 0) {
      radix = 10;
    }
    if (radix < 2 || radix > 36 || digits.isEmpty() || digits.length() > LONGEST) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), radix) < 0) {
        return null;
      }
    }
    BigInteger number = new BigInteger(digits, radix);
    return negative ? number.negate() : number;
  }

  private static int prefix(char letter) {
    return switch (Character.toLowerCase(letter)) {
      case 'x' -> 16;
      case 'o' -> 8;
      case 'b' -> 2;
      default -> 0;
    };
  }

  /** The floating-point number that a text stands for, or null. */
  public static @Nullable Double parseReal(String text) {
    String number = text.strip();
    if (number.matches(
        "[+-]?((\\d+(_\\d+)*)(\\.(\\d+(_\\d+)*)?)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+)?")) {
      return Double.valueOf(number.replace("_", ""));
    }
    return switch (number.toLowerCase(java.util.Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan", "+nan", "-nan" -> Double.NaN;
      default -> null;
    };
  }

  /** A floating-point number cut to its whole part. */
  public static BigInteger truncate(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new PythonError("cannot convert float " + FloatText.of(number) + " to integer");
    }
    return new BigDecimal(number).toBigInteger();
  }

  /** Python's {@code round}: to the even neighbour in the middle. */
  public static double round(double number, int digits) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return number;
    }
    return new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
  }
}
