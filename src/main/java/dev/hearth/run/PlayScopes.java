package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.playbook.Task;
import dev.hearth.template.SearchPath;
import dev.hearth.template.UndefinedFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the hosts of a play see, with the play's {@code vars_files}, which may have other names on
 * other hosts.
 */
final class PlayScopes {

  private final Services services;
  private final PlayState state;
  private final ConcurrentMap<Path, Map<String, Value>> read = new ConcurrentHashMap<>();

  PlayScopes(Services services, PlayState state) {
    this.services = services;
    this.state = state;
  }

  /** What a host sees in the play. */
  Layers of(String host) {
    return services.scopes().play(state, host, varsFiles(host));
  }

  /** What a task sees on a host, without loop variables. */
  Layers task(Task task, String host) {
    return services.scopes().task(of(host), task.attributes(), task.context());
  }

  private Map<String, Variable> varsFiles(String host) {
    if (state.play().varsFiles().isEmpty()) {
      return Map.of();
    }
    // As in Ansible, what tasks set does not choose the play's files.
    Layers before =
        services
            .scopes()
            .play(state, host, Map.of())
            .without(Level.ROLE_VARS)
            .without(Level.INCLUDE_VARS)
            .without(Level.SET_FACT);
    Map<String, Variable> all = new LinkedHashMap<>();
    for (Located written : state.play().varsFiles()) {
      chosen(written, before.with(Level.PLAY_VARS_FILES, new LinkedHashMap<>(all)))
          .ifPresent(
              file ->
                  all.putAll(
                      Variable.all(
                          Level.PLAY_VARS_FILES,
                          written.at(),
                          read.computeIfAbsent(
                              file, key -> IncludedVars.of(key, services.files(), written.at())))));
    }
    return all;
  }

  /**
   * The file of one entry; the first that exists when it is a list; none while its name is not
   * known yet.
   */
  private Optional<Path> chosen(Located written, Layers scope) {
    Value names;
    try {
      names = services.templar().resolve(written, scope);
    } catch (UndefinedFailure notYet) {
      return Optional.empty();
    }
    List<Value> candidates = names instanceof Value.Seq list ? list.items() : List.of(names);
    SearchPath path = scope.searchPath();
    for (Value name : candidates) {
      Optional<Path> found = path.find("vars", Keywords.text(name));
      if (found.isPresent()) {
        return found;
      }
    }
    throw Diagnostic.error(
            written.at(),
            "there is no file of variables "
                + String.join(", ", candidates.stream().map(Keywords::text).toList()))
        .exit(ExitCode.NOT_FOUND)
        .because("searched in " + path.directories())
        .next("create it, or correct the name")
        .failure();
  }
}
