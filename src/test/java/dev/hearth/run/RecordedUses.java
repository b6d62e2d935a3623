package dev.hearth.run;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which recorded case of the parity suite uses a name. Keywords count where they stand: one of a
 * task is no use of the same keyword of a play.
 */
final class RecordedUses {

  private static final Set<String> SECTIONS = Set.of("pre_tasks", "tasks", "post_tasks");
  private static final Set<String> PARTS = Set.of("block", "rescue", "always");

  private final Map<String, String> texts = new TreeMap<>();

  /** The cases that write a keyword somewhere, by the place and the keyword. */
  private final Map<String, Set<String>> written = new TreeMap<>();

  static RecordedUses read(Path resources) throws IOException {
    RecordedUses uses = new RecordedUses();
    Path cases = resources.resolve("parity");
    try (var files = Files.walk(cases)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = cases.relativize(file).toString();
        boolean recording = name.endsWith("expected.txt") || name.endsWith("expected-exit");
        if (!recording && name.contains("/")) {
          uses.add(name, Files.readString(file));
        }
      }
    }
    return uses;
  }

  private void add(String name, String text) {
    String[] parts = name.split("/", 2);
    texts.merge(parts[0], "\n" + text, String::concat);
    if (!name.endsWith(".yml")) {
      return;
    }
    try {
      YamlReader.read(new Source(name, text))
          .filter(Node.Sequence.class::isInstance)
          .map(Node.Sequence.class::cast)
          .ifPresent(list -> new Walk(parts[0]).file(parts[1], list));
    } catch (HearthException broken) {
      // A case about broken files.
    }
  }

  /** The names of the cases that use something of a kind. */
  List<String> of(String kind, String name) {
    if (kind.startsWith("keyword of") || kind.startsWith("option of") || kind.equals("loop")) {
      return List.copyOf(written.getOrDefault(kind + " " + name, Set.of()));
    }
    Pattern pattern = Pattern.compile(expression(kind, Pattern.quote(name)));
    return texts.entrySet().stream()
        .filter(each -> pattern.matcher(each.getValue()).find())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String expression(String kind, String name) {
    String collection = "((ansible|community)\\.\\w+\\.)?";
    return switch (kind) {
      case "filter" -> "\\|\\s*" + collection + name + "\\b|map\\('+" + collection + name + "'";
      case "test" ->
          "\\bis (not )?"
              + collection
              + name
              + "(?!\\w)|(select|reject)(attr)?\\(('+\\w+'+, )?'+"
              + collection
              + name
              + "'+";
      case "lookup" ->
          "(lookup|query|q)\\(\\s*['\"]"
              + collection
              + name
              + "['\"]|\\bwith_"
              + collection
              + name
              + ":";
      case "meta" -> "\\bmeta:\\s*" + name + "\\b";
      case "option" -> "(?m)^" + name + "(=|$)";
      // Variables are named by the level that should lose and the one that should win.
      case "level" -> "\\b(p" + name + "_\\d\\d|p\\d\\d_" + name + "|only_" + name + ")\\b";
      case "magic variable", "become option" -> "(?<![\\w.])" + name + "\\b";
      default -> "(?<![\\w.])(ansible\\.builtin\\.)?" + name + ":";
    };
  }

  /** Goes through the files of one case. */
  private final class Walk {

    private final String name;

    Walk(String name) {
      this.name = name;
    }

    void file(String path, Node.Sequence list) {
      String whose = path.contains("handlers/") ? "handler" : "task";
      for (Node item : list.items()) {
        if (!(item instanceof Node.Mapping mapping)) {
          continue;
        }
        if (mapping.get("hosts").isPresent()) {
          play(mapping);
        } else if (keys(mapping).contains("import_playbook")) {
          keys(mapping).forEach(key -> note("keyword of a import_playbook", key));
        } else {
          entry(mapping, whose);
        }
      }
    }

    private void play(Node.Mapping play) {
      keys(play).forEach(key -> note("keyword of a play", key));
      play.entries()
          .forEach(
              (key, value) -> {
                if (SECTIONS.contains(key.text())) {
                  items(value).forEach(item -> entry(item, "task"));
                } else if (key.text().equals("handlers")) {
                  items(value).forEach(item -> entry(item, "handler"));
                } else if (key.text().equals("roles")) {
                  items(value)
                      .forEach(item -> keys(item).forEach(each -> note("keyword of a role", each)));
                }
              });
    }

    private void entry(Node.Mapping entry, String whose) {
      boolean block = keys(entry).contains("block");
      for (Map.Entry<Node.Scalar, Node> each : entry.entries().entrySet()) {
        String key = shortened(each.getKey().text());
        note("keyword of a " + (block ? "block" : whose), key);
        if (key.startsWith("with_")) {
          note("loop", key);
        }
        if (key.equals("loop_control")) {
          nested(each.getValue()).forEach(one -> note("keyword of loop_control", one));
        }
        if (key.startsWith("include_") || key.startsWith("import_")) {
          nested(each.getValue()).forEach(one -> note("option of " + key, one));
        }
        if (block && PARTS.contains(key)) {
          items(each.getValue()).forEach(item -> entry(item, whose));
        }
      }
    }

    private void note(String kind, String key) {
      written.computeIfAbsent(kind + " " + key, _ -> new TreeSet<>()).add(name);
    }
  }

  private static String shortened(String key) {
    return key.replace("ansible.builtin.", "");
  }

  private static List<Node.Mapping> items(Node node) {
    return node instanceof Node.Sequence list
        ? list.items().stream()
            .filter(Node.Mapping.class::isInstance)
            .map(Node.Mapping.class::cast)
            .toList()
        : List.of();
  }

  private static Set<String> nested(Node node) {
    return node instanceof Node.Mapping mapping ? keys(mapping) : Set.of();
  }

  private static Set<String> keys(Node.Mapping mapping) {
    Set<String> keys = new LinkedHashSet<>();
    mapping.entries().keySet().forEach(key -> keys.add(shortened(key.text())));
    return keys;
  }
}
