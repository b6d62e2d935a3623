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
import dev.hearth.value.Located;
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

  /** The pattern, or the list of patterns, with its templates evaluated. */
  static Located pattern(Play play, Templar templar, Scope scope) {
    Value hosts = templar.resolve(play.hosts(), scope);
    return new Located(
        hosts instanceof Value.Seq ? hosts : Value.text(Keywords.text(hosts)), play.hosts().at());
  }

  /**
   * The play's name, or its pattern where it has none: as it is written where it is a list, as in
   * Ansible.
   *
   * @param pattern as evaluated
   */
  static String name(Play play, Located pattern, Templar templar, Scope scope) {
    return play.name()
        .map(written -> Names.evaluated(written, templar, scope))
        .filter(text -> !text.isEmpty())
        .orElseGet(() -> named(play, pattern.value()));
  }

  private static String named(Play play, Value evaluated) {
    return play.hosts().value() instanceof Value.Seq written
        ? String.join(",", texts(written.items()))
        : texts(List.of(evaluated)).getFirst();
  }

  private static List<String> texts(List<Value> patterns) {
    return patterns.stream()
        .map(each -> each instanceof Value.Template left ? left.source() : Keywords.text(each))
        .toList();
  }

  /** The hosts that a pattern selects, in the inventory's order. */
  static Selection selected(Located pattern, Inventory inventory, Optional<HostPattern> limit) {
    return inventory.select(HostPattern.of(pattern), limit);
  }

  /** The names of all hosts of a play. */
  static List<String> all(Located pattern, Inventory inventory) {
    return names(selected(pattern, inventory, Optional.empty()));
  }

  /** The names of selected hosts. */
  static List<String> names(Selection selection) {
    return selection.hosts().stream().map(Host::name).toList();
  }

  /**
   * What a play's own keywords may use: the play's and the extra variables, the groups, and how the
   * run goes.
   */
  static Scope scope(
      Play play, Map<String, Variable> extraVars, Inventory inventory, RunOptions options) {
    return scope(play, Map.of(), extraVars, inventory, options);
  }

  /** The same with what somebody was asked for. */
  static Scope scope(
      Play play,
      Map<String, Variable> prompted,
      Map<String, Variable> extraVars,
      Inventory inventory,
      RunOptions options) {
    Map<String, Value> variables = new LinkedHashMap<>(play.known().values());
    variables.putAll(Variable.values(prompted));
    variables.putAll(Variable.values(extraVars));
    variables.putAll(Magic.ofOptions(options));
    variables.put("groups", Magic.groups(inventory));
    Path parent = play.file().toAbsolutePath().getParent();
    if (parent != null) {
      variables.put("playbook_dir", Value.text(parent.toString()));
    }
    return Scope.of(variables, new SearchPath(parent == null ? List.of() : List.of(parent)));
  }

  /**
   * A play's hosts as a list shows them.
   *
   * @param name what stands for the play's name where it has none
   * @param patterns as texts
   * @param pattern all of them together
   */
  public record Shown(String name, List<String> patterns, HostPattern pattern) {}

  /**
   * The patterns as a list shows them, where nobody is asked for anything: questions have their
   * defaults. What is not known stays as it is written.
   */
  public static Shown shown(
      Play play,
      Templar templar,
      Map<String, Variable> extraVars,
      Inventory inventory,
      RunOptions options) {
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
      hosts = templar.resolve(play.hosts(), scope(play, defaults, extraVars, inventory, options));
    } catch (TemplateFailure unknown) {
      hosts = play.hosts().value();
    }
    List<String> patterns = texts(hosts instanceof Value.Seq list ? list.items() : List.of(hosts));
    return new Shown(
        named(play, hosts),
        patterns,
        HostPattern.of(
            new Located(
                new Value.Seq(patterns.stream().map(each -> (Value) Value.text(each)).toList()),
                play.hosts().at())));
  }
}
