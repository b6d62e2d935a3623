package dev.hearth.module.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Python package as it is asked for (PEP 508): a name, perhaps with a condition on its version.
 *
 * @param text as pip gets it
 * @param name its name in the form in which names are compared (PEP 503); empty for an address or a
 *     file
 * @param conditions on the version, such as {@code >=2.0}
 */
record PipRequirement(String text, String name, List<String> conditions) {

  private static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(\\[[^]]*])?\\s*([^;@]*?)\\s*(;.*)?");
  private static final Pattern CONDITION =
      Pattern.compile("(==|!=|>=|<=|~=|>|<)\\s*([0-9]+(?:\\.[0-9]+)*)(\\.\\*)?");

  /** Those that a list of names means: a list may have been split at the commas of conditions. */
  static List<PipRequirement> of(List<String> names, String version) {
    List<String> whole = new ArrayList<>();
    boolean brackets = false;
    for (String part : String.join(",", names).split(",")) {
      boolean continues = part.strip().matches("[=<>!~].*");
      if (!whole.isEmpty() && (continues || brackets)) {
        whole.add(whole.removeLast() + "," + part);
      } else {
        whole.add(part);
      }
      brackets = part.contains("[") ? !part.contains("]") : brackets && !part.contains("]");
    }
    List<PipRequirement> all = new ArrayList<>();
    for (String one : whole) {
      String text = one.strip();
      if (!version.isEmpty()) {
        text += Character.isDigit(version.strip().charAt(0)) ? "==" + version.strip() : version;
      }
      all.add(of(text));
    }
    return all;
  }

  private static PipRequirement of(String text) {
    Matcher matcher = FORM.matcher(text);
    boolean plain = matcher.matches() && !text.contains("/") && !text.contains("://");
    if (!plain) {
      return new PipRequirement(text, "", List.of());
    }
    String rest = matcher.group(3);
    List<String> conditions =
        rest.isEmpty() ? List.of() : List.of(rest.split(",")).stream().map(String::strip).toList();
    return new PipRequirement(text, normal(matcher.group(1)), conditions);
  }

  /** A name in the form in which names are compared. */
  static String normal(String name) {
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }

  /**
   * Whether one of these, by normal name, fulfils it for certain. With a condition that is not
   * understood it does not: pip then decides.
   */
  boolean fulfilled(Map<String, String> installed) {
    String version = installed.get(name);
    return !name.isEmpty()
        && version != null
        && conditions.stream().allMatch(condition -> holds(condition, version));
  }

  private static boolean holds(String condition, String version) {
    Matcher matcher = CONDITION.matcher(condition);
    if (!matcher.matches() || !version.matches("[0-9]+(\\.[0-9]+)*")) {
      return condition.equals("==" + version);
    }
    List<Integer> wanted = numbers(matcher.group(2));
    List<Integer> now = numbers(version);
    boolean prefix = matcher.group(3) != null;
    int compared = compare(prefix ? first(now, wanted.size()) : now, wanted);
    return switch (matcher.group(1)) {
      case "==" -> compared == 0;
      case "!=" -> compared != 0;
      case ">=" -> compared >= 0;
      case "<=" -> compared <= 0;
      case ">" -> compared > 0;
      case "<" -> compared < 0;
      default ->
          wanted.size() > 1
              && compared >= 0
              && compare(first(now, wanted.size() - 1), wanted.subList(0, wanted.size() - 1)) == 0;
    };
  }

  private static List<Integer> numbers(String version) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : version.split("\\.")) {
      numbers.add(part.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(part));
    }
    return numbers;
  }

  private static List<Integer> first(List<Integer> numbers, int count) {
    return numbers.subList(0, Math.min(count, numbers.size()));
  }

  private static int compare(List<Integer> left, List<Integer> right) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order =
          Integer.compare(i < left.size() ? left.get(i) : 0, i < right.size() ? right.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
