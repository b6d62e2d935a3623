package dev.hearth.yaml;

import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an unquoted scalar stands for: YAML 1.1 as PyYAML reads it for Ansible. A number with an
 * exponent needs a point ({@code 1e3} is a text) and dates stay texts.
 */
final class Scalars {

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUES =
      Set.of("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSES =
      Set.of("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Pattern INT =
      Pattern.compile(
          "[-+]?0b[0-1_]*[0-1][0-1_]*"
              + "|[-+]?0[0-7_]+"
              + "|[-+]?(?:0|[1-9][0-9_]*)"
              + "|[-+]?0x[0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*"
              + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
  private static final Pattern REAL =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)"
              + "|\\.(?:nan|NaN|NAN)");

  private Scalars() {}

  static Node.Type typeOfPlain(String text) {
    if (NULLS.contains(text)) {
      return Node.Type.NULL;
    }
    if (TRUES.contains(text) || FALSES.contains(text)) {
      return Node.Type.BOOL;
    }
    if (INT.matcher(text).matches()) {
      return Node.Type.INT;
    }
    return REAL.matcher(text).matches() ? Node.Type.REAL : Node.Type.TEXT;
  }

  static Value bool(String text) {
    return Value.bool(TRUES.contains(text));
  }

  static Value integer(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    BigInteger magnitude = magnitude(digits);
    return new Value.Int(negative ? magnitude.negate() : magnitude);
  }

  private static BigInteger magnitude(String digits) {
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    }
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    }
    if (digits.contains(":")) {
      BigInteger sum = BigInteger.ZERO;
      for (String part : digits.split(":")) {
        sum = sum.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
      }
      return sum;
    }
    return digits.startsWith("0") ? new BigInteger(digits, 8) : new BigInteger(digits);
  }

  static Value real(String text) {
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    double magnitude = realMagnitude(digits);
    return new Value.Real(negative ? -magnitude : magnitude);
  }

  private static double realMagnitude(String digits) {
    if (digits.equals(".inf")) {
      return Double.POSITIVE_INFINITY;
    }
    if (digits.equals(".nan")) {
      return Double.NaN;
    }
    double sum = 0;
    for (String part : digits.split(":")) {
      sum = sum * 60 + Double.parseDouble(part);
    }
    return sum;
  }
}
