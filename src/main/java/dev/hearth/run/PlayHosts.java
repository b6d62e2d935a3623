package dev.hearth.run;

import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.inventory.Inventory;
import dev.hearth.inventory.Selection;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.VarsPrompt;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Value;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a play says of its hosts, before it has any. */
public final class PlayHosts {

  private PlayHosts() {}

  /** The pattern, with its templates evaluated. */
  static String pattern(Play play, Templar templar, Scope scope) {
    Value hosts = templar.resolve(play.hosts(), scope);
    return hosts instanceof Value.Seq list
        ? String.join(",", list.items().stream().map(Keywords::text).toList())
        : Keywords.text(hosts);
  }

  /**
   * The play's name, or its pattern where it has none.
   *
   * @param pattern as evaluated
   */
  static String name(Play play, String pattern, Templar templar, Scope scope) {
    return play.name()
        .map(written -> Names.evaluated(written, templar, scope))
        .filter(text -> !text.isEmpty())
        .orElse(pattern);
  }

  /** The hosts that a pattern selects, in the inventory's order. */
  static Selection selected(
      Play play, String pattern, Inventory inventory, Optional<HostPattern> limit) {
    return inventory.select(HostPattern.parse(pattern, play.hosts().at()), limit);
  }

  /** The names of all hosts of a play. */
  static List<String> all(Play play, String pattern, Inventory inventory) {
    return names(selected(play, pattern, inventory, Optional.empty()));
  }

  /** The names of selected hosts. */
  static List<String> names(Selection selection) {
    return selection.hosts().stream().map(Host::name).toList();
  }

  /** What a play's own keywords may use: the play's and the extra variables. */
  static Scope scope(Play play, Map<String, Variable> extraVars) {
    return scope(play, Map.of(), extraVars);
  }

  /** The same with what somebody was asked for. */
  static Scope scope(Play play, Map<String, Variable> prompted, Map<String, Variable> extraVars) {
    Map<String, Value> variables = new LinkedHashMap<>(play.known().values());
    variables.putAll(Variable.values(prompted));
    variables.putAll(Variable.values(extraVars));
    Path parent = play.file().toAbsolutePath().getParent();
    if (parent != null) {
      variables.put("playbook_dir", Value.text(parent.toString()));
    }
    return Scope.of(variables, new SearchPath(parent == null ? List.of() : List.of(parent)));
  }

  /**
   * The patterns as a list shows them, where nobody is asked for anything: questions have their
   * defaults. What is not known stays as it is written.
   */
  public static List<String> shown(Play play, Templar templar, Map<String, Variable> extraVars) {
    Map<String, Variable> defaults = new LinkedHashMap<>();
    for (VarsPrompt prompt : play.varsPrompt()) {
      prompt
          .defaultValue()
          .ifPresent(
              value ->
                  defaults.put(
                      prompt.name(),
                      new Variable(value.value(), value.at(), Level.PLAY_VARS_PROMPT)));
    }
    Value hosts;
    try {
      hosts = templar.resolve(play.hosts(), scope(play, defaults, extraVars));
    } catch (TemplateFailure unknown) {
      hosts = play.hosts().value();
    }
    List<Value> patterns = hosts instanceof Value.Seq list ? list.items() : List.of(hosts);
    return patterns.stream()
        .map(each -> each instanceof Value.Template left ? left.source() : Keywords.text(each))
        .toList();
  }
}
