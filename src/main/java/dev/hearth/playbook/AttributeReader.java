package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Keyword.Place;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the keywords that entries share with those around them. */
final class AttributeReader {

  private final Reading reading;
  private final Shapes shapes;
  private final Directives directives;

  /** A comma that no braces are around. */
  private static final Pattern OUTSIDE = Pattern.compile(",(?![^{]*[}%]\\})");

  private static final List<String> DEBUGGER =
      List.of("always", "never", "on_failed", "on_skipped", "on_unreachable");

  AttributeReader(Reading reading, Shapes shapes, Directives directives) {
    this.reading = reading;
    this.shapes = shapes;
    this.directives = directives;
  }

  /** What this mapping itself says, nothing inherited. Keys that are no keywords are left alone. */
  Attributes own(Node.Mapping mapping, Place place, Context context) {
    Map<Keyword, Located> settings = new EnumMap<>(Keyword.class);
    mapping
        .entries()
        .forEach(
            (key, value) ->
                Keyword.of(key.text())
                    .filter(keyword -> keyword.inherited() && keyword.allowedIn(place))
                    .ifPresent(
                        keyword ->
                            setting(keyword, value)
                                .ifPresent(setting -> settings.put(keyword, setting))));
    Map<String, Located> vars =
        place == Place.PLAY || place == Place.ROLE
            ? Map.of()
            : mapping.get("vars").map(node -> shapes.variables(node, "'vars'")).orElse(Map.of());
    List<String> collections = collections(mapping);
    return new Attributes(
        settings,
        mapping.get("when").map(node -> shapes.conditions(node, "'when'")).orElse(List.of()),
        tags(mapping, context),
        mapping.get("environment").map(this::environment).orElse(List.of()),
        List.of(new VarsScope(VarsScope.Kind.ENTRY, vars)),
        mapping
            .get("module_defaults")
            .map(node -> moduleDefaults(node, collections))
            .orElse(List.of()),
        notifies(mapping),
        collections);
  }

  private Optional<Located> setting(Keyword keyword, Node value) {
    String what = "'" + keyword.word() + "'";
    return switch (keyword) {
      case ANY_ERRORS_FATAL,
          BECOME,
          CHECK_MODE,
          DELEGATE_FACTS,
          DIFF,
          IGNORE_ERRORS,
          IGNORE_UNREACHABLE,
          NO_LOG,
          RUN_ONCE ->
          shapes.bool(value, what);
      case DEBUGGER -> debugger(value, what);
      case PORT, THROTTLE, TIMEOUT -> shapes.integer(value, what);
      case BECOME_FLAGS -> Shapes.isNull(value) ? Optional.empty() : shapes.text(value, what);
      default -> shapes.text(value, what);
    };
  }

  private Optional<Located> debugger(Node node, String what) {
    Optional<Located> when = shapes.text(node, what);
    if (when.isEmpty() || DEBUGGER.contains(Shapes.characters(when.get().value()))) {
      return when;
    }
    String written = Shapes.characters(when.get().value());
    reading.report(
        Diagnostic.error(node.at(), "'" + written + "' is no value of 'debugger'")
            .because("it takes " + String.join(", ", DEBUGGER))
            .next(Nearest.hint(written, DEBUGGER, "write one of them")));
    return Optional.empty();
  }

  /** One text with commas, or a list. */
  private Set<String> tags(Node.Mapping mapping, Context context) {
    Set<String> tags = new LinkedHashSet<>();
    Optional<Node> node = mapping.get("tags");
    if (node.isEmpty()) {
      return tags;
    }
    if (node.get() instanceof Node.Sequence list) {
      list.items().forEach(item -> tags.addAll(listed(item, context)));
      return tags;
    }
    Value written = Values.of(node.get());
    if (!(written instanceof Value.Textual || written instanceof Value.Template)) {
      if (!Shapes.isNull(node.get())) {
        reading.report(
            Diagnostic.error(node.get().at(), "'tags' has to be a text or a list of texts")
                .next("put it into quotes, or into brackets"));
      }
      return tags;
    }
    for (Located tag : shapes.texts(node.get(), "'tags'")) {
      if (tag.value() instanceof Value.Template template) {
        tags.addAll(templated(tag, List.of(OUTSIDE.split(template.source())), context));
        continue;
      }
      for (String each : Shapes.characters(tag.value()).split(",")) {
        if (!each.isBlank()) {
          tags.add(each.strip());
        }
      }
    }
    return tags;
  }

  /** A tag of a list; unlike in a text, commas do not divide it. */
  private List<String> listed(Node item, Context context) {
    Value written = Values.of(item);
    if (written instanceof Value.Int || written instanceof Value.Real) {
      reading.report(
          Diagnostic.warning(item.at(), "a number is no tag that can be asked for")
              .because("--tags and --skip-tags name texts, and no text equals a number")
              .next("put it into quotes"));
      return List.of();
    }
    return shapes
        .text(item, "'tags'")
        .map(
            tag ->
                tag.value() instanceof Value.Template template
                    ? templated(tag, List.of(template.source()), context)
                    : List.of(Shapes.characters(tag.value())))
        .orElse(List.of());
  }

  /** A text, a number, or a list of these: what comes out of a template is not divided again. */
  private List<String> templated(Located tag, List<String> parts, Context context) {
    Value.Template template = (Value.Template) tag.value();
    String next = "write the tags themselves, or make the variable one of the play";
    List<String> tags = new ArrayList<>();
    for (String part : parts) {
      Value written = Values.written(part.strip(), template.at(), template.secret());
      reading
          .known(new Located(written, tag.at()), context, Map.of(), "a value of 'tags'", next)
          .map(value -> value instanceof Value.Seq list ? list.items() : List.of(value))
          .ifPresent(items -> items.forEach(each -> tags.add(Shapes.characters(each))));
    }
    return tags;
  }

  private List<Located> notifies(Node.Mapping mapping) {
    return mapping.get("notify").map(node -> shapes.texts(node, "'notify'")).orElse(List.of());
  }

  private List<String> collections(Node.Mapping mapping) {
    List<String> names = new ArrayList<>();
    mapping
        .get("collections")
        .ifPresent(
            node -> {
              for (Located name : shapes.texts(node, "'collections'")) {
                names.add(Shapes.characters(name.value()));
              }
            });
    return names;
  }

  private List<Located> environment(Node node) {
    return mappings(node, "'environment'");
  }

  /** A mapping, a template that gives one, or a list of these. */
  private List<Located> mappings(Node node, String what) {
    if (Shapes.isNull(node)) {
      return List.of();
    }
    List<Located> all = new ArrayList<>();
    for (Node item : node instanceof Node.Sequence sequence ? sequence.items() : List.of(node)) {
      if (item instanceof Node.Mapping || Values.of(item) instanceof Value.Template) {
        all.add(Values.located(item));
      } else {
        reading.report(
            Diagnostic.error(item.at(), what + " has to be a mapping, not " + item.kind())
                .next("write 'name: value' lines"));
      }
    }
    return all;
  }

  private List<Located> moduleDefaults(Node node, List<String> collections) {
    List<Located> all = mappings(node, "'module_defaults'");
    all.stream()
        .filter(defaults -> defaults.value() instanceof Value.Template)
        .forEach(
            defaults ->
                reading.report(
                    Diagnostic.error(defaults.at(), "'module_defaults' cannot be a template")
                        .because(
                            "the modules have to be known before the run; their values may be"
                                + " templates")
                        .next("write the names of the modules here")));
    return all.stream().map(defaults -> withFullNames(defaults, collections)).toList();
  }

  private Located withFullNames(Located defaults, List<String> collections) {
    if (!(defaults.value() instanceof Value.Dict dict)) {
      return defaults;
    }
    Map<Value, Value> renamed = new LinkedHashMap<>();
    dict.entries()
        .forEach(
            (key, value) -> {
              String name = Shapes.characters(key);
              if (name.startsWith("group/")) {
                // Which modules are in it is the run's to know; groups of modules that there are
                // not concern no task. Ansible itself has none for its own modules.
                if (name.startsWith("group/ansible.builtin.")) {
                  reading.report(
                      Diagnostic.error(defaults.at(), "there is no group '" + name + "'")
                          .because("ansible.builtin has no groups of modules")
                          .next("name the modules themselves"));
                }
                renamed.put(key, value);
                return;
              }
              Optional<ActionSpec> spec =
                  directives
                      .resolve(name, defaults.at(), collections)
                      .map(Directives.Resolved::spec);
              if (spec.isEmpty()) {
                reading.report(UnknownNames.action(name, defaults.at(), directives, collections));
                return;
              }
              Value known = checked(name, spec.get(), value, defaults);
              renamed.merge(Value.text(spec.get().fullName()), known, AttributeReader::merged);
            });
    return new Located(new Value.Dict(renamed), defaults.at());
  }

  private Value checked(String name, ActionSpec spec, Value value, Located defaults) {
    if (value instanceof Value.Dict args) {
      args.entries().keySet().stream()
          .map(Shapes::characters)
          .filter(each -> !spec.open() && spec.parameter(each).isEmpty())
          .forEach(each -> reading.report(UnknownNames.parameter(each, defaults.at(), name, spec)));
    } else if (!(value instanceof Value.Template)) {
      reading.report(
          Diagnostic.error(defaults.at(), "the defaults of '" + name + "' have to be a mapping")
              .next("write 'name: value' lines below the module's name"));
    }
    return value;
  }

  private static Value merged(Value first, Value second) {
    if (first instanceof Value.Dict one && second instanceof Value.Dict two) {
      Map<Value, Value> both = new LinkedHashMap<>(one.entries());
      both.putAll(two.entries());
      return new Value.Dict(both);
    }
    return second;
  }
}
