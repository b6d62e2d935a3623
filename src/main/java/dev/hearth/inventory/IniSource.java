package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an inventory in INI form: {@code [group]}, {@code [group:vars]}, {@code [group:children]};
 * what stands before the first section is ungrouped. Comments begin with {@code ;} or {@code #} at
 * the start of a line, on host lines also with {@code #} later on; on lines of {@code :vars}
 * everything behind the equals sign is the value.
 */
final class IniSource {

  private static final Pattern SECTION =
      Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?]\\s*(?:#.*)?");
  private static final Pattern CHILD = Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?");
  private static final List<String> KINDS = List.of("hosts", "children", "vars");

  /** A group that is spoken of before a section defines it. */
  private record Mention(String group, @Nullable String parent, Location at) {}

  private final Draft draft;
  private final Source source;
  private final Path file;
  private final Set<String> defined = new HashSet<>();
  private final List<Mention> waiting = new ArrayList<>();

  private String group = Group.UNGROUPED;
  private String kind = "hosts";

  IniSource(Draft draft, Source source, Path file) {
    this.draft = draft;
    this.source = source;
    this.file = file;
    defined.addAll(draft.groupNames());
  }

  void read() {
    int number = 0;
    for (String line : source.text().lines().toList()) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == ';') {
        continue;
      }
      int indentation = line.length() - line.stripLeading().length();
      Location at = new Location(source, number, 1 + indentation);
      Matcher section = SECTION.matcher(text);
      if (section.matches()) {
        section(section.group(1), section.group(2), at);
      } else if (text.startsWith("[") && text.endsWith("]")) {
        throw Diagnostic.error(at, "this section header cannot be read")
            .because("a header is a name in brackets, without blanks")
            .next("write it like [web], [web:vars] or [web:children]")
            .failure();
      } else {
        entry(text, at);
      }
    }
    if (!waiting.isEmpty()) {
      throw undefined(waiting.getFirst());
    }
  }

  private void section(String name, @Nullable String written, Location at) {
    group = name;
    kind = written == null ? "hosts" : written;
    if (!KINDS.contains(kind)) {
      throw Diagnostic.error(at, "a section cannot be of the kind '" + kind + "'")
          .because("the kinds are hosts, children and vars")
          .next(
              Nearest.hint(
                  kind,
                  KINDS,
                  "write [" + name + "], [" + name + ":vars] or [" + name + ":children]"))
          .failure();
    }
    draft.addGroup(name, at);
    if (!kind.equals("vars")) {
      define(name);
    } else if (!defined.contains(name)) {
      waiting.add(new Mention(name, null, at));
    }
  }

  /** Marks a group as defined and puts it into the parents that were waiting for it. */
  private void define(String name) {
    defined.add(name);
    List<Mention> now = waiting.stream().filter(mention -> mention.group().equals(name)).toList();
    waiting.removeAll(now);
    for (Mention mention : now) {
      if (mention.parent() != null) {
        draft.addChild(mention.parent(), name, mention.at());
      }
    }
  }

  private void entry(String text, Location at) {
    switch (kind) {
      case "vars" -> variable(text, at);
      case "children" -> child(text, at);
      default -> hosts(text, at);
    }
  }

  private void variable(String text, Location at) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw Diagnostic.error(at, "this line is no variable")
          .because("under [" + group + ":vars] every line is name=value")
          .next("write name=value, or move the line to [" + group + "]")
          .failure();
    }
    String value = text.substring(equals + 1);
    int blanks = value.length() - value.stripLeading().length();
    draft.setGroupVariable(
        group,
        text.substring(0, equals).strip(),
        data(value.strip(), at.plus(0, equals + 1 + blanks)));
  }

  private void child(String text, Location at) {
    Matcher child = CHILD.matcher(text);
    if (!child.matches()) {
      throw Diagnostic.error(at, "this line is no group name")
          .because("under [" + group + ":children] every line is the name of one group")
          .next("write one group on a line; ranges and variables are for hosts")
          .failure();
    }
    String name = child.group(1);
    if (defined.contains(name)) {
      draft.addChild(group, name, at);
    } else {
      waiting.add(new Mention(name, group, at));
    }
  }

  private void hosts(String text, Location at) {
    List<Located> words = ShellWords.of(text, at);
    HostNames hosts = HostNames.parse(plain(words.getFirst()), words.getFirst().at());
    Map<String, Located> vars = new LinkedHashMap<>();
    for (Located word : words.subList(1, words.size())) {
      String assignment = plain(word);
      int equals = assignment.indexOf('=');
      if (equals <= 0) {
        throw Diagnostic.error(word.at(), "'" + assignment + "' is not name=value")
            .because("behind a host stand its variables, without blanks around '='")
            .next("write name=value, in quotes if the value has blanks; one host on a line")
            .failure();
      }
      vars.put(
          assignment.substring(0, equals),
          data(assignment.substring(equals + 1), word.at().plus(0, equals + 1)));
    }
    for (String name : hosts.names()) {
      draft.addHost(name, group, at, file);
      hosts.port().ifPresent(port -> draft.setPort(name, port, at));
      vars.forEach((key, value) -> draft.setHostVariable(name, key, value));
    }
  }

  private static String plain(Located word) {
    return ((Value.Text) word.value()).value();
  }

  private Located data(String written, Location at) {
    return new Located(Trust.templates(PythonLiteral.of(written), at), at);
  }

  private RuntimeException undefined(Mention mention) {
    String why =
        mention.parent() == null
            ? "[" + mention.group() + ":vars] gives variables to a group that no section defines"
            : "[" + mention.parent() + ":children] names a group that no section defines";
    return Diagnostic.error(mention.at(), "there is no group '" + mention.group() + "'")
        .because(why)
        .next(Nearest.hint(mention.group(), defined, "define it: [" + mention.group() + "]"))
        .failure();
  }
}
