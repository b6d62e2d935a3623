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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Modules of which ansible-core 2.19 does a part on the controller, in an action plugin. */
  private static final Set<String> ACTIONS =
      Stream.of(
              "assemble",
              "command",
              "copy",
              "dnf",
              "fetch",
              "gather_facts",
              "package",
              "raw",
              "reboot",
              "script",
              "service",
              "shell",
              "template",
              "unarchive",
              "uri")
          .map(name -> BUILTIN + name)
          .collect(Collectors.toUnmodifiableSet());

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
   * What a task's module means.
   *
   * @param spec what it may be told
   * @param python the Python that does it, where Hearth has no such module
   */
  record Resolved(ActionSpec spec, Optional<PythonModule> python) {}

  /**
   * The action that a task's name means, be it one in Python that is run on the host. As in
   * ansible-core 2.19 a short name is first one of the collections', then one of a file in {@code
   * library/}, and only then one of Hearth's own; the actions that work on this machine stay what
   * they are.
   *
   * @return nothing when there is no such action, or when the one that is meant may not run
   */
  Optional<Resolved> resolve(String written, Location at, List<String> collections) {
    if (!written.contains(".")) {
      for (String collection : collections) {
        String full = collection + "." + written;
        Optional<ActionSpec> own = find(full);
        if (own.isPresent()) {
          return own(own);
        }
        if (python.inCollection(full, actsHere(written))) {
          return inPython(full, written, at);
        }
      }
    }
    Optional<ActionSpec> own = find(written);
    boolean replaceable = !written.contains(".") || written.startsWith(LEGACY);
    if (own.isEmpty() || (replaceable && !actsHere(written) && python.inLibrary(written))) {
      return inPython(written, written, at);
    }
    if (replaceable) {
      python.passOver(written, at);
    }
    return own(own);
  }

  /** Whether Ansible has an action of that name, which a module of the same name cannot replace. */
  private boolean actsHere(String name) {
    return find(name.startsWith(LEGACY) ? name : LEGACY + name)
        .filter(spec -> spec.kind() == Kind.DIRECTIVE || ACTIONS.contains(spec.fullName()))
        .isPresent();
  }

  private static Optional<Resolved> own(Optional<ActionSpec> found) {
    return found.map(spec -> new Resolved(spec, Optional.empty()));
  }

  private Optional<Resolved> inPython(String name, String written, Location at) {
    return python
        .bridged(name, written, at)
        .map(
            module ->
                new Resolved(
                    new ActionSpec(
                        module.name(), Kind.MODULE, List.of(), isWindowsCommand(written), true),
                    Optional.of(module)));
  }

  /** These take free text, too; a task with one may well stand in a role for POSIX hosts. */
  private static boolean isWindowsCommand(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.equals("win_command") || last.equals("win_shell");
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
