package dev.hearth.template.python;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits and replaces as Python does. */
public final class Splitting {

  private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

  private Splitting() {}

  /**
   * Splits a text.
   *
   * @param separator null for runs of whitespace
   * @param most how often at most; negative for always
   * @param fromRight whether the splits are counted from the end
   */
  public static List<String> split(
      String text, @Nullable String separator, int most, boolean fromRight) {
    if (separator == null) {
      return fromRight && most >= 0 ? words(text, most, true) : words(text, most, false);
    }
    if (separator.isEmpty()) {
      throw new PythonError("empty separator");
    }
    return fromRight ? bySeparatorRight(text, separator, most) : bySeparator(text, separator, most);
  }

  private static List<String> bySeparator(String text, String separator, int most) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<String> bySeparatorRight(String text, String separator, int most) {
    List<String> parts = new ArrayList<>();
    int to = text.length();
    int at = text.lastIndexOf(separator);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(at + separator.length(), to));
      to = at;
      at = to < separator.length() ? -1 : text.lastIndexOf(separator, to - separator.length());
    }
    parts.add(text.substring(0, to));
    Collections.reverse(parts);
    return parts;
  }

  private static List<String> words(String text, int most, boolean fromRight) {
    if (fromRight) {
      String turned = new StringBuilder(text).reverse().toString();
      List<String> parts = new ArrayList<>();
      for (String word : words(turned, most, false)) {
        parts.add(new StringBuilder(word).reverse().toString());
      }
      Collections.reverse(parts);
      return parts;
    }
    List<String> parts = new ArrayList<>();
    int i = 0;
    while (true) {
      while (i < text.length() && CharacterClass.space(text.charAt(i))) {
        i++;
      }
      if (i >= text.length()) {
        return parts;
      }
      if (most >= 0 && parts.size() >= most) {
        parts.add(TextMethods.strip(text.substring(i), null, false, true));
        return parts;
      }
      int from = i;
      while (i < text.length() && !CharacterClass.space(text.charAt(i))) {
        i++;
      }
      parts.add(text.substring(from, i));
    }
  }

  /** The lines of a text; every line end of Unicode counts. */
  public static List<String> lines(String text, boolean keepEnds) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    int i = 0;
    while (i < text.length()) {
      if (LINE_ENDS.indexOf(text.charAt(i)) < 0) {
        i++;
        continue;
      }
      int end = i + (text.startsWith("\r\n", i) ? 2 : 1);
      lines.add(text.substring(from, keepEnds ? end : i));
      from = end;
      i = end;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  /** Replaces at most {@code most} times (negative: always); an empty text is found everywhere. */
  public static String replace(String text, String old, String fresh, int most) {
    if (most < 0 && !old.isEmpty()) {
      return text.replace(old, fresh);
    }
    StringBuilder made = new StringBuilder();
    int done = 0;
    int i = 0;
    while (i <= text.length()) {
      boolean here = text.startsWith(old, i) && (most < 0 || done < most);
      if (here) {
        made.append(fresh);
        done++;
        i += old.length();
      }
      if (!here || old.isEmpty()) {
        if (i < text.length()) {
          made.append(text.charAt(i));
        }
        i++;
      }
    }
    return made.toString();
  }
}
