package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.Map;

/** Filters for HTML and XML. */
final class MarkupFilters {

  private MarkupFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    Filter escape = Filter.of("", call -> Value.text(escape(call.inputText())));
    all.put("escape", escape);
    all.put("e", escape);
    all.put("forceescape", escape);
    all.put("safe", Filter.of("", call -> Value.text(call.inputText())));
    all.put("striptags", Filter.of("", MarkupFilters::striptags));
    all.put("xmlattr", Filter.of("autospace?", MarkupFilters::attributes));
    return all;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }

  private static Value striptags(Call call) {
    String plain = call.inputText().replaceAll("(?s)<!--.*?-->", "").replaceAll("<[^>]*>", "");
    return Value.text(
        plain
            .replaceAll("\\s+", " ")
            .strip()
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&#34;", "\"")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&"));
  }

  private static Value attributes(Call call) {
    StringBuilder text = new StringBuilder();
    call.inputEntries()
        .forEach(
            (key, value) -> {
              if (!(value instanceof Value.Null) && !(value instanceof Value.Undefined)) {
                text.append(' ')
                    .append(escape(Printed.str(key)))
                    .append("=\"")
                    .append(escape(Printed.str(value)))
                    .append('"');
              }
            });
    boolean spaced = call.flag("autospace", true) || text.isEmpty();
    return Value.text(spaced ? text.toString() : text.substring(1));
  }
}
