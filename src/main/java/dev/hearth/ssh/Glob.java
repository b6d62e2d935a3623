package dev.hearth.ssh;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** OpenSSH's patterns for names: {@code *}, {@code ?}, lists with {@code !}; capitals ignored. */
final class Glob {

  private Glob() {}

  /** Whether one pattern fits a name. */
  static boolean fits(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    for (char character : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
      switch (character) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(Character.toString(character)));
      }
    }
    return Pattern.matches(regex.toString(), name.toLowerCase(Locale.ROOT));
  }

  /** Whether a list fits: at least one of its patterns does and no negated one. */
  static boolean anyFits(List<String> patterns, String name) {
    boolean found = false;
    for (String pattern : patterns) {
      boolean negated = pattern.startsWith("!");
      if (fits(negated ? pattern.substring(1) : pattern, name)) {
        if (negated) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }
}
