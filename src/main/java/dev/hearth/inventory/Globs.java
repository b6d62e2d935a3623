package dev.hearth.inventory;

import java.util.regex.Pattern;

/** File name globs as Python's {@code fnmatch} reads them. */
public final class Globs {

  private Globs() {}

  /**
   * An expression that whole names must match. Any text is a glob: a lone bracket is itself.
   *
   * <p>What stands between two stars is taken at the first place where it fits and never moved
   * again; otherwise a name could take exponential time.
   */
  public static Pattern compile(String glob) {
    StringBuilder whole = new StringBuilder();
    StringBuilder expression = new StringBuilder();
    boolean behindStar = false;
    int position = 0;
    while (position < glob.length()) {
      char character = glob.charAt(position);
      int end = character == '[' ? endOfClass(glob, position) : -1;
      if (end > 0) {
        expression.append(characterClass(glob.substring(position + 1, end)));
        position = end + 1;
        continue;
      }
      switch (character) {
        case '*' -> {
          if (!behindStar) {
            whole.append(expression);
          } else if (!expression.isEmpty()) {
            whole.append("(?>.*?").append(expression).append(')');
          }
          behindStar = true;
          expression.setLength(0);
        }
        case '?' -> expression.append('.');
        default -> expression.append(Pattern.quote(String.valueOf(character)));
      }
      position++;
    }
    whole.append(behindStar ? ".*" : "").append(expression);
    return Pattern.compile(whole.toString(), Pattern.DOTALL);
  }

  /** Where the class that starts at {@code open} ends; a first {@code ]} is one of its members. */
  private static int endOfClass(String glob, int open) {
    int from = open + 1;
    if (from < glob.length() && glob.charAt(from) == '!') {
      from++;
    }
    return glob.indexOf(']', Math.min(from + 1, glob.length()));
  }

  private static String characterClass(String members) {
    boolean negated = members.startsWith("!");
    String rest = negated ? members.substring(1) : members;
    StringBuilder ranges = new StringBuilder();
    int position = 0;
    while (position < rest.length()) {
      char from = rest.charAt(position);
      if (position + 2 < rest.length() && rest.charAt(position + 1) == '-') {
        char to = rest.charAt(position + 2);
        if (from <= to) {
          ranges.append(member(from)).append('-').append(member(to));
        }
        position += 3;
      } else {
        ranges.append(member(from));
        position++;
      }
    }
    if (ranges.isEmpty()) {
      return negated ? "." : "(?!)";
    }
    return (negated ? "[^" : "[") + ranges + "]";
  }

  private static String member(char character) {
    return Character.isLetterOrDigit(character) ? "" + character : "\\" + character;
  }
}
