package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Splits and reads host patterns. */
final class PatternParser {

  private static final Pattern SUBSCRIPT =
      Pattern.compile("(.+)\\[(?:(-?[0-9]+)|([0-9]+)[:-]([0-9]*))]", Pattern.DOTALL);

  private static final Pattern BETWEEN_COLONS = Pattern.compile("(?:[^\\s:\\[\\]]++|\\[[^]]*+])++");

  private PatternParser() {}

  static HostPattern parse(String text, Location at) {
    List<HostPattern> parts = new ArrayList<>();
    for (String part : split(text)) {
      int offset = Math.max(text.indexOf(part), 0);
      parts.add(part(part, text.contains("\n") ? at : at.plus(0, offset)));
    }
    return parts.size() == 1 ? parts.getFirst() : new HostPattern.AnyOf(parts);
  }

  /** The patterns of a file with one on each line. */
  static List<HostPattern> lines(Source file) {
    List<HostPattern> patterns = new ArrayList<>();
    int number = 0;
    for (String line : file.text().lines().toList()) {
      number++;
      if (!line.isBlank()) {
        patterns.add(limit(line.strip(), new Location(file, number, 1)));
      }
    }
    return patterns;
  }

  /**
   * One part of a limit, which is not split any further. That a blank behind {@code !} makes it
   * match nothing, as in Ansible, would let hosts in that somebody meant to leave out.
   */
  static HostPattern limit(String part, Location at) {
    if (part.matches("(?s)[&!]\\s.*")) {
      throw nothingBehind(part.charAt(0), at);
    }
    return part(part, at);
  }

  /** The parts of a combination, or the one pattern itself. */
  static List<HostPattern> parts(HostPattern pattern) {
    return pattern instanceof HostPattern.AnyOf(List<HostPattern> parts) ? parts : List.of(pattern);
  }

  /**
   * The parts as texts: at commas if there is one; else the whole when it is an address or a name
   * with ranges, whose colons separate nothing; else at colons.
   */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    if (text.contains(",")) {
      parts.addAll(List.of(text.split(",", -1)));
    } else if (Address.parse(text, true).isPresent()) {
      parts.add(text);
    } else {
      BETWEEN_COLONS.matcher(text).results().forEach(found -> parts.add(found.group()));
    }
    return parts.stream().map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  private static HostPattern part(String text, Location at) {
    char first = text.charAt(0);
    if (first != '&' && first != '!') {
      return simple(text, at);
    }
    String rest = text.substring(1);
    if (rest.isEmpty()) {
      throw nothingBehind(first, at);
    }
    HostPattern inner = simple(rest, at.plus(0, 1));
    return first == '&' ? new HostPattern.Only(inner) : new HostPattern.Except(inner);
  }

  private static HearthException nothingBehind(char sign, Location at) {
    return Diagnostic.error(at, "there is no name after '" + sign + "' in the host pattern")
        .next("write a host or a group right after it, such as " + sign + "web")
        .failure();
  }

  private static HostPattern simple(String text, Location at) {
    if (text.startsWith("~")) {
      return new HostPattern.Regex(text, regex(text.substring(1), at), at);
    }
    Matcher subscript = SUBSCRIPT.matcher(text);
    if (!subscript.matches()) {
      return named(text, at);
    }
    HostPattern of = named(subscript.group(1), at);
    String position = subscript.group(2);
    if (position != null) {
      return new HostPattern.Nth(of, number(position, at), at);
    }
    int from = number(subscript.group(3), at);
    int to = subscript.group(4).isEmpty() ? -1 : number(subscript.group(4), at);
    // Ansible reads a zero end as no end at all: [2:0] is [2].
    return to == 0 ? new HostPattern.Nth(of, from, at) : new HostPattern.Slice(of, from, to, at);
  }

  private static int number(String digits, Location at) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException tooLarge) {
      throw Diagnostic.error(at, "the subscript " + digits + " of the host pattern is too large")
          .next("count the hosts from 0, or from the end with -1")
          .failure();
    }
  }

  private static HostPattern named(String text, Location at) {
    boolean glob = text.chars().anyMatch(character -> "*?[".indexOf(character) >= 0);
    return glob
        ? new HostPattern.Glob(text, Globs.compile(text), at)
        : new HostPattern.Name(text, at);
  }

  private static Pattern regex(String expression, Location at) {
    try {
      // Python's named groups are written differently; the rest of the common syntax is the same.
      return Pattern.compile(expression.replace("(?P<", "(?<").replace("(?P=", "\\k<"));
    } catch (PatternSyntaxException wrong) {
      throw Diagnostic.error(at, "the host pattern is not a regular expression")
          .because(wrong.getDescription() + " at character " + (wrong.getIndex() + 1))
          .next("mend the expression after '~', or use a glob such as web*")
          .failure();
    }
  }
}
