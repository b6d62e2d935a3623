package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter {@code urlize}: addresses of pages and mailboxes in a text become links. */
final class Urlize {

  private static final Pattern WORD = Pattern.compile("\\s+|\\S+");
  private static final Pattern HEAD = Pattern.compile("(?:[(<]|&lt;)+");
  private static final Pattern TAIL = Pattern.compile("(?:[)>.,]|&gt;)+$");
  private static final List<List<String>> PAIRS =
      List.of(List.of("(", ")"), List.of("<", ">"), List.of("&lt;", "&gt;"));
  private static final String NAMED =
      "(?:https?://|www\\.)(?:[\\w%-]+\\.)*(?:[a-z]{2,63}|xn--[\\w%]{2,59})";
  private static final String BARE = "(?:[\\w%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)";
  private static final String NUMBERED =
      "https?://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}\\])";
  private static final Pattern PAGE =
      Pattern.compile(
          "(?:" + NAMED + "|" + BARE + "|" + NUMBERED + ")(?::\\d{1,5})?(?:[/?#]\\S*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MAILBOX = Pattern.compile("\\S+@\\w[\\w.-]*\\.\\w+");

  private final String attributes;
  private final int limit;
  private final List<String> schemes;

  private Urlize(String attributes, int limit, List<String> schemes) {
    this.attributes = attributes;
    this.limit = limit;
    this.schemes = schemes;
  }

  static Map<String, Filter> all() {
    return Map.of(
        "urlize",
        Filter.of("trim_url_limit? nofollow? target? rel? extra_schemes?", Urlize::linked));
  }

  private static Value linked(Call call) {
    TreeSet<String> relations = new TreeSet<>(List.of("noopener"));
    relations.addAll(List.of(call.text("rel", "").strip().split("\\s+")));
    relations.remove("");
    if (call.flag("nofollow", false)) {
      relations.add("nofollow");
    }
    String target = call.text("target", "");
    String attributes = " rel=\"" + MarkupFilters.escape(String.join(" ", relations)) + "\"";
    if (!target.isEmpty()) {
      attributes += " target=\"" + MarkupFilters.escape(target) + "\"";
    }
    List<String> schemes = new ArrayList<>();
    Value extra = call.get("extra_schemes", Value.NULL);
    if (Truth.of(extra)) {
      Sequences.iterate(extra).forEach(scheme -> schemes.add(Printed.str(scheme)));
    }
    Urlize urlize = new Urlize(attributes, call.number("trim_url_limit", 0), schemes);
    StringBuilder made = new StringBuilder();
    Matcher words = WORD.matcher(MarkupFilters.escape(call.inputText()));
    while (words.find()) {
      made.append(words.group().isBlank() ? words.group() : urlize.word(words.group()));
    }
    return Value.text(made.toString());
  }

  private String word(String word) {
    Matcher opening = HEAD.matcher(word);
    String head = opening.lookingAt() ? opening.group() : "";
    String middle = word.substring(head.length());
    Matcher closing = TAIL.matcher(middle);
    String tail = closing.find() ? closing.group() : "";
    middle = middle.substring(0, middle.length() - tail.length());
    for (List<String> pair : PAIRS) {
      String end = pair.getLast();
      int open = count(middle, pair.getFirst());
      if (open > count(middle, end)) {
        for (int i = Math.min(open, count(tail, end)); i > 0; i--) {
          int cut = tail.indexOf(end) + end.length();
          middle += tail.substring(0, cut);
          tail = tail.substring(cut);
        }
      }
    }
    return head + link(middle) + tail;
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  private String link(String text) {
    if (PAGE.matcher(text).matches()) {
      boolean whole = text.startsWith("https://") || text.startsWith("http://");
      boolean cut = limit > 0 && text.length() > limit;
      String shown = cut ? text.substring(0, limit) + "..." : text;
      return anchor((whole ? "" : "https://") + text, attributes, shown);
    }
    if (text.startsWith("mailto:") && MAILBOX.matcher(text.substring(7)).matches()) {
      return anchor(text, "", text.substring(7));
    }
    boolean other = text.startsWith("www.") || text.contains(":");
    if (!other && MAILBOX.matcher(text).matches()) {
      return anchor("mailto:" + text, "", text);
    }
    boolean known =
        schemes.stream().anyMatch(scheme -> text.startsWith(scheme) && !text.equals(scheme));
    return known ? anchor(text, attributes, text) : text;
  }

  private static String anchor(String address, String attributes, String shown) {
    return "<a href=\"" + address + "\"" + attributes + ">" + shown + "</a>";
  }
}
