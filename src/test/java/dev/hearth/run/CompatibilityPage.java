package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.settings.KnownSettings;
import dev.hearth.cli.settings.Setting;
import dev.hearth.module.library.Library;
import dev.hearth.template.Language;
import dev.hearth.template.TestCiphers;
import dev.hearth.template.standard.StandardLanguage;
import dev.hearth.vars.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The page that says of every name of ansible-core 2.19's language what Hearth makes of it. The
 * names are Ansible's ({@code bench/record-names}); what Hearth has is asked of the program itself,
 * and how it differs stands in {@code compatibility/notes.tsv}.
 */
final class CompatibilityPage {

  private static final Path RESOURCES = Path.of("src", "test", "resources");

  /** What has golden cases instead: modules on hosts; options, of which some end in a question. */
  private static final Set<String> WITHOUT_RECORDING = Set.of("module", "option");

  private static final String REFUSED = "refused";
  private static final int SHOWN_CASES = 3;

  private final Path scratch;
  private final Set<String> unrecorded = new TreeSet<>();
  private final Language language = StandardLanguage.with(text -> List.of(), new TestCiphers());
  private final Catalog catalog = new Catalog(Library.modules());
  private final Map<String, Map<String, String>> notes = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final RecordedUses uses;

  CompatibilityPage(Path scratch) throws IOException {
    this.scratch = scratch;
    this.uses = RecordedUses.read(RESOURCES);
    for (String line : lines("notes.tsv")) {
      String[] cells = line.split("\t", 3);
      notes.computeIfAbsent(cells[0], kind -> new HashMap<>()).put(cells[1], cells[2]);
    }
    Files.writeString(scratch.resolve("hosts"), "h1 ansible_connection=local\n");
  }

  String text() throws IOException {
    StringBuilder text = new StringBuilder(introduction());
    Map<String, List<String>> names = names();
    for (Map.Entry<String, List<String>> kind : names.entrySet()) {
      switch (kind.getKey()) {
        case "filter" -> table(text, "Filters", kind, language.filters()::containsKey);
        case "test" -> table(text, "Tests", kind, language.tests()::containsKey);
        case "lookup" -> table(text, "Lookups", kind, language.lookups()::containsKey);
        case "module" ->
            table(
                text, "Modules", kind, name -> catalog.find("ansible.builtin." + name).isPresent());
        case "meta" -> table(text, "`meta` actions", kind, this::meta);
        case "loop_control" -> table(text, "`loop_control`", kind, this::loopControl);
        case "loop" -> table(text, "Loops", kind, this::loop);
        case "become option" -> table(text, "Variables of `become`", kind, this::becoming);
        case "magic variable" -> table(text, "Magic variables", kind, this::magic);
        case "option of include_role", "option of import_role", "option of include_tasks" -> {
          String action = kind.getKey().substring("option of ".length());
          table(text, "Options of `" + action + "`", kind, name -> includes(action, name));
        }
        case "option" -> table(text, "Options of `ansible-playbook`", kind, options()::contains);
        default -> {
          String place = kind.getKey().substring(kind.getKey().lastIndexOf(' ') + 1);
          String article = place.startsWith("import") ? "" : "a ";
          table(text, "Keywords of " + article + place, kind, name -> keyword(place, name));
        }
      }
    }
    levels(text);
    further(text, names);
    settings(text);
    assertThat(unused()).as("notes about names that are none").isEmpty();
    return text.toString();
  }

  private static String introduction() {
    return """
    # Compatibility with ansible-core 2.19

    This page is made from the program: `CompatibilityPageTest` fails when it is out of date. After a change run that test
    with `-Dcompatibility.rewrite=true` and commit what it wrote; how something differs is said in
    `src/test/resources/compatibility/notes.tsv`. "same" means that Hearth has it with Ansible's meaning; "refused" that it is
    found before the run, with its place; "recorded in" names the cases of `src/test/resources/parity` that use it: whole playbooks
    that are held against recordings of ansible-core 2.19 (`bench/record-parity`). The test fails too when none uses a name.
    """;
  }

  private void table(
      StringBuilder text,
      String title,
      Map.Entry<String, List<String>> kind,
      Predicate<String> has) {
    long there = kind.getValue().stream().filter(has).count();
    text.append("\n## ")
        .append(title)
        .append(" (")
        .append(there)
        .append(" of ")
        .append(kind.getValue().size())
        .append(")\n\n| name | state | recorded in |\n|---|---|---|\n");
    for (String name : kind.getValue()) {
      text.append("| `")
          .append(name)
          .append("` | ")
          .append(has.test(name) ? state(kind.getKey(), name) : REFUSED)
          .append(" | ")
          .append(recorded(kind.getKey(), name, has.test(name)))
          .append(" |\n");
    }
  }

  private String state(String kind, String name) {
    return Optional.ofNullable(notes.getOrDefault(kind, Map.of()).get(name))
        .map(
            note -> {
              used.add(kind + " " + name);
              return note.startsWith(REFUSED) ? note : "differs: " + note;
            })
        .orElse("same");
  }

  /** The cases that use a name, the first few by name; notes what none uses although it should. */
  private String recorded(String kind, String name, boolean there) {
    List<String> cases = uses.of(kind, name);
    boolean refused =
        !there || notes.getOrDefault(kind, Map.of()).getOrDefault(name, "").startsWith(REFUSED);
    if (cases.isEmpty() && !refused && !WITHOUT_RECORDING.contains(kind)) {
      unrecorded.add(kind + " " + name);
    }
    int more = cases.size() - SHOWN_CASES;
    return String.join(", ", cases.subList(0, Math.min(SHOWN_CASES, cases.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** Names of the language that Hearth has and that no recorded case uses. */
  Set<String> unrecorded() {
    return Set.copyOf(unrecorded);
  }

  /** The levels of precedence with the cases that let each win or lose against others. */
  private void levels(StringBuilder text) {
    text.append(
        "\n## Levels of precedence (22)\n\n| level | what | recorded in |\n|---|---|---|\n");
    for (Level level : Level.values()) {
      if (level.compareTo(Level.MAGIC) < 0) {
        String number = "%02d".formatted(level.number());
        text.append("| ")
            .append(level.number())
            .append(" | ")
            .append(level.meaning())
            .append(" | ")
            .append(recorded("level", number, true))
            .append(" |\n");
      }
    }
  }

  private Set<String> unused() {
    Set<String> unused = new TreeSet<>();
    notes.forEach((kind, byName) -> byName.keySet().forEach(name -> unused.add(kind + " " + name)));
    unused.removeAll(used);
    return unused;
  }

  /** What Hearth has beyond ansible-core, such as filters and modules of collections. */
  private void further(StringBuilder text, Map<String, List<String>> names) {
    text.append("\n## Beyond ansible-core\n\n");
    beyond(
        text,
        "Filters",
        "filter",
        language.filters().keySet(),
        names.getOrDefault("filter", List.of()));
    beyond(text, "Tests", "test", language.tests().keySet(), names.getOrDefault("test", List.of()));
    beyond(
        text,
        "Lookups",
        "lookup",
        language.lookups().keySet(),
        names.getOrDefault("lookup", List.of()));
    Set<String> modules = new TreeSet<>();
    Library.modules().all().stream()
        .map(module -> module.spec().name())
        .filter(name -> !name.startsWith("ansible.builtin."))
        .forEach(modules::add);
    beyond(text, "Modules", "module", modules, List.of());
  }

  private void beyond(
      StringBuilder text, String what, String kind, Set<String> has, List<String> ansible) {
    List<String> more =
        has.stream()
            .filter(name -> !ansible.contains(name) && !name.startsWith("ansible.builtin."))
            .sorted()
            .toList();
    more.stream()
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .filter(name -> !WITHOUT_RECORDING.contains(kind) && uses.of(kind, name).isEmpty())
        .forEach(name -> unrecorded.add(kind + " " + name));
    String listed = String.join("`, `", more);
    text.append("* ").append(what).append(": `").append(listed).append("`\n");
  }

  private void settings(StringBuilder text) {
    text.append("\n## Settings of `ansible.cfg`\n\n| setting | key | state |\n|---|---|---|\n");
    for (Setting setting : KnownSettings.load().all()) {
      String state =
          switch (setting.state()) {
            case OBEYED -> state("setting", setting.name());
            case HARMLESS -> "needs no effect";
            case UNHEEDED -> "differs: no effect";
            case REFUSED -> "refused unless it is the default";
          };
      text.append("| `")
          .append(setting.name())
          .append("` | ")
          .append(String.join(", ", setting.keys().stream().map(key -> "`" + key + "`").toList()))
          .append(" | ")
          .append(state)
          .append(setting.note().isEmpty() ? "" : ": " + setting.note())
          .append(" |\n");
    }
  }

  /** Asks the program whether it takes a keyword there. */
  private boolean keyword(String place, String name) {
    String play = "- hosts: all\n  gather_facts: false\n";
    String text =
        switch (place) {
          case "play" -> "- " + name + ": x\n" + (name.equals("hosts") ? "" : "  hosts: all\n");
          case "role" -> play + "  roles:\n    - name: r\n      " + name + ": x\n";
          case "import_playbook" ->
              "- import_playbook: other.yml\n"
                  + (name.equals("import_playbook") ? "" : "  " + name + ": x\n");
          case "block" ->
              play
                  + "  tasks:\n    - "
                  + (name.equals("block") ? "" : "block: []\n      ")
                  + name
                  + ": x\n";
          default ->
              play
                  + (place.equals("handler") ? "  handlers" : "  tasks")
                  + ":\n    - "
                  + name
                  + ": x\n";
        };
    String said = check(text);
    return !said.contains("unknown keyword '" + name + "'")
        && !said.contains("'" + name + "' is not")
        && !said.contains(" " + name + " is not supported")
        && !said.contains("unknown module '" + name + "'");
  }

  private boolean loopControl(String name) {
    String said =
        check(
            "- hosts: all\n  tasks:\n    - debug:\n      loop: [1]\n      loop_control:\n        "
                + name
                + (name.startsWith("extended")
                    ? ": true\n"
                    : name.equals("pause") ? ": 1\n" : ": x\n"));
    return !said.contains("'" + name + "'");
  }

  private boolean loop(String name) {
    return !check("- hosts: all\n  tasks:\n    - debug:\n      " + name + ": [x]\n")
        .contains("there is no lookup");
  }

  private boolean includes(String action, String name) {
    boolean role = action.endsWith("role");
    String args = name.equals("name") || name.equals("role") || !role ? "" : "name: r, ";
    write("roles/r/tasks/main.yml", "- debug:\n");
    return !check(
            "- hosts: all\n  tasks:\n    - "
                + action
                + ": {"
                + args
                + name
                + (name.equals("apply") ? ": {}" : ": r")
                + "}\n")
        .contains("unknown");
  }

  /** Asks the program for the variable, in a role and with a limit. */
  private boolean magic(String name) {
    write(
        "roles/asked/tasks/main.yml",
        "- debug: {msg: \"{{ 'it is there' if " + name + " is defined else 'not' }}\"}\n");
    write("- hosts: all\n  gather_facts: false\n  roles: [asked]\n");
    return InProcess.hearth(scratch, "play", "-i", "hosts", "-l", "h1", "play.yml")
        .out()
        .contains("it is there");
  }

  /** Has the program call something else than sudo, with the variable set and without. */
  private boolean becoming(String name) {
    write("told/nothing", "");
    String script = "#!/bin/sh\necho \"$0 $* in $PWD\" >" + scratch.resolve("asked") + "\nexit 1\n";
    for (String program : List.of("usual", "other")) {
      write(program, script);
      assertThat(scratch.resolve(program).toFile().setExecutable(true)).isTrue();
    }
    String value = name.endsWith("user") ? "somebody" : "--told";
    if (name.endsWith("exe")) {
      value = scratch.resolve("other").toString();
    } else if (name.endsWith("chdir")) {
      value = scratch.resolve("told").toString();
    }
    return !called("").equals(called("        " + name + ": " + value + "\n"));
  }

  /** How the program in front is called, without what makes its question unlike any other. */
  private String called(String variable) {
    String usual = "        ansible_become_exe: " + scratch.resolve("usual") + "\n";
    write(
        "- hosts: all\n  gather_facts: false\n  become: true\n  tasks:\n    - command: id\n"
            + "      vars:\n"
            + (variable.contains("ansible_become_exe") ? "" : usual)
            + (variable.isEmpty() ? "" : variable));
    InProcess.hearth(scratch, "play", "-i", "hosts", "play.yml");
    try {
      return Files.readString(scratch.resolve("asked")).replaceAll("\\[become-[^]]*]", "");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Asks the program to do it on a host that needs no connection. */
  private boolean meta(String name) {
    // In a role, as end_role stands nowhere else.
    write("roles/asked/tasks/main.yml", "- meta: " + name + "\n");
    write("- hosts: all\n  gather_facts: false\n  roles: [asked]\n");
    InProcess run = InProcess.hearth(scratch, "play", "-i", "hosts", "play.yml");
    return run.exit() == 0;
  }

  private String check(String playbook) {
    write(playbook);
    return InProcess.hearth(scratch, "check", "-i", "hosts", "play.yml").err();
  }

  private void write(String playbook) {
    write("play.yml", playbook);
  }

  private void write(String name, String text) {
    Path file = scratch.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The options that {@code hearth play --help} tells of. */
  private Set<String> options() {
    Set<String> options = new HashSet<>(Set.of("-vv", "-vvv", "-vvvv", "-vvvvvv"));
    for (String word : InProcess.hearth(scratch, "play", "--help").out().split("[^A-Za-z0-9-]+")) {
      if (word.startsWith("-")) {
        options.add(word);
      }
    }
    return options;
  }

  /** Ansible's names by kind, in the order in which the page has them. */
  private static Map<String, List<String>> names() throws IOException {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (String line : lines("ansible-2.19.tsv")) {
      String[] cells = line.split("\t", 2);
      names.computeIfAbsent(cells[0], kind -> new ArrayList<>()).add(cells[1]);
    }
    return names;
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(RESOURCES.resolve("compatibility").resolve(file)).stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .toList();
  }
}
