package dev.hearth.module.files;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a file as interfaces(5) describes it, and what is said of interfaces in them. */
final class InterfacesText {

  private static final List<String> COMMANDS = List.of("pre-up", "up", "down", "post-up");
  private static final List<String> ENDING =
      List.of("source", "source-dir", "source-directory", "auto", "no-auto-down", "no-scripts");

  private final List<Line> lines = new ArrayList<>();

  /**
   * One line.
   *
   * @param text as it stands in the file, with its end
   * @param iface the interface that it says something of; empty for none
   * @param family the address family of that
   * @param option its name; empty for the line that begins an interface
   * @param value what the option is
   */
  private record Line(String text, String iface, String family, String option, String value) {

    static Line other(String text) {
      return new Line(text, "", "", "", "");
    }

    boolean begins() {
      return !iface.isEmpty() && option.isEmpty();
    }
  }

  InterfacesText(List<String> texts) {
    String iface = "";
    String family = "";
    boolean anything = false;
    for (String text : texts) {
      String[] words = text.strip().split("\\s+");
      if (words[0].isEmpty() || words[0].startsWith("#")) {
        lines.add(Line.other(text));
        continue;
      }
      if (words[0].equals("iface")) {
        iface = words.length > 1 ? words[1] : "";
        family = words.length > 2 ? words[2] : "";
        lines.add(new Line(text, iface, family, "", ""));
      } else if (words[0].equals("mapping")
          || ENDING.contains(words[0])
          || words[0].startsWith("allow-")) {
        iface = "";
        lines.add(Line.other(text));
      } else if (!iface.isEmpty()) {
        lines.add(
            new Line(
                text, iface, family, words[0], text.strip().substring(words[0].length()).strip()));
      } else if (anything) {
        lines.add(Line.other(text));
      } else {
        throw new Refusal("misplaced option " + text.strip() + " in line " + (lines.size() + 1));
      }
      anything = true;
    }
  }

  List<String> texts() {
    return lines.stream().map(Line::text).toList();
  }

  /** What is said of all interfaces, as the module gives it back. */
  Value.Dict told() {
    Map<String, Map<String, Value>> all = new LinkedHashMap<>();
    for (Line line : lines) {
      if (line.begins()) {
        String[] words = line.text().strip().split("\\s+");
        Map<String, Value> iface = new LinkedHashMap<>();
        COMMANDS.forEach(name -> iface.put(name, new Value.Seq(List.of())));
        iface.put("address_family", words.length > 2 ? Value.text(words[2]) : Value.NULL);
        iface.put("method", words.length > 3 ? Value.text(words[3]) : Value.NULL);
        all.put(line.iface(), iface);
      } else if (!line.iface().isEmpty()) {
        Value value = Value.text(line.value());
        all.computeIfAbsent(line.iface(), name -> new LinkedHashMap<>())
            .merge(line.option(), value, (old, next) -> merged(line.option(), old, next));
      }
    }
    Map<String, Value> told = new LinkedHashMap<>();
    all.forEach((name, iface) -> told.put(name, Value.Dict.ofTexts(iface)));
    return Value.Dict.ofTexts(told);
  }

  private static Value merged(String option, Value old, Value next) {
    if (!COMMANDS.contains(option) || !(old instanceof Value.Seq list)) {
      return next;
    }
    List<Value> longer = new ArrayList<>(list.items());
    longer.add(next);
    return new Value.Seq(longer);
  }

  private List<Line> of(String iface, String family) {
    List<Line> own =
        lines.stream()
            .filter(line -> line.iface().equals(iface) && !iface.isEmpty())
            .filter(line -> family.isEmpty() || line.family().equals(family))
            .toList();
    if (own.isEmpty()) {
      throw new Refusal("Error: interface " + iface + " not found");
    }
    return own;
  }

  /** Gives an option a value; of the commands there may be several. */
  void set(String iface, String family, String option, String value) {
    List<Line> own = of(iface, family);
    List<Line> there = own.stream().filter(line -> line.option().equals(option)).toList();
    if (option.equals("method")) {
      own.stream().filter(Line::begins).forEach(line -> method(line, value));
    } else if (there.isEmpty()) {
      insert(own.getLast(), own.stream().allMatch(Line::begins), option, value);
    } else if (COMMANDS.contains(option)) {
      if (there.stream().noneMatch(line -> line.value().equals(value))) {
        insert(there.getLast(), false, option, value);
      }
    } else if (!there.getLast().value().equals(value)) {
      Line old = there.getLast();
      int start = old.text().indexOf(option) + option.length();
      String text =
          old.value().isEmpty()
              ? old.text().stripTrailing() + " " + value + "\n"
              : old.text().substring(0, start)
                  + replaced(old.text().substring(start), old.value(), value);
      lines.set(lines.lastIndexOf(old), new Line(text, old.iface(), old.family(), option, value));
    }
  }

  private static String replaced(String rest, String old, String value) {
    int at = rest.indexOf(old);
    return rest.substring(0, at) + value + rest.substring(at + old.length());
  }

  private void method(Line line, String value) {
    String[] words = line.text().strip().split("\\s+");
    if (words.length > 3 && !words[3].equals(value)) {
      Matcher last = Pattern.compile(Pattern.quote(words[3]) + "(\\s*)$").matcher(line.text());
      String text = last.replaceFirst(Matcher.quoteReplacement(value) + "$1");
      lines.set(lines.indexOf(line), new Line(text, line.iface(), line.family(), "", ""));
    }
  }

  private void insert(Line behind, boolean indented, String option, String value) {
    String text = behind.text();
    String stripped = text.strip();
    String before = text.substring(0, text.indexOf(stripped));
    String after = text.substring(text.indexOf(stripped) + stripped.length());
    lines.add(
        lines.lastIndexOf(behind) + 1,
        new Line(
            before
                + (indented ? "    " : "")
                + option
                + " "
                + value
                + (after.endsWith("\n") ? after : after + "\n"),
            behind.iface(),
            behind.family(),
            option,
            value));
    if (!after.endsWith("\n")) {
      lines.set(
          lines.lastIndexOf(behind),
          new Line(text + "\n", behind.iface(), behind.family(), behind.option(), behind.value()));
    }
  }

  /** Removes an option; of the commands only the one that is named, if one is. */
  void remove(String iface, String family, String option, String value) {
    of(iface, family).stream()
        .filter(line -> line.option().equals(option) && !option.isEmpty())
        .filter(line -> !COMMANDS.contains(option) || value.isEmpty() || line.value().equals(value))
        .forEach(lines::remove);
  }
}
