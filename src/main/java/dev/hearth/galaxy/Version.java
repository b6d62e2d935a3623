package dev.hearth.galaxy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version by the rules of Semantic Versioning 2.0.0, which collections follow.
 *
 * @param numbers major, minor and patch
 * @param before the parts of what makes it a pre-release; empty for a release
 * @param text as it was written
 */
record Version(List<Long> numbers, List<String> before, String text)
    implements Comparable<Version> {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

  Version {
    numbers = List.copyOf(numbers);
    before = List.copyOf(before);
  }

  /** The version that a text is; missing numbers are 0. Empty when it is none. */
  static Optional<Version> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String before = form.group(4);
    return Optional.of(
        new Version(
            List.of(number(form.group(1)), number(form.group(2)), number(form.group(3))),
            before == null ? List.of() : List.of(before.split("[.]")),
            text.strip()));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** Whether it is not yet a release. */
  boolean isPreRelease() {
    return !before.isEmpty();
  }

  @Override
  public int compareTo(Version other) {
    for (int part = 0; part < numbers.size(); part++) {
      int order = numbers.get(part).compareTo(other.numbers.get(part));
      if (order != 0) {
        return order;
      }
    }
    if (before.isEmpty() || other.before.isEmpty()) {
      return Boolean.compare(before.isEmpty(), other.before.isEmpty());
    }
    for (int part = 0; part < Math.min(before.size(), other.before.size()); part++) {
      int order = identifiers(before.get(part), other.before.get(part));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(before.size(), other.before.size());
  }

  /** Numbers come before words and count as numbers. */
  private static int identifiers(String left, String right) {
    boolean leftNumber = DIGITS.matcher(left).matches();
    boolean rightNumber = DIGITS.matcher(right).matches();
    if (leftNumber && rightNumber) {
      return Long.compare(Long.parseLong(left), Long.parseLong(right));
    }
    return leftNumber == rightNumber
        ? left.compareTo(right)
        : Boolean.compare(rightNumber, leftNumber);
  }

  /** Versions that are equal need not be written alike. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return numbers.hashCode() * 31 + before.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
