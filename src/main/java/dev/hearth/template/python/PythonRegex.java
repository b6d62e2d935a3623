package dev.hearth.template.python;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Python's regular expressions on Java's engine. */
public final class PythonRegex {

  /** A search that goes over this many characters is taken for one that never ends. */
  private static final int MOST_STEPS = 50_000_000;

  private PythonRegex() {}

  /** Compiles a Python pattern. */
  public static Pattern compile(String pattern, boolean ignoreCase, boolean multiline) {
    return compile(pattern, ignoreCase, multiline, false);
  }

  /** Compiles a Python pattern; with {@code dotAll} the dot takes line ends too. */
  public static Pattern compile(
      String pattern, boolean ignoreCase, boolean multiline, boolean dotAll) {
    // As in Python, \\w, \\d and \\s are those of all scripts.
    int flags = Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS;
    flags |= ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    flags |= multiline ? Pattern.MULTILINE : 0;
    flags |= dotAll ? Pattern.DOTALL : 0;
    try {
      return Pattern.compile(translate(pattern), flags);
    } catch (PatternSyntaxException wrong) {
      throw new PythonError(
          "the regular expression is wrong: "
              + wrong.getDescription().toLowerCase(java.util.Locale.ROOT)
              + " at character "
              + (wrong.getIndex() + 1));
    }
  }

  /** A matcher that gives up instead of running for ever. */
  public static Matcher matcher(Pattern pattern, String text) {
    return pattern.matcher(new Watched(text, new int[1]));
  }

  /** Named groups, references to them, {@code \Z} and brackets differ between the two. */
  static String translate(String python) {
    StringBuilder java = new StringBuilder(python.length() + 8);
    int i = 0;
    boolean inClass = false;
    while (i < python.length()) {
      char c = python.charAt(i);
      if (c == '\\' && i + 1 < python.length()) {
        escape(python.charAt(i + 1), inClass, java);
        i += 2;
      } else if (inClass) {
        inClass = c != ']';
        java.append(c == '[' ? "\\[" : c == '&' ? "\\&" : String.valueOf(c));
        i++;
      } else if (c == '[') {
        inClass = true;
        i = openClass(python, i, java);
      } else if (python.startsWith("(?P<", i)) {
        i = groupName(python, i + 4, '>', java.append("(?<"));
        java.append('>');
      } else if (python.startsWith("(?P=", i)) {
        i = groupName(python, i + 4, ')', java.append("\\k<"));
        java.append('>');
      } else {
        java.append(c);
        i++;
      }
    }
    return java.toString();
  }

  private static void escape(char letter, boolean inClass, StringBuilder java) {
    switch (letter) {
      case 'Z' -> java.append("\\z");
      case 'h', 'H', 'R', 'X', 'G', 'K', 'Q', 'E' -> java.append(letter);
      case 'd' -> java.append("\\d");
      default -> java.append('\\').append(letter);
    }
    if (inClass && letter == 'Z') {
      throw new PythonError("the regular expression is wrong: bad escape \\Z in a class");
    }
  }

  /** A bracket right after {@code [} or {@code [^} stands for itself. */
  private static int openClass(String python, int i, StringBuilder java) {
    java.append('[');
    int next = i + 1;
    if (python.startsWith("^", next)) {
      java.append('^');
      next++;
    }
    if (python.startsWith("]", next)) {
      java.append("\\]");
      next++;
    }
    return next;
  }

  /** Java's group names have no underscore: it becomes a sequence that no name holds. */
  private static int groupName(String python, int from, char end, StringBuilder java) {
    int to = python.indexOf(end, from);
    if (to < 0) {
      throw new PythonError("the regular expression is wrong: a group's name is not ended");
    }
    java.append(javaName(python.substring(from, to)));
    return to + 1;
  }

  /** The name that a group has for Java. */
  public static String javaName(String python) {
    return "g" + python.replace("_", "0U0");
  }

  /** Puts a Python replacement together: {@code \1}, {@code \g<1>}, {@code \g<name>}, escapes. */
  public static String expand(String replacement, Matcher match) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < replacement.length()) {
      char c = replacement.charAt(i);
      if (c != '\\' || i + 1 >= replacement.length()) {
        text.append(c);
        i++;
        continue;
      }
      char letter = replacement.charAt(i + 1);
      if (replacement.startsWith("g<", i + 1) && replacement.indexOf('>', i) > 0) {
        int end = replacement.indexOf('>', i);
        text.append(group(replacement.substring(i + 3, end), match));
        i = end + 1;
      } else if (Character.isDigit(letter)) {
        boolean two = i + 2 < replacement.length() && Character.isDigit(replacement.charAt(i + 2));
        text.append(group(replacement.substring(i + 1, i + (two ? 3 : 2)), match));
        i += two ? 3 : 2;
      } else {
        text.append(
            switch (letter) {
              case 'n' -> "\n";
              case 't' -> "\t";
              case 'r' -> "\r";
              case '\\' -> "\\";
              default -> "\\" + letter;
            });
        i += 2;
      }
    }
    return text.toString();
  }

  /** The text of a group by number or name; empty when it took no part. */
  public static String group(String name, Matcher match) {
    try {
      String found =
          name.chars().allMatch(Character::isDigit)
              ? match.group(Integer.parseInt(name))
              : match.group(javaName(name));
      return found == null ? "" : found;
    } catch (IndexOutOfBoundsException | IllegalArgumentException absent) {
      throw new PythonError("the regular expression has no group '" + name + "'");
    }
  }

  /** Counts how often the engine looks at a character. */
  private record Watched(String text, int[] steps) implements CharSequence {

    @Override
    public char charAt(int index) {
      if (++steps[0] > MOST_STEPS) {
        throw new PythonError("the regular expression takes too long on this text");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
