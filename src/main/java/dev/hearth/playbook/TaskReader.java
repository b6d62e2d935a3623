package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.playbook.Keyword.Place;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one task or handler. */
final class TaskReader {

  /** The keywords that mean something for an include itself; all others belong into apply. */
  private static final Set<Keyword> INCLUDE_KEYWORDS =
      Set.of(
          Keyword.ACTION,
          Keyword.ARGS,
          Keyword.COLLECTIONS,
          Keyword.DEBUGGER,
          Keyword.IGNORE_ERRORS,
          Keyword.LISTEN,
          Keyword.LOOP,
          Keyword.LOOP_CONTROL,
          Keyword.NAME,
          Keyword.NO_LOG,
          Keyword.REGISTER,
          Keyword.RUN_ONCE,
          Keyword.TAGS,
          Keyword.TIMEOUT,
          Keyword.VARS,
          Keyword.WHEN);

  private final Reading reading;
  private final Shapes shapes;
  private final Directives directives;
  private final AttributeReader attributes;
  private final ActionReader actions;
  private final LoopReader loops;
  private final ArgumentChecks checks;

  TaskReader(Reading reading, Shapes shapes, Directives directives, AttributeReader attributes) {
    this.reading = reading;
    this.shapes = shapes;
    this.directives = directives;
    this.attributes = attributes;
    this.actions = new ActionReader(reading, shapes, directives);
    this.loops = new LoopReader(reading, shapes);
    this.checks = new ArgumentChecks(reading);
  }

  /** The task in this mapping, or nothing after a report. */
  Optional<Task> read(Node.Mapping mapping, Place place, Site site) {
    Attributes own = attributes.own(mapping, place, site.context());
    List<String> collections = site.inherited().inner(own).collections();
    Optional<ActionReader.Found> found = action(mapping, place, collections);
    Optional<Loop> loop = loops.read(mapping);
    Optional<Located> register = register(mapping);
    Optional<Located> retries = integer(mapping, "retries");
    Optional<Located> delay = number(mapping, "delay");
    Optional<Located> async = integer(mapping, "async");
    Optional<Located> poll = integer(mapping, "poll");
    List<Located> changedWhen = conditions(mapping, "changed_when");
    List<Located> failedWhen = conditions(mapping, "failed_when");
    List<Located> until = conditions(mapping, "until");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Action action = found.get().action();
    Attributes effective =
        site.inherited().inner(localAction(mapping, includes(action) ? asInclude(own) : own));
    checks.check(found.get(), found.get().spec(), effective.moduleDefaults());
    return Optional.of(
        new Task(
            mapping.at(),
            name(mapping),
            action,
            effective,
            loop,
            register,
            effective.notifies(),
            changedWhen,
            failedWhen,
            until,
            retries,
            delay,
            async,
            poll,
            included(mapping, action, own, site),
            site.context()));
  }

  /** The name as written, if one is. */
  static Optional<Located> name(Node.Mapping mapping) {
    return mapping
        .get("name")
        .filter(node -> node instanceof Node.Scalar && !Shapes.isNull(node))
        .map(Values::located);
  }

  private Optional<ActionReader.Found> action(
      Node.Mapping mapping, Place place, List<String> collections) {
    List<Map.Entry<Node.Scalar, Node>> candidates = new ArrayList<>();
    List<Map.Entry<Node.Scalar, Node>> unknown = new ArrayList<>();
    for (Map.Entry<Node.Scalar, Node> entry : mapping.entries().entrySet()) {
      String key = entry.getKey().text();
      boolean keyword = Keyword.of(key).filter(each -> each.allowedIn(place)).isPresent();
      if (keyword || key.startsWith(LoopReader.WITH)) {
        boolean indirect = key.equals("action") || key.equals("local_action");
        if (indirect) {
          candidates.add(entry);
        }
      } else if (directives.resolve(key, entry.getKey().at(), collections).isPresent()) {
        candidates.add(entry);
      } else {
        unknown.add(entry);
      }
    }
    for (Map.Entry<Node.Scalar, Node> entry : unknown) {
      Node.Scalar key = entry.getKey();
      reading.report(
          candidates.isEmpty()
              ? UnknownNames.keyOfTask(key.text(), key.at(), place, directives, collections)
              : UnknownNames.keyword(key.text(), key.at(), place));
    }
    if (candidates.size() > 1) {
      reading.report(twoModules(candidates));
      return Optional.empty();
    }
    if (candidates.isEmpty()) {
      if (unknown.isEmpty()) {
        reading.report(noModule(mapping, place));
      }
      return Optional.empty();
    }
    Map.Entry<Node.Scalar, Node> candidate = candidates.getFirst();
    String key = candidate.getKey().text();
    Optional<Node> args = mapping.get("args");
    return key.equals("action") || key.equals("local_action")
        ? actions.readIndirect(candidate.getKey(), candidate.getValue(), args, collections)
        : actions.read(candidate, args, collections);
  }

  private static Diagnostic twoModules(List<Map.Entry<Node.Scalar, Node>> candidates) {
    String names =
        candidates.stream()
            .map(entry -> "'" + entry.getKey().text() + "'")
            .collect(Collectors.joining(" and "));
    return Diagnostic.error(
            candidates.get(1).getKey().at(), "this task has more than one module: " + names)
        .because(
            "a task does one thing; the first one is at " + candidates.getFirst().getKey().at())
        .next("start a new task with '- name:' for the second, or correct the indentation");
  }

  private static Diagnostic noModule(Node.Mapping mapping, Place place) {
    return Diagnostic.error(mapping.at(), place.words() + " that does nothing")
        .because("it has keywords only and no module")
        .next("add a module such as 'ansible.builtin.debug:', or remove the entry");
  }

  private static Attributes localAction(Node.Mapping mapping, Attributes own) {
    Optional<Map.Entry<Node.Scalar, Node>> local = mapping.entry("local_action");
    if (local.isEmpty() || own.get(Keyword.DELEGATE_TO).isPresent()) {
      return own;
    }
    Map<Keyword, Located> settings = new EnumMap<>(Keyword.class);
    settings.putAll(own.settings());
    settings.put(
        Keyword.DELEGATE_TO, new Located(Value.text("localhost"), local.get().getKey().at()));
    return own.withSettings(settings);
  }

  private Optional<Located> register(Node.Mapping mapping) {
    Optional<Node> node = mapping.get("register");
    Optional<String> name = node.flatMap(each -> shapes.staticText(each, "'register'"));
    if (name.isPresent() && !VariableNames.isValid(name.get())) {
      reading.report(
          Diagnostic.error(
                  node.orElseThrow().at(), "'" + name.get() + "' is not a valid variable name")
              .because("a name has letters, digits and underscores, and is no word of expressions")
              .next("choose another name"));
      return Optional.empty();
    }
    return name.map(text -> new Located(Value.text(text), node.orElseThrow().at()));
  }

  private static boolean includes(Action action) {
    return action.name().equals(Directives.INCLUDE_TASKS)
        || action.name().equals(Directives.INCLUDE_ROLE);
  }

  /** An include sees its own variables as strongly as what it includes will. */
  private static Attributes asInclude(Attributes own) {
    return own.withScopes(List.of()).including(own.vars());
  }

  private Attributes included(Node.Mapping mapping, Action action, Attributes own, Site site) {
    if (!includes(action)) {
      return Attributes.NONE;
    }
    for (Node.Scalar key : mapping.entries().keySet()) {
      Optional<Keyword> keyword = Keyword.of(key.text());
      if (keyword.isPresent() && !INCLUDE_KEYWORDS.contains(keyword.get())) {
        reading.report(
            Diagnostic.error(
                    key.at(),
                    "'%s' cannot be used with '%s'".formatted(key.text(), action.written()))
                .because("it would concern the include itself, not the tasks that it brings in")
                .next("put it below 'apply:' of the include, or around it in a block"));
      }
    }
    Attributes inherited = site.inherited().including(own.vars());
    return applied(mapping, action, site.context()).map(inherited::inner).orElse(inherited);
  }

  private Optional<Attributes> applied(Node.Mapping mapping, Action action, Context context) {
    Optional<Node> arguments = mapping.get(action.written());
    Optional<Node> apply =
        arguments
            .filter(Node.Mapping.class::isInstance)
            .map(Node.Mapping.class::cast)
            .flatMap(each -> each.get("apply"))
            .or(
                () ->
                    mapping
                        .get("args")
                        .filter(Node.Mapping.class::isInstance)
                        .map(Node.Mapping.class::cast)
                        .flatMap(each -> each.get("apply")));
    return apply
        .flatMap(node -> shapes.mapping(node, "'apply'", "write 'keyword: value' lines"))
        .map(
            each -> {
              each.entries()
                  .keySet()
                  .forEach(
                      key -> {
                        Optional<Keyword> keyword = Keyword.of(key.text());
                        if (keyword.filter(known -> known.allowedIn(Place.BLOCK)).isEmpty()) {
                          reading.report(UnknownNames.keyword(key.text(), key.at(), Place.BLOCK));
                        }
                      });
              return attributes.own(each, Place.BLOCK, context);
            });
  }

  private List<Located> conditions(Node.Mapping mapping, String key) {
    return mapping.get(key).map(node -> shapes.conditions(node, "'" + key + "'")).orElse(List.of());
  }

  private Optional<Located> integer(Node.Mapping mapping, String key) {
    return mapping.get(key).flatMap(node -> shapes.integer(node, "'" + key + "'"));
  }

  private Optional<Located> number(Node.Mapping mapping, String key) {
    return mapping.get(key).flatMap(node -> shapes.number(node, "'" + key + "'"));
  }
}
