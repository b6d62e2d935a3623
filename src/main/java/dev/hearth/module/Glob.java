package dev.hearth.module;

import java.util.regex.Pattern;

/**
 * Shell patterns as Python's fnmatch reads them: {@code *}, {@code ?}, {@code [abc]}, {@code [!a]}.
 */
public final class Glob {

  private Glob() {}

  /** Whether the whole name matches. */
  public static boolean matches(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char next = pattern.charAt(i);
      int close = next == '[' ? pattern.indexOf(']', i + 2) : -1;
      if (close > 0) {
        String set = pattern.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = close;
      } else {
        regex.append(
            switch (next) {
              case '*' -> ".*";
              case '?' -> ".";
              default -> Pattern.quote(String.valueOf(next));
            });
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
  }
}
