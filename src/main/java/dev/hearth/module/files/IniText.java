package dev.hearth.module.files;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an INI file that is edited line by line, as {@code community.general.ini_file} does:
 * comments and order stay, a commented option is taken for the place of the option.
 */
final class IniText {

  private static final Pattern BLANK_OR_COMMENT = Pattern.compile("[ \\t]*([#;].*)?");

  private final IniFile.Args want;
  private final List<String> before = new ArrayList<>();
  private final List<String> section = new ArrayList<>();
  private final List<String> after = new ArrayList<>();
  private final List<Boolean> settled = new ArrayList<>();
  private final List<String> values;
  private final boolean found;
  private String message = "OK";

  IniText(IniFile.Args want, List<String> lines) {
    this.want = want;
    values = new ArrayList<>(new LinkedHashSet<>(want.all()));
    int start = want.named() ? -1 : 0;
    int end = -1;
    for (int i = 0; i < lines.size() && end < 0; i++) {
      boolean header = lines.get(i).startsWith("[");
      if (header && start >= 0) {
        end = has(lines.subList(start, i)) ? i : -1;
        start = end < 0 ? -1 : start;
      }
      if (end < 0 && header && want.named() && header(lines.get(i))) {
        start = i;
      }
    }
    if (start >= 0 && end < 0) {
      end = lines.size();
      start = has(lines.subList(start, end)) ? start : -1;
    }
    found = start >= 0;
    if (found) {
      before.addAll(lines.subList(0, start));
      section.addAll(lines.subList(start, end));
      after.addAll(lines.subList(end, lines.size()));
    } else {
      before.addAll(lines);
    }
    section.forEach(line -> settled.add(false));
  }

  /** What was done, in Ansible's words. */
  String message() {
    return message;
  }

  /** The lines as they shall be. */
  List<String> edited() {
    if (want.state().equals("absent")) {
      remove();
    } else if (found) {
      present();
    } else {
      addSection();
    }
    List<String> all = new ArrayList<>(before);
    all.addAll(section);
    all.addAll(after);
    return all;
  }

  private boolean header(String line) {
    String name = Pattern.quote(want.sectionBytes().strip());
    return Pattern.compile("\\[\\s*" + name + "\\s*]").matcher(line).lookingAt();
  }

  private boolean has(List<String> lines) {
    return want.conditions().stream()
        .allMatch(
            condition ->
                lines.stream()
                    .map(line -> option(condition.option(), line, true))
                    .anyMatch(
                        match ->
                            match.matches()
                                && (condition.values().isEmpty()
                                    || condition.values().contains(match.group("value")))));
  }

  /** Matches a line that sets the option, and if asked also one that is commented out. */
  private static Matcher option(String name, String line, boolean inactive) {
    String start = inactive ? "[ \\t]*(?<sign>[#;]?)[ \\t]*" : "(?<sign>)[ \\t]*";
    return Pattern.compile(
            start + Pattern.quote(name) + "[ \\t]*(?:=[ \\t]*(?<value>.*)|(?<none>))")
        .matcher(withoutEnd(line));
  }

  private static String withoutEnd(String line) {
    return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
  }

  private static String value(Matcher match) {
    String value = match.group("value");
    return value == null ? "" : value;
  }

  private String line(String value) {
    return want.optionBytes() + (want.noExtraSpaces() ? "=" : " = ") + value + "\n";
  }

  private void present() {
    if (want.option().isEmpty()) {
      return;
    }
    String name = want.optionBytes();
    boolean bare = false;
    for (int i = 0; i < section.size() && !bare; i++) {
      Matcher match = option(name, section.get(i), want.modifyInactiveOption());
      if (!match.matches()) {
        continue;
      }
      String now = value(match);
      if (values.remove(now)) {
        put(i, now.isEmpty() && want.allowNoValue() ? name + "\n" : line(now));
      } else if (want.all().isEmpty() && want.allowNoValue()) {
        put(i, name + "\n");
        bare = true;
      }
    }
    if (want.exclusive() && !want.allowNoValue()) {
      replaceOthers(name);
    }
    if (!values.isEmpty()) {
      insert(values.stream().map(this::line).toList());
    } else if (want.all().isEmpty() && want.allowNoValue() && !bare) {
      insert(List.of(name + "\n"));
    }
  }

  /** Gives remaining values to lines of the option that have others, and drops further ones. */
  private void replaceOthers(String name) {
    for (int i = 0; i < section.size() && !values.isEmpty(); i++) {
      if (!settled.get(i) && option(name, section.get(i), want.modifyInactiveOption()).matches()) {
        put(i, line(values.removeFirst()));
      }
    }
    for (int i = section.size() - 1; i >= (want.named() ? 1 : 0); i--) {
      if (!settled.get(i) && option(name, section.get(i), want.modifyInactiveOption()).matches()) {
        section.remove(i);
        settled.remove(i);
        message = "option changed";
      }
    }
  }

  private void put(int index, String line) {
    String old = section.get(index);
    boolean same = old.equals(line);
    if (!same && want.ignoreSpaces()) {
      String name = want.optionBytes();
      Matcher now = option(name, old, true);
      Matcher then = option(name, line, true);
      same =
          now.matches()
              && now.group("sign").isEmpty()
              && then.matches()
              && value(now).equals(value(then));
    }
    if (!same) {
      section.set(index, line);
      message = "option changed";
    }
    settled.set(index, true);
  }

  /** Behind the last line of the section that is neither blank nor a comment. */
  private void insert(List<String> lines) {
    int index = section.size();
    while (index > 0 && BLANK_OR_COMMENT.matcher(withoutEnd(section.get(index - 1))).matches()) {
      index--;
    }
    section.addAll(index, lines);
    message = "option added";
  }

  private void remove() {
    boolean changed;
    if (want.option().isEmpty()) {
      changed = !section.isEmpty();
      section.clear();
      message = changed ? "section removed" : message;
      return;
    }
    String name = want.optionBytes();
    changed =
        section.removeIf(
            line -> {
              Matcher match = option(name, line, false);
              return match.matches() && (want.exclusive() || values.contains(value(match)));
            });
    message = changed ? "option changed" : message;
  }

  private void addSection() {
    before.add("[" + want.sectionBytes() + "]\n");
    String name = want.optionBytes();
    for (IniFile.Condition condition : want.conditions()) {
      if (condition.option().equals(name)) {
        condition.values().stream()
            .filter(value -> !want.exclusive() && !values.contains(value))
            .forEach(values::add);
        continue;
      }
      for (String value : condition.values()) {
        before.add(condition.option() + (want.noExtraSpaces() ? "=" : " = ") + value + "\n");
      }
      if (condition.values().isEmpty() && want.allowNoValue()) {
        before.add(condition.option() + "\n");
      }
    }
    message = "section and option added";
    if (want.option().isPresent() && !values.isEmpty()) {
      values.forEach(value -> before.add(line(value)));
    } else if (want.option().isPresent() && want.allowNoValue()) {
      before.add(name + "\n");
    } else {
      message = "only section added";
    }
  }
}
