package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plugin {@code constructed}: variables and groups made by expressions over the hosts that the
 * sources before it named.
 *
 * <p>Without {@code strict} an expression that fails is passed over, as in Ansible; one that cannot
 * even be read gives a warning.
 */
final class ConstructedPlugin {

  private static final List<String> OPTIONS =
      List.of(
          "plugin",
          "strict",
          "compose",
          "groups",
          "keyed_groups",
          "use_extra_vars",
          "leading_separator",
          "use_vars_plugins");

  private final Draft draft;
  private final InventoryServices services;
  private final List<Path> processed;
  private boolean strict;

  ConstructedPlugin(Draft draft, InventoryServices services, List<Path> processed) {
    this.draft = draft;
    this.services = services;
    this.processed = processed;
  }

  void read(PluginOptions options) {
    options.warnOfUnknown(OPTIONS, draft);
    strict = options.flag("strict").orElse(false);
    boolean extra = options.flag("use_extra_vars").orElse(false);
    boolean adjacent = options.flag("use_vars_plugins").orElse(false);
    Map<Node.Scalar, Node> compose = options.entries("compose");
    Map<Node.Scalar, Node> groups = options.entries("groups");
    List<KeyedGroups> keyed = new ArrayList<>();
    for (Node entry : options.items("keyed_groups")) {
      keyed.add(KeyedGroups.of(entry, options.flag("leading_separator").orElse(true), draft));
    }
    compose.values().forEach(this::warnOfUnreadable);
    groups.values().forEach(this::warnOfUnreadable);
    for (String host : draft.hostNames()) {
      Scope before = scope(host, adjacent);
      Scope whole = extra ? before.with(services.extraVars()) : before;
      compose.forEach((name, expression) -> compose(host, name, expression, whole));
      Scope after = scope(host, adjacent);
      groups.forEach((name, condition) -> group(host, name, condition, after));
      Scope keys = extra ? after.with(services.extraVars()) : after;
      keyed.forEach(one -> keyed(host, one, keys));
    }
  }

  /** What expressions see of a host: its variables so far, and what the inventory knows of it. */
  private Scope scope(String host, boolean adjacent) {
    Map<String, Located> located = new LinkedHashMap<>();
    List<Path> directories = adjacent ? processed : List.of();
    List<String> groups = draft.groupsOf(host);
    groups.forEach(group -> located.putAll(draft.variablesOfGroup(group)));
    for (Path directory : directories) {
      groups.forEach(group -> located.putAll(services.adjacent().ofGroup(directory, group)));
    }
    located.putAll(draft.variablesOfHost(host));
    for (Path directory : directories) {
      located.putAll(services.adjacent().ofHost(directory, host));
    }
    Map<String, Value> all = new LinkedHashMap<>();
    Optional<Path> file = draft.fileOf(host);
    all.put("inventory_file", file.<Value>map(ConstructedPlugin::path).orElse(Value.NULL));
    all.put(
        "inventory_dir",
        file.map(Path::getParent).<Value>map(ConstructedPlugin::path).orElse(Value.NULL));
    located.forEach((name, value) -> all.put(name, value.value()));
    all.putAll(magic(host, groups));
    return Scope.of(all, new SearchPath(List.of()));
  }

  private static Map<String, Value> magic(String host, List<String> groups) {
    return Map.of(
        "inventory_hostname",
        Value.text(host),
        "inventory_hostname_short",
        Value.text(Address.isNumeric(host) ? host : host.replaceFirst("[.].*", "")),
        "group_names",
        new Value.Seq(
            groups.stream()
                .filter(group -> !group.equals(Group.ALL))
                .sorted()
                .<Value>map(Value::text)
                .toList()));
  }

  private void compose(String host, Node.Scalar name, Node expression, Scope scope) {
    String what = "variable '" + name.text() + "' cannot be made for host '" + host + "'";
    Optional.ofNullable(attempt(what, expression.at(), () -> evaluated(expression, scope)))
        .ifPresent(
            value -> draft.setHostVariable(host, name.text(), new Located(value, expression.at())));
  }

  private void group(String host, Node.Scalar name, Node condition, Scope scope) {
    String group = KeyedGroups.safe(name.text());
    String what = "host '" + host + "' cannot be tried for group '" + group + "'";
    Located written = Values.located(condition);
    Boolean holds =
        attempt(what, condition.at(), () -> services.templar().condition(written, scope));
    if (Boolean.TRUE.equals(holds)) {
      draft.addHost(host, group, name.at(), null);
    }
  }

  private void keyed(String host, KeyedGroups keyed, Scope scope) {
    Location at = keyed.key().at();
    String what =
        "the groups of '" + text(keyed.key()) + "' cannot be made for host '" + host + "'";
    Value key = attempt(what, at, () -> evaluated(keyed.key(), scope));
    if (key == null) {
      return;
    }
    Value parent =
        keyed.parent().isEmpty()
            ? Value.NULL
            : attempt(what, at, () -> parent(keyed.parent().get(), scope));
    if (parent == null) {
      return;
    }
    List<String> names = keyed.names(key);
    if (names.isEmpty() && strict && KeyedGroups.isNothing(key)) {
      throw failure(what, Diagnostic.error(at, "the key gives nothing"), at);
    }
    for (String name : names) {
      draft.addHost(host, name, at, null);
      if (parent instanceof Value.Textual text && !text.reveal().isEmpty()) {
        String outer = KeyedGroups.safe(text.reveal());
        draft.addGroup(outer, at);
        draft.addChild(outer, name, at);
      }
    }
  }

  private Value parent(Node written, Scope scope) {
    return services.templar().resolve(Values.located(written), scope);
  }

  private Value evaluated(Node expression, Scope scope) {
    if (!(expression instanceof Node.Scalar scalar) || scalar.type() != Node.Type.TEXT) {
      throw new TemplateFailure(
          Diagnostic.error(
                  expression.at(), "an expression must be a text, not " + expression.kind())
              .next("put it in quotes"));
    }
    Value value = services.templar().evaluate(scalar.text(), scalar.textAt(), scope);
    if (value instanceof Value.Undefined undefined) {
      throw new TemplateFailure(Diagnostic.error(scalar.at(), undefined.description()));
    }
    if (value instanceof Value.Omit) {
      throw new TemplateFailure(Diagnostic.error(scalar.at(), "the expression omits its value"));
    }
    return value;
  }

  private <T> @Nullable T attempt(String what, Location at, Supplier<T> evaluation) {
    try {
      return evaluation.get();
    } catch (TemplateFailure failed) {
      if (strict) {
        throw failure(what, failed.diagnostic(), at);
      }
      return null;
    }
  }

  private static HearthException failure(String what, Diagnostic reason, Location at) {
    return Diagnostic.error(reason.at().orElse(at), what)
        .because(reason.why().isEmpty() ? reason.summary() : reason.summary() + "\n" + reason.why())
        .next("correct the expression; without 'strict: true' such hosts are passed over")
        .failure();
  }

  private void warnOfUnreadable(Node expression) {
    if (!strict && expression instanceof Node.Scalar scalar && scalar.type() == Node.Type.TEXT) {
      services
          .templar()
          .checkCondition(new Located(Value.text(scalar.text()), scalar.textAt()))
          .forEach(
              finding ->
                  draft.warn(
                      Diagnostic.warning(finding.at().orElse(scalar.at()), finding.summary())
                          .because(finding.why())
                          .next(finding.next())));
    }
  }

  private static Value path(Path path) {
    return Value.text(path.toString());
  }

  private static String text(Node key) {
    return key instanceof Node.Scalar scalar ? scalar.text() : key.kind();
  }
}
