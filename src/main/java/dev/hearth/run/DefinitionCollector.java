package dev.hearth.run;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.SourceFiles;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what plays, roles and tasks define. */
final class DefinitionCollector implements ContentWalk.Visitor {

  private static final Set<String> OPENERS =
      Set.of("ansible.builtin.add_host", "ansible.builtin.group_by");

  private final Definitions definitions;
  private final SourceFiles files;
  private final Findings findings;

  DefinitionCollector(Definitions definitions, SourceFiles files, Findings findings) {
    this.definitions = definitions;
    this.files = files;
    this.findings = findings;
  }

  @Override
  public void play(Play play) {
    definitions.add(play.vars());
    definitions.add(play.attributes().vars());
    play.varsPrompt().forEach(prompt -> definitions.addAtRunTime(prompt.name()));
    Path directory = play.file().toAbsolutePath().getParent();
    SearchPath path = new SearchPath(directory == null ? List.of() : List.of(directory));
    for (Located file : play.varsFiles()) {
      List<Value> candidates =
          file.value() instanceof Value.Seq list ? list.items() : List.of(file.value());
      for (Value candidate : candidates) {
        if (candidate instanceof Value.Text name) {
          path.find("vars", name.value()).ifPresent(found -> varsFile(found, file));
        } else {
          definitions.open(file.at());
        }
      }
    }
  }

  private void varsFile(Path found, Located file) {
    try {
      IncludedVars.of(found, files, file.at())
          .forEach((name, value) -> definitions.add(name, value, file.at()));
    } catch (HearthException unreadable) {
      findings.addAll(unreadable.diagnostics());
      definitions.openAfterError();
    }
  }

  @Override
  public void role(RoleInstance role) {
    definitions.add(role.defaults());
    definitions.add(role.vars());
    definitions.add(role.entryVars());
    definitions.add(role.params());
    definitions.add(role.attributes().vars());
    role.dependencies().forEach(this::role);
  }

  @Override
  public boolean task(Task task, boolean reached) {
    definitions.add(task.attributes().vars());
    definitions.add(task.included().vars());
    task.register().ifPresent(name -> definitions.addRegistered(Keywords.text(name.value())));
    task.loop()
        .ifPresent(
            loop -> {
              definitions.addAtRunTime(loop.loopVar());
              loop.indexVar().ifPresent(definitions::addAtRunTime);
            });
    String action = task.action().name();
    if (OPENERS.contains(action) || task.action().python().isPresent()) {
      definitions.open(task.action().at());
    } else if (action.equals("ansible.builtin.set_fact")) {
      facts(task);
    } else if (action.equals("ansible.builtin.include_vars")) {
      includedVars(task);
    }
    return false;
  }

  private void facts(Task task) {
    if (task.action().argsTemplate().isPresent()) {
      definitions.open(task.action().at());
    }
    for (String name : task.action().args().keySet()) {
      if (name.contains("{{")) {
        definitions.open(task.action().at());
      }
      definitions.addAtRunTime(name);
    }
  }

  private void includedVars(Task task) {
    Map<String, Value> values = new LinkedHashMap<>();
    task.action().args().forEach((name, value) -> values.put(name, value.value()));
    task.action().freeForm().ifPresent(text -> values.put(Arguments.FREE_FORM, text.value()));
    boolean written =
        task.action().argsTemplate().isEmpty()
            && values.values().stream().allMatch(value -> value instanceof Value.Text);
    if (!written) {
      definitions.open(task.action().at());
      return;
    }
    Scope scope = Scope.of(Map.of(), new SearchPath(task.context().searchDirectories()));
    try {
      new IncludedVars(
              files, scope, task.context(), new Arguments(values, Map.of()), task.action().at())
          .read()
          .keySet()
          .forEach(definitions::addAtRunTime);
    } catch (HearthException unreadable) {
      // The loader tells of a missing file; whether the task comes to it is another question.
      definitions.open(task.action().at());
    }
  }

  @Override
  public boolean notified(Handler handler) {
    return false;
  }

  @Override
  public void include(Task include, Optional<StaticIncludes.Brought> brought, boolean certain) {
    if (brought.isEmpty() || !brought.get().problems().isEmpty()) {
      definitions.open(include.action().at());
    }
  }
}
