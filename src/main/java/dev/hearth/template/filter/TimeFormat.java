package dev.hearth.template.filter;

import dev.hearth.template.python.PythonError;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formats of C's {@code strftime} and {@code strptime}, in English. */
public final class TimeFormat {

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final Pattern FIELD = Pattern.compile("%(-?)(.)", Pattern.DOTALL);

  private TimeFormat() {}

  /** Writes a moment in a format such as {@code %Y-%m-%d}. */
  public static String write(String format, ZonedDateTime time) {
    Matcher field = FIELD.matcher(format);
    StringBuilder text = new StringBuilder();
    while (field.find()) {
      String written = field(field.group(2).charAt(0), time);
      boolean bare = !field.group(1).isEmpty();
      field.appendReplacement(
          text, Matcher.quoteReplacement(bare ? written.replaceFirst("^0+(?=\\d)", "") : written));
    }
    return field.appendTail(text).toString();
  }

  private static String field(char letter, ZonedDateTime time) {
    return switch (letter) {
      case 'Y' -> pattern("yyyy", time);
      case 'y' -> pattern("yy", time);
      case 'C' -> "%02d".formatted(time.getYear() / 100);
      case 'm' -> pattern("MM", time);
      case 'd' -> pattern("dd", time);
      case 'e' -> "%2d".formatted(time.getDayOfMonth());
      case 'H' -> pattern("HH", time);
      case 'I' -> pattern("hh", time);
      case 'M' -> pattern("mm", time);
      case 'S' -> pattern("ss", time);
      case 'f' -> "%06d".formatted(time.getNano() / 1000);
      case 'p' -> pattern("a", time).toUpperCase(Locale.ROOT);
      case 'j' -> pattern("DDD", time);
      case 'a' -> pattern("EEE", time);
      case 'A' -> pattern("EEEE", time);
      case 'b', 'h' -> pattern("MMM", time);
      case 'B' -> pattern("MMMM", time);
      case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
      case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
      case 'U' ->
          "%02d".formatted((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7);
      case 'W' -> "%02d".formatted((time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7);
      case 'V' -> "%02d".formatted(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
      case 's' -> String.valueOf(time.toEpochSecond());
      case 'z' -> pattern("xx", time).replace("Z", "+0000");
      case 'Z' -> pattern("zzz", time).replaceFirst("^Z$", "UTC");
      case 'F' -> pattern("yyyy-MM-dd", time);
      case 'T', 'X' -> pattern("HH:mm:ss", time);
      case 'R' -> pattern("HH:mm", time);
      case 'D', 'x' -> pattern("MM/dd/yy", time);
      case 'c' ->
          pattern("EEE MMM ", time)
              + "%2d".formatted(time.getDayOfMonth())
              + pattern(" HH:mm:ss yyyy", time);
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> "%" + letter;
    };
  }

  private static String pattern(String pattern, ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).format(time);
  }

  /** Reads a text that is written in a format. */
  public static LocalDateTime read(String text, String format) {
    StringBuilder regex = new StringBuilder();
    Map<Character, String> groups = new HashMap<>();
    Matcher field = Pattern.compile("%(.)|(\\s+)|([^%\\s]+)").matcher(format);
    while (field.find()) {
      if (field.group(1) == null) {
        regex.append(field.group(2) != null ? "\\s+" : Pattern.quote(field.group(3)));
        continue;
      }
      char letter = field.group(1).charAt(0);
      String group = "f" + (int) letter;
      if (groups.put(letter, group) != null) {
        throw new PythonError("has the field %" + letter + " twice in its format");
      }
      regex.append(
          letter == '%' ? "(?<" + group + ">%)" : "(?<" + group + ">" + digits(letter) + ")");
    }
    Matcher match = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE).matcher(text);
    if (!match.matches()) {
      throw new PythonError("needs a time in the format '" + format + "'");
    }
    Map<Character, String> fields = new HashMap<>();
    groups.forEach((letter, group) -> fields.put(letter, match.group(group)));
    return assemble(fields, format);
  }

  private static String digits(char letter) {
    return switch (letter) {
      case 'Y' -> "\\d{4}";
      case 'm', 'd', 'H', 'I', 'M', 'S', 'y' -> "\\d{1,2}";
      case 'f' -> "\\d{1,6}";
      case 'j' -> "\\d{1,3}";
      case 'b', 'B', 'a', 'A', 'p' -> "[a-z]+";
      case 'z' -> "Z|[+-]\\d{2}:?\\d{2}";
      case 'Z' -> "[A-Za-z/_]*";
      default -> throw new PythonError("cannot read the field %" + letter);
    };
  }

  private static LocalDateTime assemble(Map<Character, String> fields, String format) {
    try {
      int year = Integer.parseInt(fields.getOrDefault('Y', "1900"));
      if (fields.containsKey('y')) {
        int two = Integer.parseInt(fields.get('y'));
        year = two + (two < 69 ? 2000 : 1900);
      }
      int hour = Integer.parseInt(fields.getOrDefault('H', "0"));
      if (fields.containsKey('I')) {
        boolean noon = "pm".equalsIgnoreCase(fields.get('p'));
        hour = Integer.parseInt(fields.get('I')) % 12 + (noon ? 12 : 0);
      }
      String fraction = (fields.getOrDefault('f', "0") + "000000").substring(0, 6);
      return LocalDateTime.of(
          year,
          month(fields),
          Integer.parseInt(fields.getOrDefault('d', "1")),
          hour,
          Integer.parseInt(fields.getOrDefault('M', "0")),
          Integer.parseInt(fields.getOrDefault('S', "0")),
          Integer.parseInt(fields.containsKey('f') ? fraction : "0") * 1000);
    } catch (java.time.DateTimeException | NumberFormatException wrong) {
      throw new PythonError("needs a time that exists, in the format '" + format + "'");
    }
  }

  private static int month(Map<Character, String> fields) {
    String name = fields.getOrDefault('b', fields.get('B'));
    if (name == null) {
      return Integer.parseInt(fields.getOrDefault('m', "1"));
    }
    String start = name.toLowerCase(Locale.ROOT).substring(0, Math.min(3, name.length()));
    return MONTHS.indexOf(start) + 1;
  }
}
