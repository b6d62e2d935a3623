package dev.hearth.template.test;

import dev.hearth.template.python.PythonError;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders versions in the ways that the {@code version} test knows. */
final class Versions {

  private static final Pattern LOOSE = Pattern.compile("\\d+|[a-z]+|\\.");
  private static final Pattern STRICT =
      Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?(?:([ab])(\\d+))?");
  private static final Pattern SEMANTIC =
      Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
  private static final Pattern RELEASE =
      Pattern.compile(
          "v?(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\\d*))?"
              + "(?:[-_.]?post[-_.]?(\\d*))?(?:[-_.]?(dev)[-_.]?(\\d*))?(?:\\+[a-z0-9.]+)?",
          Pattern.CASE_INSENSITIVE);

  private Versions() {}

  static int compare(String left, String right, String type) {
    if (left.isEmpty() || right.isEmpty()) {
      throw new PythonError("needs a version that is not empty");
    }
    return switch (type) {
      case "loose" -> compareParts(loose(left), loose(right));
      case "strict" -> compareParts(strict(left), strict(right));
      case "semver", "semantic" -> compareParts(semantic(left), semantic(right));
      case "pep440" -> compareParts(release(left), release(right));
      default -> throw new PythonError("has the version types loose, strict, semver and pep440");
    };
  }

  private static List<Object> loose(String version) {
    List<Object> parts = new ArrayList<>();
    Matcher part = LOOSE.matcher(version);
    int from = 0;
    while (part.find()) {
      if (part.start() > from) {
        parts.add(version.substring(from, part.start()));
      }
      if (!part.group().equals(".")) {
        parts.add(piece(part.group()));
      }
      from = part.end();
    }
    if (from < version.length()) {
      parts.add(version.substring(from));
    }
    return parts;
  }

  private static Object piece(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    return digits ? new BigInteger(text) : text;
  }

  private static List<Object> strict(String version) {
    Matcher parts = STRICT.matcher(version);
    if (!parts.matches()) {
      throw new PythonError("needs a strict version such as 1.2.3, not '" + version + "'");
    }
    List<Object> all = numbers(parts.group(1), parts.group(2), parts.group(3));
    all.add(parts.group(4) == null ? "z" : parts.group(4));
    all.add(piece(parts.group(5) == null ? "0" : parts.group(5)));
    return all;
  }

  private static List<Object> numbers(@org.jspecify.annotations.Nullable String... digits) {
    List<Object> all = new ArrayList<>();
    for (String one : digits) {
      all.add(new BigInteger(one == null || one.isEmpty() ? "0" : one));
    }
    return all;
  }

  /** A pre-release comes before its release; in it numbers come before words. */
  private static List<Object> semantic(String version) {
    Matcher parts = SEMANTIC.matcher(version);
    if (!parts.matches()) {
      throw new PythonError("needs a semantic version such as 1.2.3, not '" + version + "'");
    }
    List<Object> all = numbers(parts.group(1), parts.group(2), parts.group(3));
    String before = parts.group(4);
    all.add(before == null ? BigInteger.ONE : BigInteger.ZERO);
    if (before != null) {
      for (String one : before.split("\\.")) {
        Object piece = piece(one);
        all.add(piece instanceof BigInteger ? BigInteger.ZERO : BigInteger.ONE);
        all.add(piece);
      }
    }
    return all;
  }

  private static List<Object> release(String version) {
    Matcher parts = RELEASE.matcher(version.strip());
    if (!parts.matches()) {
      throw new PythonError("needs a version of PEP 440, not '" + version + "'");
    }
    List<Object> all = numbers(parts.group(1));
    String plain = parts.group(2).replaceAll("(\\.0+)+$", "");
    List<Object> release = new ArrayList<>();
    for (String one : plain.split("\\.")) {
      release.add(new BigInteger(one));
    }
    while (release.size() < 8) {
      release.add(BigInteger.ZERO);
    }
    all.addAll(release);
    String stage = parts.group(3) == null ? "" : parts.group(3).toLowerCase(java.util.Locale.ROOT);
    boolean dev = parts.group(6) != null;
    boolean post = parts.group(5) != null;
    all.add(
        BigInteger.valueOf(
            switch (stage) {
              case "" -> dev && !post ? 0 : 4;
              case "a", "alpha" -> 1;
              case "b", "beta" -> 2;
              default -> 3;
            }));
    all.addAll(numbers(parts.group(4)));
    all.add(post ? BigInteger.ONE : BigInteger.ZERO);
    all.addAll(numbers(parts.group(5)));
    all.add(dev ? BigInteger.ZERO : BigInteger.ONE);
    all.addAll(numbers(parts.group(7)));
    return all;
  }

  private static int compareParts(List<Object> left, List<Object> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = comparePart(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int comparePart(Object left, Object right) {
    if (left instanceof BigInteger a && right instanceof BigInteger b) {
      return a.compareTo(b);
    }
    if (left instanceof String a && right instanceof String b) {
      return a.compareTo(b);
    }
    throw new PythonError("cannot order the part '" + left + "' and the part '" + right + "'");
  }
}
