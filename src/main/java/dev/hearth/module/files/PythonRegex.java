package dev.hearth.module.files;

import dev.hearth.module.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression written for Python's {@code re}, over bytes as Ansible's line editors use
 * it: one character is one byte, only {@code \n} ends a line.
 */
public final class PythonRegex {

  private final Pattern pattern;
  private final List<String> names;

  private PythonRegex(Pattern pattern, List<String> names) {
    this.pattern = pattern;
    this.names = names;
  }

  /**
   * The expression.
   *
   * @throws Refusal when it is not well-formed
   */
  public static PythonRegex compile(String python) {
    return compile(python, new Translation(bytes(python), false), Pattern.UNIX_LINES);
  }

  /**
   * The same with {@code .} for the end of a line, too.
   *
   * @throws Refusal when it is not well-formed
   */
  public static PythonRegex acrossLines(String python) {
    int flags = Pattern.UNIX_LINES | Pattern.DOTALL;
    return compile(python, new Translation(bytes(python), false), flags);
  }

  /**
   * An expression over text instead of bytes: {@code .} is a character, {@code \\w} a letter of any
   * language.
   *
   * @param multiline whether {@code ^} and {@code $} match at every line
   * @param dotall whether {@code .} also matches the end of a line
   * @throws Refusal when it is not well-formed
   */
  static PythonRegex text(String python, boolean multiline, boolean dotall) {
    int flags =
        Pattern.UNIX_LINES
            | Pattern.UNICODE_CHARACTER_CLASS
            | (multiline ? Pattern.MULTILINE : 0)
            | (dotall ? Pattern.DOTALL : 0);
    return compile(python, new Translation(python, multiline), flags);
  }

  private static PythonRegex compile(String python, Translation translation, int flags) {
    String java = translation.run();
    try {
      return new PythonRegex(Pattern.compile(java, flags), translation.names);
    } catch (PatternSyntaxException malformed) {
      throw new Refusal(
          "the regular expression '" + python + "' is malformed: " + malformed.getDescription());
    }
  }

  /** Text as one character per byte of its UTF-8 form. */
  public static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** What it is in Java. */
  public Pattern pattern() {
    return pattern;
  }

  /** A matcher over text of one character per byte. */
  public Matcher on(String bytes) {
    return pattern.matcher(bytes);
  }

  /** The name of each group by its number less one; empty for groups without a name. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** Whether it is found anywhere. */
  boolean found(String bytes) {
    return on(bytes).find();
  }

  /** Whether {@code ^} and {@code $} match at every line. */
  boolean multiline() {
    return pattern.pattern().matches("\\(\\?[a-z]*m[a-z]*\\).*(?s:.*)");
  }

  /**
   * A replacement with {@code \1}, {@code \g<name>} and the usual escapes filled in from a match.
   *
   * @throws Refusal when it names a group that there is not
   */
  String expand(Matcher match, String template) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c != '\\' || i + 1 == template.length()) {
        text.append(c);
        continue;
      }
      char next = template.charAt(++i);
      if (next == 'g' && i + 1 < template.length() && template.charAt(i + 1) == '<') {
        int close = template.indexOf('>', i);
        if (close < 0) {
          throw new Refusal("'" + template + "' has \\g< without >");
        }
        text.append(group(match, template.substring(i + 2, close)));
        i = close;
      } else if (next >= '1' && next <= '9') {
        int end = i + 1;
        if (end < template.length() && Character.isDigit(template.charAt(end))) {
          end++;
        }
        text.append(group(match, template.substring(i, end)));
        i = end - 1;
      } else {
        text.append(escape(next));
      }
    }
    return text.toString();
  }

  private String group(Matcher match, String name) {
    int number = name.matches("[0-9]+") ? Integer.parseInt(name) : names.indexOf(name) + 1;
    if (number > match.groupCount() || number == 0 && !name.equals("0")) {
      throw new Refusal("line refers to group '" + name + "', which regexp does not have");
    }
    String text = match.group(number);
    return text == null ? "" : text;
  }

  private static String escape(char letter) {
    return switch (letter) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'f' -> "\f";
      case 'v' -> "\u000b";
      case 'a' -> "\u0007";
      case '0' -> "\0";
      case '\\' -> "\\";
      default -> {
        if (Character.isLetter(letter)) {
          throw new Refusal("line has the escape \\" + letter + ", which Python does not know");
        }
        yield "\\" + letter;
      }
    };
  }

  /** One pass over a Python expression. Names of groups are kept aside: Java's may not have _. */
  private static final class Translation {
    /** Name of each group by its number less one; empty for groups without a name. */
    final List<String> names = new ArrayList<>();

    private final String python;
    private final boolean multiline;
    private final StringBuilder java = new StringBuilder();
    private int at;

    Translation(String python, boolean multiline) {
      this.python = python;
      this.multiline = multiline;
    }

    String run() {
      while (at < python.length()) {
        char c = python.charAt(at);
        if (c == '\\' && at + 1 < python.length()) {
          escape();
        } else if (c == '[') {
          characterClass();
        } else if (c == '(') {
          open();
        } else if (c == '{' && !python.substring(at).matches("(?s)\\{(\\d+(,\\d*)?|,\\d+)\\}.*")) {
          java.append("\\{");
          at++;
        } else if (c == '{' && python.startsWith("{,", at)) {
          java.append("{0,");
          at += 2;
        } else if (c == '^' && multiline) {
          // Java does not let ^ match behind the last line's end; Python does.
          java.append("(?<![^\\n])");
          at++;
        } else {
          java.append(c);
          at++;
        }
      }
      return java.toString();
    }

    private void escape() {
      char next = python.charAt(at + 1);
      at += 2;
      switch (next) {
        case 'Z' -> java.append("\\z");
        case 'v' -> java.append("\\x0B");
        case 'h', 'H', 'R', 'G', 'Q', 'E', 'X', 'K', 'z', 'e', 'c', 'p', 'P', 'k', 'N' ->
            throw new Refusal(
                "the regular expression has the escape \\" + next + ", which Python does not know");
        default -> java.append('\\').append(next);
      }
    }

    private void characterClass() {
      java.append(python.charAt(at++));
      if (at < python.length() && python.charAt(at) == '^') {
        java.append(python.charAt(at++));
      }
      boolean first = true;
      while (at < python.length() && (first || python.charAt(at) != ']')) {
        char c = python.charAt(at);
        if (c == '\\' && at + 1 < python.length()) {
          escape();
        } else {
          java.append(c == '[' || c == ']' || c == '&' || c == '^' ? "\\" + c : String.valueOf(c));
          at++;
        }
        first = false;
      }
      if (at < python.length()) {
        java.append(python.charAt(at++));
      }
    }

    private void open() {
      String rest = python.substring(at);
      if (rest.startsWith("(?P<")) {
        int close = python.indexOf('>', at);
        names.add(close < 0 ? "" : python.substring(at + 4, close));
        java.append('(');
        at = close < 0 ? python.length() : close + 1;
      } else if (rest.startsWith("(?P=")) {
        int close = python.indexOf(')', at);
        String name = close < 0 ? "" : python.substring(at + 4, close);
        java.append("(?:\\").append(names.indexOf(name) + 1).append(')');
        at = close < 0 ? python.length() : close + 1;
      } else if (rest.startsWith("(?#")) {
        int close = python.indexOf(')', at);
        at = close < 0 ? python.length() : close + 1;
      } else {
        if (!rest.startsWith("(?")) {
          names.add("");
        }
        java.append('(');
        at++;
      }
    }
  }
}
