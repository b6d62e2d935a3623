package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Keyword.Place;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one play. */
final class PlayReader {

  private static final Pattern BATCH = Pattern.compile("[0-9]+%?");
  private static final List<String> STRATEGIES = List.of("linear", "free", "host_pinned", "debug");
  private static final List<String> ORDERS =
      List.of("inventory", "sorted", "reverse_sorted", "reverse_inventory", "shuffle");

  private final Reading reading;
  private final EntryReader entries;
  private final Shapes shapes;
  private final Map<Keyword, Located> defaults;

  PlayReader(Reading reading, EntryReader entries, Map<Keyword, Located> defaults) {
    this.defaults = defaults;
    this.reading = reading;
    this.entries = entries;
    this.shapes = entries.shapes();
  }

  /**
   * The play in this mapping, or nothing after a report.
   *
   * @param file the playbook that it is written in
   * @param around what {@code import_playbook} entries around it say: their conditions, tags and
   *     variables
   */
  Optional<Play> read(Node.Mapping mapping, Path file, Attributes around) {
    entries.checkKeys(mapping, Place.PLAY);
    Optional<Located> hosts = hosts(mapping);
    Path directory = directory(file);
    Map<String, Located> vars = new LinkedHashMap<>();
    mapping.get("vars").ifPresent(node -> vars.putAll(shapes.variables(node, "'vars' of a play")));
    vars.putAll(around.vars());
    List<Located> varsFiles = varsFiles(mapping, directory);
    PlayVariables known = PlayVariables.of(reading, file, vars, varsFiles);
    Context context = Context.of(file, directory, Optional.empty(), known);
    Attributes own = entries.attributes().own(mapping, Place.PLAY, context);
    Attributes effective =
        new Attributes(
                inherited(),
                around.when(),
                around.tags(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of())
            .inner(own)
            .withCollections(collections(file, own));
    Gathered gathered = new Gathered();
    Site site = new Site(context, effective, gathered, List.of(file));
    Gathered listed = new Gathered();
    mapping.get("roles").ifPresent(node -> entries.roles().listed(node, site.gathering(listed)));
    gathered.roles.addAll(listed.roles);
    gathered.handlers.addAll(listed.handlers);
    List<Entry> preTasks = list(mapping, "pre_tasks", site);
    List<Entry> tasks = list(mapping, "tasks", site);
    List<Entry> postTasks = list(mapping, "post_tasks", site);
    List<Handler> handlers = new ArrayList<>(gathered.handlers);
    mapping
        .get("handlers")
        .ifPresent(node -> handlers.addAll(entries.handlers(node, "'handlers'", site)));
    List<VarsPrompt> prompts = prompts(mapping);
    Map<Keyword, Located> settings = settings(mapping);
    return hosts.map(
        pattern ->
            new Play(
                mapping.at(),
                file,
                TaskReader.name(mapping),
                pattern,
                effective,
                settings,
                vars,
                varsFiles,
                prompts,
                known,
                preTasks,
                gathered.roles,
                listed.entries,
                tasks,
                postTasks,
                handlers));
  }

  /** Where short names are looked for: a collection's playbook begins with its own collection. */
  private static List<String> collections(Path file, Attributes own) {
    return Stream.concat(
            InstalledCollections.of(file.toAbsolutePath()).stream(), own.collections().stream())
        .distinct()
        .toList();
  }

  static Path directory(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private List<Entry> list(Node.Mapping mapping, String key, Site site) {
    return mapping
        .get(key)
        .map(node -> entries.entries(node, "'" + key + "'", site))
        .orElse(List.of());
  }

  private Optional<Located> hosts(Node.Mapping mapping) {
    Optional<Node> node = mapping.get("hosts");
    if (node.isEmpty()) {
      reading.report(
          Diagnostic.error(mapping.at(), "this play does not say on which hosts it runs")
              .because("every entry of a playbook is a play or an import_playbook")
              .next("add 'hosts: <pattern>'; a list of tasks belongs below 'tasks:' of a play"));
      return Optional.empty();
    }
    List<Located> patterns = shapes.texts(node.get(), "'hosts'");
    boolean empty =
        patterns.isEmpty()
            || patterns.stream()
                .anyMatch(
                    pattern ->
                        pattern.value() instanceof Value.Text text && text.value().isBlank());
    if (empty) {
      reading.report(
          Diagnostic.error(node.get().at(), "'hosts' is empty")
              .because("an empty pattern must not come to mean all hosts")
              .next("write a host, a group or a pattern; 'all' for every host"));
      return Optional.empty();
    }
    return Optional.of(Values.located(node.get()));
  }

  private Map<Keyword, Located> settings(Node.Mapping mapping) {
    Map<Keyword, Located> settings = new EnumMap<>(Keyword.class);
    put(settings, Keyword.GATHER_FACTS, mapping, shapes::bool);
    put(settings, Keyword.GATHER_TIMEOUT, mapping, shapes::integer);
    put(settings, Keyword.FORCE_HANDLERS, mapping, shapes::bool);
    put(settings, Keyword.MAX_FAIL_PERCENTAGE, mapping, shapes::number);
    Optional.ofNullable(defaults.get(Keyword.STRATEGY))
        .ifPresent(strategy -> settings.put(Keyword.STRATEGY, strategy));
    put(settings, Keyword.STRATEGY, mapping, (node, what) -> strategy(node));
    put(settings, Keyword.ORDER, mapping, (node, what) -> order(node));
    put(settings, Keyword.SERIAL, mapping, (node, what) -> serial(node));
    put(settings, Keyword.GATHER_SUBSET, mapping, this::subset);
    put(settings, Keyword.FACT_PATH, mapping, shapes::text);
    return settings;
  }

  private Map<Keyword, Located> inherited() {
    Map<Keyword, Located> inherited = new EnumMap<>(Keyword.class);
    inherited.putAll(defaults);
    inherited.keySet().removeIf(keyword -> !keyword.inherited());
    return inherited;
  }

  private interface Shape {
    Optional<Located> read(Node node, String what);
  }

  private static void put(
      Map<Keyword, Located> settings, Keyword keyword, Node.Mapping mapping, Shape shape) {
    mapping
        .get(keyword.word())
        .flatMap(node -> shape.read(node, "'" + keyword.word() + "'"))
        .ifPresent(value -> settings.put(keyword, value));
  }

  private Optional<Located> subset(Node node, String what) {
    return shapes.texts(node, what).isEmpty()
        ? Optional.empty()
        : Optional.of(Values.located(node));
  }

  private Optional<Located> strategy(Node node) {
    Optional<Located> strategy = shapes.text(node, "'strategy'");
    if (strategy.isEmpty() || strategy.get().value() instanceof Value.Template) {
      return strategy;
    }
    String name = Shapes.characters(strategy.get().value()).replace("ansible.builtin.", "");
    if (STRATEGIES.contains(name)) {
      return Optional.of(new Located(Value.text(name), strategy.get().at()));
    }
    reading.report(
        Diagnostic.error(node.at(), "the strategy '" + name + "' is not supported")
            .because("Hearth has " + String.join(", ", STRATEGIES))
            .next(Nearest.hint(name, STRATEGIES, "remove it, or use 'free'")));
    return Optional.empty();
  }

  private Optional<Located> order(Node node) {
    Optional<Located> order = shapes.text(node, "'order'");
    boolean known =
        order.isEmpty()
            || order.get().value() instanceof Value.Template
            || ORDERS.contains(Shapes.characters(order.get().value()));
    if (known) {
      return order;
    }
    String name = Shapes.characters(order.get().value());
    reading.report(
        Diagnostic.error(node.at(), "unknown order '" + name + "'")
            .because("the orders are " + String.join(", ", ORDERS))
            .next(Nearest.hint(name, ORDERS, "use one of these")));
    return Optional.empty();
  }

  private Optional<Located> serial(Node node) {
    for (Located batch : shapes.texts(node, "'serial'")) {
      boolean fits =
          batch.value() instanceof Value.Template
              || BATCH.matcher(Shapes.characters(batch.value())).matches();
      if (!fits) {
        reading.report(
            Diagnostic.error(batch.at(), "'serial' takes numbers and percentages")
                .because("it says how many hosts are done at a time")
                .next("write for instance 'serial: 2', 'serial: \"30%\"' or a list of these"));
        return Optional.empty();
      }
    }
    return Optional.of(Values.located(node));
  }

  private List<Located> varsFiles(Node.Mapping mapping, Path directory) {
    List<Located> files = new ArrayList<>();
    Optional<Node> node = mapping.get("vars_files").filter(each -> !Shapes.isNull(each));
    if (node.isEmpty()) {
      return files;
    }
    List<Node> items =
        node.get() instanceof Node.Sequence sequence ? sequence.items() : List.of(node.get());
    for (Node item : items) {
      List<Located> names = shapes.texts(item, "a file of 'vars_files'");
      boolean allKnown = names.stream().noneMatch(name -> name.value() instanceof Value.Template);
      List<Path> directories = List.of(directory, directory.resolve("vars"));
      boolean none =
          names.stream()
              .map(name -> Shapes.characters(name.value()))
              .noneMatch(name -> StaticFiles.exists(name, directories));
      if (allKnown && none && !names.isEmpty()) {
        String name = Shapes.characters(names.getLast().value());
        reading.report(
            TaskFiles.missing(name, names.getLast().at(), "the file of variables", directories));
      }
      files.add(Values.located(item));
    }
    return files;
  }

  private List<VarsPrompt> prompts(Node.Mapping mapping) {
    List<VarsPrompt> prompts = new ArrayList<>();
    mapping
        .get("vars_prompt")
        .ifPresent(
            node -> {
              for (Node item : shapes.list(node, "'vars_prompt'")) {
                shapes
                    .mapping(item, "a question", "write '- name: <variable>'")
                    .flatMap(new PromptReader(reading, shapes)::read)
                    .ifPresent(prompts::add);
              }
            });
    return prompts;
  }
}
