package dev.hearth.galaxy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders the versions of roles, which follow no rules: numbers count as numbers. */
final class LooseVersions {

  private static final Pattern PART = Pattern.compile("\\d+|[^\\d.]+");

  private LooseVersions() {}

  /** Which of two versions is the newer. */
  static int compare(String left, String right) {
    List<String> one = parts(left);
    List<String> other = parts(right);
    for (int part = 0; part < Math.min(one.size(), other.size()); part++) {
      int order = parts(one.get(part), other.get(part));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  private static List<String> parts(String version) {
    // A "v" before the number says nothing.
    Matcher parts = PART.matcher(version.replaceFirst("^[vV](?=\\d)", ""));
    List<String> found = new ArrayList<>();
    while (parts.find()) {
      found.add(parts.group());
    }
    return found;
  }

  private static int parts(String left, String right) {
    boolean leftNumber = Character.isDigit(left.charAt(0));
    boolean rightNumber = Character.isDigit(right.charAt(0));
    if (leftNumber && rightNumber) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return leftNumber == rightNumber
        ? left.compareTo(right)
        : Boolean.compare(leftNumber, rightNumber);
  }
}
