package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import dev.hearth.template.Reference;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds names that a play certainly reads and that no source defines. A variable is evaluated when
 * something reads it, so what a variable's own value reads counts only then. Sealed values that are
 * certainly read are opened, so that a wrong vault password shows before the run.
 */
final class UndefinedNames implements ContentWalk.Visitor {

  private final Definitions definitions;
  private final Templar templar;
  private final Certainty certainty;
  private final TemplateChecks templates;
  private final List<Diagnostic> findings = new ArrayList<>();
  private final Set<String> followed = new HashSet<>();
  private final Set<String> notified = new HashSet<>();
  private final Map<String, Set<Location>> undefined = new LinkedHashMap<>();

  UndefinedNames(Definitions definitions, Templar templar, TemplateChecks templates) {
    this.definitions = definitions;
    this.templar = templar;
    this.certainty = new Certainty(definitions, templar);
    this.templates = templates;
  }

  @Override
  public void play(Play play) {
    // What it defines is known by now.
  }

  @Override
  public void role(RoleInstance role) {
    // Its variables count when something reads them.
  }

  @Override
  public boolean task(Task task, boolean reached) {
    boolean hasItem = task.loop().map(certainty::hasItems).orElse(true);
    boolean holds = reached;
    for (Located condition : task.attributes().when()) {
      if (holds && hasItem) {
        read(templar.referencesOfCondition(condition));
      }
      holds = holds && certainty.holds(condition);
    }
    if (holds) {
      task.loop().ifPresent(loop -> read(templar.references(loop.items().value())));
    }
    if (holds && hasItem) {
      body(task);
    }
    return holds && hasItem;
  }

  private void body(Task task) {
    if (task.action().name().equals(Directives.VALIDATE_ARGUMENTS)) {
      KnownArguments.check(task, definitions).forEach(findings::add);
    }
    task.action().args().forEach((name, value) -> argument(task, name, value));
    task.action().freeForm().ifPresent(this::value);
    task.action().argsTemplate().ifPresent(this::value);
    task.attributes().environment().forEach(this::value);
    task.attributes().settings().values().forEach(this::value);
    task.loop().flatMap(loop -> loop.label()).ifPresent(this::value);
    List.of(task.changedWhen(), task.failedWhen(), task.until())
        .forEach(
            conditions -> conditions.forEach(each -> read(templar.referencesOfCondition(each))));
    read(templates.referencesOfFile(task));
    task.notifies().forEach(name -> notified.add(Keywords.text(name.value())));
  }

  private void argument(Task task, String name, Located value) {
    switch (task.action().name() + "." + name) {
      case "ansible.builtin.debug.var",
          "ansible.builtin.include_tasks.apply",
          "ansible.builtin.include_role.apply" -> {
        // Shown as undefined, or evaluated by the included tasks.
      }
      case "ansible.builtin.assert.that" -> conditions(value);
      default -> value(value);
    }
  }

  private void conditions(Located that) {
    List<Value> items =
        that.value() instanceof Value.Seq list ? list.items() : List.of(that.value());
    items.forEach(item -> read(templar.referencesOfCondition(new Located(item, that.at()))));
  }

  private void value(Located value) {
    read(templar.references(value.value()));
  }

  private void read(List<Reference> references) {
    for (Reference reference : references) {
      if (!reference.guarded()) {
        read(reference);
      }
    }
  }

  private void read(Reference reference) {
    if (!definitions.knows(reference.name())) {
      undefined
          .computeIfAbsent(reference.name(), name -> new LinkedHashSet<>())
          .add(reference.at());
      return;
    }
    Optional<Located> only = definitions.only(reference.name());
    if (only.isEmpty() || !followed.add(reference.name())) {
      return;
    }
    switch (only.get().value()) {
      case Value.Template template -> read(templar.references(template));
      case Value.Vaulted sealed -> unseal(sealed);
      default -> {}
    }
  }

  private void unseal(Value.Vaulted sealed) {
    try {
      templar.resolve(sealed, Scope.of(Map.of(), SearchPath.NONE));
    } catch (TemplateFailure failure) {
      findings.add(failure.diagnostic());
    } catch (HearthException failure) {
      findings.addAll(failure.diagnostics());
    }
  }

  @Override
  public boolean notified(Handler handler) {
    List<String> names = new ArrayList<>();
    handler.task().name().ifPresent(name -> names.add(Keywords.text(name.value())));
    handler.listen().forEach(topic -> names.add(Keywords.text(topic.value())));
    Optional<String> role = handler.task().context().role().map(RoleInstance::name);
    role.ifPresent(prefix -> List.copyOf(names).forEach(name -> names.add(prefix + " : " + name)));
    return names.stream().anyMatch(notified::contains);
  }

  @Override
  public void include(Task include, Optional<StaticIncludes.Brought> brought, boolean certain) {
    brought.ifPresent(
        found ->
            found
                .problems()
                .forEach(problem -> findings.add(certain ? problem : problem.asWarning())));
  }

  /** What a later play found, too. */
  void add(UndefinedNames later) {
    findings.addAll(later.findings);
    later.undefined.forEach(
        (name, places) ->
            undefined.computeIfAbsent(name, _ -> new LinkedHashSet<>()).addAll(places));
  }

  /** What was found, each undefined name once, where it is read first. */
  List<Diagnostic> findings(Set<String> optional) {
    List<Diagnostic> all = new ArrayList<>(findings);
    undefined.forEach(
        (name, places) -> {
          if (!optional.contains(name)) {
            all.add(finding(name, List.copyOf(places)));
          }
        });
    return all;
  }

  private Diagnostic finding(String name, List<Location> places) {
    String others =
        places.size() == 1
            ? ""
            : "; it is also read at "
                + String.join(
                    ", ", places.stream().skip(1).limit(5).map(Location::toString).toList());
    return Diagnostic.error(places.getFirst(), "'" + name + "' is defined nowhere")
        .because("no inventory, file, role, task or option of this run defines it" + others)
        .next(
            Nearest.hint(
                name,
                definitions.names(),
                "define it, for instance in group_vars/all.yml, or with -e " + name + "=VALUE"));
  }
}
