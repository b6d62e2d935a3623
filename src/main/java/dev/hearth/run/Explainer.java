package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Playbook;
import dev.hearth.playbook.VarsPrompt;
import dev.hearth.template.Reference;
import dev.hearth.template.Scope;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Explains where a variable of a host comes from, without connecting to the host. */
final class Explainer {

  private final Services services;
  private final Map<String, Variable> extraVars;

  Explainer(Services services, Map<String, Variable> extraVars) {
    this.services = services;
    this.extraVars = extraVars;
  }

  /**
   * One explanation for each play that runs on the host; one in all when there is no playbook.
   *
   * @throws dev.hearth.diag.HearthException when nothing defines the variable, or no play runs on
   *     the host
   */
  List<Explanation> explain(String host, String variable, List<Playbook> playbooks) {
    Set<String> known = new TreeSet<>();
    List<Explanation> all = new ArrayList<>();
    if (playbooks.isEmpty()) {
      Layers layers = services.scopes().outside(host);
      known.addAll(layers.names());
      all.add(explanation(host, variable, Optional.empty(), layers, List.of()));
    }
    for (Playbook playbook : playbooks) {
      for (Play play : playbook.plays()) {
        inPlay(host, variable, play, known).ifPresent(all::add);
      }
    }
    if (all.isEmpty()) {
      throw Diagnostic.error(ExitCode.NO_HOSTS, "no play of these playbooks runs on " + host)
          .next("leave the playbook out to see what the inventory says")
          .failure();
    }
    if (all.stream().allMatch(each -> each.definitions().isEmpty() && each.elsewhere().isEmpty())) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "nothing defines '" + variable + "' for " + host)
          .because(
              playbooks.isEmpty()
                  ? "no inventory, group_vars, host_vars or option does; plays were not looked at"
                  : "no inventory, file, play, role, task or option does")
          .next(
              Nearest.hint(variable, known, "list what there is: hearth inventory --host " + host))
          .failure();
    }
    return all;
  }

  private Optional<Explanation> inPlay(String host, String variable, Play play, Set<String> known) {
    Scope scope = PlayHosts.scope(play, extraVars, services.inventory().get(), services.options());
    Located pattern = PlayHosts.pattern(play, services.templar(), scope);
    List<String> hosts = PlayHosts.all(pattern, services.inventory().get());
    if (!hosts.contains(host)) {
      return Optional.empty();
    }
    String name = PlayHosts.name(play, pattern, services.templar(), scope);
    PlayState state = new PlayState(play, name, hosts, hosts, hosts, asked(play));
    Layers layers = new PlayScopes(services, state).of(host);
    known.addAll(layers.names());
    DefinedElsewhere elsewhere = new DefinedElsewhere(variable, services.files());
    new ContentWalk(
            new StaticIncludes(services.tasks()),
            new TagSelection(Set.of(), Set.of()),
            each -> true,
            elsewhere)
        .through(play);
    return Optional.of(
        explanation(
            host,
            variable,
            Optional.of(new Explanation.InPlay(name, play.at())),
            layers,
            elsewhere.found()));
  }

  /** Answers that nobody has given yet. */
  private Map<String, Variable> asked(Play play) {
    Map<String, Variable> asked = new LinkedHashMap<>();
    for (VarsPrompt prompt : play.varsPrompt()) {
      if (!extraVars.containsKey(prompt.name())) {
        Value unknown =
            new Value.Undefined(
                "'" + prompt.name() + "' is asked for when the play begins", prompt.at());
        asked.put(prompt.name(), new Variable(unknown, prompt.at(), Level.PLAY_VARS_PROMPT));
      }
    }
    return asked;
  }

  private Explanation explanation(
      String host,
      String variable,
      Optional<Explanation.InPlay> play,
      Layers layers,
      List<Explanation.Elsewhere> elsewhere) {
    List<Variable> definitions = layers.explain(variable);
    Set<Location> seen =
        definitions.stream().map(Variable::origin).collect(Collectors.toUnmodifiableSet());
    Optional<Value> value = Optional.empty();
    Optional<Diagnostic> failure = Optional.empty();
    Optional<Variable> winner = layers.winner(variable);
    if (winner.isPresent()) {
      try {
        value = Optional.of(services.templar().resolve(winner.get().value(), layers));
        value.ifPresent(services::tellSecrets);
      } catch (TemplateFailure failed) {
        failure = Optional.of(failed.diagnostic());
      }
    }
    return new Explanation(
        host,
        variable,
        play,
        definitions,
        value,
        failure,
        winner.map(each -> uses(each.value(), layers)).orElse(List.of()),
        elsewhere.stream().filter(each -> !seen.contains(each.at())).toList());
  }

  private List<Explanation.Use> uses(Value written, Layers layers) {
    return services.templar().references(written).stream()
        .map(Reference::name)
        .distinct()
        .map(name -> new Explanation.Use(name, layers.winner(name)))
        .toList();
  }
}
