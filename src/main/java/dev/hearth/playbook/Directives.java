package dev.hearth.playbook;

import static dev.hearth.playbook.ActionSpec.Parameter.optional;

import dev.hearth.diag.Location;
import dev.hearth.playbook.ActionSpec.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The actions that bring in other files, which the loader itself understands, before those of the
 * catalogue.
 */
final class Directives implements ActionCatalog {

  static final String IMPORT_TASKS = "ansible.builtin.import_tasks";
  static final String INCLUDE_TASKS = "ansible.builtin.include_tasks";
  static final String IMPORT_ROLE = "ansible.builtin.import_role";
  static final String INCLUDE_ROLE = "ansible.builtin.include_role";
  static final String IMPORT_PLAYBOOK = "ansible.builtin.import_playbook";

  private static final String BUILTIN = "ansible.builtin.";
  private static final String LEGACY = "ansible.legacy.";
  private static final List<ActionSpec.Parameter> ROLE_PARAMETERS =
      List.of(
          optional("name", "role"),
          optional("tasks_from"),
          optional("vars_from"),
          optional("defaults_from"),
          optional("handlers_from"),
          optional("public"),
          optional("allow_duplicates"),
          optional("rolespec_validate"));

  private static final Map<String, ActionSpec> STRUCTURAL = structural();

  private final ActionCatalog others;
  private final PythonModules python;

  Directives(ActionCatalog others, PythonModules python) {
    this.others = others;
    this.python = python;
  }

  /** The modules that are there and cannot run. */
  PythonModules python() {
    return python;
  }

  private static Map<String, ActionSpec> structural() {
    List<ActionSpec.Parameter> includedRole = new ArrayList<>(ROLE_PARAMETERS);
    includedRole.add(optional("apply"));
    Map<String, ActionSpec> specs = new LinkedHashMap<>();
    for (ActionSpec spec :
        List.of(
            new ActionSpec(IMPORT_TASKS, Kind.DIRECTIVE, List.of(optional("file")), true, false),
            new ActionSpec(
                INCLUDE_TASKS,
                Kind.DIRECTIVE,
                List.of(optional("file"), optional("apply")),
                true,
                false),
            new ActionSpec(IMPORT_ROLE, Kind.DIRECTIVE, ROLE_PARAMETERS, false, false),
            new ActionSpec(INCLUDE_ROLE, Kind.DIRECTIVE, includedRole, false, false))) {
      specs.put(spec.fullName(), spec);
    }
    return specs;
  }

  /**
   * The action that a name means; a short name is looked for in these collections first, then among
   * the built-in ones.
   */
  Optional<ActionSpec> find(String written, List<String> collections) {
    if (!written.contains(".")) {
      for (String collection : collections) {
        Optional<ActionSpec> found = find(collection + "." + written);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return find(written);
  }

  /**
   * What a task's module means.
   *
   * @param spec what it may be told
   * @param python the Python that does it, where Hearth has no such module
   */
  record Resolved(ActionSpec spec, Optional<PythonModule> python) {}

  /** The action that a task's name means, be it one in Python that is run on the host. */
  Optional<Resolved> resolve(String written, Location at, List<String> collections) {
    return find(written, collections)
        .map(spec -> new Resolved(spec, Optional.empty()))
        .or(
            () ->
                python
                    .bridged(written, at, collections)
                    .map(
                        module ->
                            new Resolved(
                                new ActionSpec(module.name(), Kind.MODULE, List.of(), false, true),
                                Optional.of(module))));
  }

  @Override
  public Optional<ActionSpec> find(String written) {
    String name =
        written.startsWith(LEGACY) ? BUILTIN + written.substring(LEGACY.length()) : written;
    ActionSpec structural = STRUCTURAL.get(name.contains(".") ? name : BUILTIN + name);
    return Optional.ofNullable(structural)
        .or(() -> others.find(name))
        .or(() -> python.movedTo(name).flatMap(others::find));
  }

  @Override
  public Optional<Refused> refused(String name) {
    return others.refused(name);
  }

  @Override
  public Collection<String> names() {
    List<String> names = new ArrayList<>(others.names());
    STRUCTURAL
        .keySet()
        .forEach(
            name -> {
              names.add(name);
              names.add(name.substring(BUILTIN.length()));
            });
    return names;
  }
}
