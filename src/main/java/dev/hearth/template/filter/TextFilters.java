package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.PercentFormat;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Splitting;
import dev.hearth.template.python.Tuple;
import dev.hearth.template.python.Words;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Jinja's filters for texts. */
final class TextFilters {

  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern WORD_START = Pattern.compile("([-\\s({\\[<]+)");

  private TextFilters() {}

  /** Nothing is an empty word. */
  private static Value quoted(Call call) {
    return Value.text(quote(call.input() instanceof Value.Null ? "" : call.inputText()));
  }

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.put("upper", text(text -> text.toUpperCase(Locale.ROOT)));
    all.put("lower", text(text -> text.toLowerCase(Locale.ROOT)));
    all.put("capitalize", text(Words::capitalize));
    all.put("title", text(TextFilters::title));
    all.put("string", Filter.of("", call -> Value.text(call.inputText())));
    all.put("trim", Filter.of("chars?", TextFilters::trim));
    all.put("replace", Filter.of("old new count?", TextFilters::replace));
    all.put("format", Filter.of("* **", TextFilters::format));
    all.put("split", Filter.of("sep? maxsplit?", TextFilters::split));
    all.put("quote", Filter.of("", TextFilters::quoted));
    all.put("pprint", Filter.of("", call -> Value.text(Printed.repr(call.input()))));
    all.put(
        "wordcount",
        Filter.of("", call -> Value.number(WORD.matcher(call.inputText()).results().count())));
    return all;
  }

  private interface Change {
    String of(String text);
  }

  private static Filter text(Change change) {
    return Filter.of("", call -> Value.text(change.of(call.inputText())));
  }

  /** Jinja's rule: a word begins behind a blank, a hyphen or an opening bracket. */
  private static String title(String text) {
    StringBuilder titled = new StringBuilder();
    boolean start = true;
    for (int c : text.codePoints().toArray()) {
      titled.appendCodePoint(start ? Character.toUpperCase(c) : Character.toLowerCase(c));
      start = WORD_START.matcher(Character.toString(c)).matches();
    }
    return titled.toString();
  }

  private static Value trim(Call call) {
    String text = call.inputText();
    String characters = call.text("chars", "");
    int from = 0;
    int to = text.length();
    while (from < to && gone(text.charAt(from), characters)) {
      from++;
    }
    while (to > from && gone(text.charAt(to - 1), characters)) {
      to--;
    }
    return Value.text(text.substring(from, to));
  }

  private static boolean gone(char c, String characters) {
    return characters.isEmpty()
        ? Character.isWhitespace(c) || Character.isSpaceChar(c)
        : characters.indexOf(c) >= 0;
  }

  private static Value replace(Call call) {
    return Value.text(
        Splitting.replace(
            call.inputText(),
            Printed.str(call.get("old")),
            Printed.str(call.get("new")),
            call.number("count", -1)));
  }

  private static Value format(Call call) {
    if (!call.keywords().isEmpty() && !call.rest().isEmpty()) {
      throw new PythonError("takes positional or named arguments, not both");
    }
    Value arguments =
        call.keywords().isEmpty() ? new Tuple(call.rest()) : Value.Dict.ofTexts(call.keywords());
    return Value.text(PercentFormat.format(call.inputText(), arguments));
  }

  private static Value split(Call call) {
    String separator =
        call.has("sep") && !call.get("sep").equals(Value.NULL) ? call.text("sep") : null;
    List<String> parts =
        Splitting.split(call.writtenText(), separator, call.number("maxsplit", -1), false);
    return new Value.Seq(parts.stream().<Value>map(Value::text).toList());
  }

  /** One word of a POSIX shell, as Python's {@code shlex.quote} writes it. */
  private static String quote(String text) {
    if (text.isEmpty()) {
      return "''";
    }
    boolean harmless = text.chars().allMatch(TextFilters::harmless);
    return harmless ? text : "'" + text.replace("'", "'\"'\"'") + "'";
  }

  private static boolean harmless(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "_@%+=:,./-".indexOf(c) >= 0);
  }
}
