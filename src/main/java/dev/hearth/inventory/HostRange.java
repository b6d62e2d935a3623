package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands ranges in host names: {@code web[01:10:3]} is web01, web04, web07, web10; {@code
 * db-[a:c]} is db-a, db-b, db-c. Both ends belong to the range; leading zeros pad and ask for ends
 * of the same length; several ranges multiply.
 */
final class HostRange {

  private static final Pattern RANGE =
      Pattern.compile("\\[([^\\[\\]:]*):([^\\[\\]:]*)(?::([^\\[\\]:]*))?]");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int MOST = 100_000;

  private HostRange() {}

  /** The names that a name with ranges stands for; the name itself when it has none. */
  static List<String> expand(String name, Location at) {
    Matcher range = RANGE.matcher(name);
    if (!range.find()) {
      if (name.contains("[") || name.contains("]")) {
        throw wrong(
            at, "'" + name + "' has a bracket that is no range", "write it like web[01:20]");
      }
      return List.of(name);
    }
    String before = name.substring(0, range.start());
    if (before.contains("[") || before.contains("]")) {
      throw wrong(at, "'" + name + "' has a bracket that is no range", "write it like web[01:20]");
    }
    List<String> rest = expand(name.substring(range.end()), at);
    List<String> all = new ArrayList<>();
    for (String member :
        members(range.group(1), range.group(2), range.group(3) == null ? "" : range.group(3), at)) {
      if (all.size() + rest.size() > MOST) {
        throw wrong(at, "the range has more than " + MOST + " hosts", "write a smaller range");
      }
      rest.forEach(tail -> all.add(before + member + tail));
    }
    return all;
  }

  private static List<String> members(String first, String last, String step, Location at) {
    if (last.isEmpty()) {
      throw wrong(at, "the range has no end", "write it like [01:20]");
    }
    int by = step.isEmpty() ? 1 : number(step, at);
    if (by < 1) {
      throw wrong(at, "the step of a range must be at least 1", "write it like [01:20:2]");
    }
    boolean letters =
        last.length() == 1
            && LETTERS.contains(last)
            && first.length() == 1
            && LETTERS.contains(first);
    return letters ? letters(first, last, by, at) : numbers(first, last, by, at);
  }

  private static List<String> letters(String first, String last, int by, Location at) {
    int from = LETTERS.indexOf(first);
    int to = LETTERS.indexOf(last);
    if (from > to) {
      throw wrong(at, "the range begins behind its end", "write the smaller letter first");
    }
    List<String> members = new ArrayList<>();
    for (int i = from; i <= to; i += by) {
      members.add(Character.toString(LETTERS.charAt(i)));
    }
    return members;
  }

  private static List<String> numbers(String first, String last, int by, Location at) {
    String begin = first.isEmpty() ? "0" : first;
    int from = number(begin, at);
    int to = number(last, at);
    if (from > to) {
      throw wrong(at, "the range begins behind its end", "write the smaller number first");
    }
    boolean padded = begin.length() > 1 && begin.startsWith("0");
    if (padded && begin.length() != last.length()) {
      throw wrong(
          at,
          "the ends of a range with leading zeros must have the same length",
          "write it like [01:20]");
    }
    List<String> members = new ArrayList<>();
    for (long i = from; i <= to && members.size() <= MOST; i += by) {
      members.add(padded ? String.format("%0" + begin.length() + "d", i) : Long.toString(i));
    }
    return members;
  }

  private static int number(String digits, Location at) {
    try {
      int number = Integer.parseInt(digits);
      if (number >= 0) {
        return number;
      }
      throw wrong(at, "a range cannot have '" + digits + "'", "count upwards from 0 or more");
    } catch (NumberFormatException notANumber) {
      throw wrong(
          at,
          "'" + digits + "' is no end of a range",
          "use numbers, or single letters on both sides");
    }
  }

  private static HearthException wrong(Location at, String summary, String next) {
    return Diagnostic.error(at, summary).next(next).failure();
  }
}
