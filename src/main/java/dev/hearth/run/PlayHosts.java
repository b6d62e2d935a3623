package dev.hearth.run;

import dev.hearth.playbook.Play;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.template.Templar;
import dev.hearth.value.Value;
import dev.hearth.vars.Variable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a play says of its hosts, before it has any. */
final class PlayHosts {

  private PlayHosts() {}

  /** The pattern, with its templates evaluated. */
  static String pattern(Play play, Templar templar, Scope scope) {
    Value hosts = templar.resolve(play.hosts(), scope);
    return hosts instanceof Value.Seq list
        ? String.join(",", list.items().stream().map(Keywords::text).toList())
        : Keywords.text(hosts);
  }

  /** What a play's own keywords may use: the play's and the extra variables. */
  static Scope scope(Play play, Map<String, Variable> extraVars) {
    Map<String, Value> variables = new LinkedHashMap<>();
    play.vars().forEach((name, written) -> variables.put(name, written.value()));
    variables.putAll(Variable.values(extraVars));
    Path parent = play.file().toAbsolutePath().getParent();
    return Scope.of(variables, new SearchPath(parent == null ? List.of() : List.of(parent)));
  }
}
