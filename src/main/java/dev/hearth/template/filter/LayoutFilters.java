package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Splitting;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Filters that lay out text: indentation, width, comments. */
final class LayoutFilters {

  private record Style(String beginning, String decoration, String end) {}

  private static final Map<String, Style> STYLES =
      Map.of(
          "plain", new Style("", "# ", ""),
          "erlang", new Style("", "% ", ""),
          "c", new Style("", "// ", ""),
          "cblock", new Style("/*", " * ", " */"),
          "xml", new Style("<!--", " - ", "-->"));

  private LayoutFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.put("indent", Filter.of("width? first? blank?", LayoutFilters::indent));
    all.put("center", Filter.of("width?", LayoutFilters::center));
    all.put("truncate", Filter.of("length? killwords? end? leeway?", LayoutFilters::truncate));
    all.put(
        "wordwrap",
        Filter.of(
            "width? break_long_words? wrapstring? break_on_hyphens?", LayoutFilters::wordwrap));
    all.put(
        "comment",
        Filter.of(
            "style? decoration? beginning? prefix? prefix_count? postfix? postfix_count? end?"
                + " newline?",
            LayoutFilters::comment));
    return all;
  }

  private static Value indent(Call call) {
    Value width = call.get("width", Value.number(4));
    String blanks =
        width instanceof Value.Textual text
            ? text.reveal()
            : " ".repeat(Math.clamp(call.number("width", 4), 0, 1000));
    boolean blank = call.flag("blank", false);
    String text = call.writtenText() + "\n";
    List<String> lines = Splitting.lines(text, false);
    StringBuilder made = new StringBuilder();
    if (call.flag("first", false)) {
      made.append(blanks);
    }
    made.append(lines.getFirst());
    for (String line : lines.subList(1, lines.size())) {
      made.append('\n').append(blank || !line.isEmpty() ? blanks : "").append(line);
    }
    return Value.text(made.toString());
  }

  private static Value center(Call call) {
    String text = call.inputText();
    int width = Math.min(call.number("width", 80), 100_000);
    int missing = Math.max(width - text.codePointCount(0, text.length()), 0);
    int left = missing / 2 + (missing & width & 1);
    return Value.text(" ".repeat(left) + text + " ".repeat(missing - left));
  }

  private static Value truncate(Call call) {
    int length = call.number("length", 255);
    String end = call.text("end", "...");
    int leeway = call.number("leeway", 5);
    if (length < end.length() || leeway < 0) {
      throw new PythonError("needs a length of at least " + end.length());
    }
    if (isShortCollection(call, length + leeway)) {
      return call.input();
    }
    String text = call.writtenText();
    if (text.length() <= length + leeway) {
      return Value.text(text);
    }
    String cut = text.substring(0, length - end.length());
    int blank = cut.lastIndexOf(' ');
    boolean whole = !call.flag("killwords", false) && blank >= 0;
    return Value.text((whole ? cut.substring(0, blank) : cut) + end);
  }

  /** What has a length and is not longer is handed on, whatever it is. */
  private static boolean isShortCollection(Call call, int length) {
    return !(call.input() instanceof Value.Textual)
        && (Mappings.is(call.input()) || Sequences.view(call.input()) != null)
        && call.inputItems().size() <= length;
  }

  private static Value wordwrap(Call call) {
    int width = call.number("width", 79);
    if (width < 1) {
      throw new PythonError("needs a width of at least 1");
    }
    String wrap = call.text("wrapstring", "\n");
    TextWrap wrapping =
        new TextWrap(
            width, call.flag("break_long_words", true), call.flag("break_on_hyphens", true));
    List<String> lines = new ArrayList<>();
    for (String line : Splitting.lines(call.writtenText(), false)) {
      List<String> made = wrapping.lines(line);
      lines.addAll(made.isEmpty() ? List.of("") : made);
    }
    return Value.text(String.join(wrap, lines));
  }

  private static Value comment(Call call) {
    String name = call.text("style", "plain");
    Style style = STYLES.get(name);
    if (style == null) {
      throw new PythonError("has no style '" + name + "': it has " + STYLES.keySet());
    }
    String newline = call.text("newline", "\n");
    String decoration = call.text("decoration", style.decoration());
    String beginning = call.text("beginning", style.beginning());
    String end = call.text("end", style.end());
    String bare = decoration.stripTrailing();
    String prefix = call.text("prefix", bare);
    String postfix = call.text("postfix", bare);
    StringBuilder made = new StringBuilder();
    if (!beginning.isEmpty()) {
      made.append(beginning).append(newline);
    }
    if (!prefix.isEmpty()) {
      made.append((prefix + newline).repeat(count(call, "prefix_count")));
    }
    String body =
        call.writtenText()
            .replace(newline, newline + decoration)
            .replace(decoration + newline, bare + newline);
    made.append(decoration).append(body);
    made.append((newline + postfix).repeat(count(call, "postfix_count")));
    if (!end.isEmpty()) {
      made.append(newline).append(end);
    }
    return Value.text(made.toString());
  }

  private static int count(Call call, String name) {
    return Math.clamp(call.number(name, 1), 0, 1000);
  }
}
