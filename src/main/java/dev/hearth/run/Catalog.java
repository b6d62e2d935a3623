package dev.hearth.run;

import dev.hearth.module.Module;
import dev.hearth.module.Modules;
import dev.hearth.module.Parameter;
import dev.hearth.module.library.RefusedModules;
import dev.hearth.playbook.ActionCatalog;
import dev.hearth.playbook.ActionSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tells the playbook loader which modules and directives there are, and what each of them takes.
 */
public final class Catalog implements ActionCatalog {

  private static final List<ActionSpec> DIRECTIVES =
      List.of(
          directive("debug", "msg", "var", "verbosity"),
          directive("fail", "msg"),
          required("assert", "that", "fail_msg", "msg", "success_msg", "quiet"),
          required(
              "validate_argument_spec",
              "argument_spec",
              "provided_arguments",
              "validate_args_context"),
          required("async_status", "jid", "mode"),
          open("set_fact", "cacheable"),
          new ActionSpec(
              "ansible.builtin.include_vars",
              ActionSpec.Kind.DIRECTIVE,
              optional(
                  "file",
                  "dir",
                  "name",
                  "hash_behaviour",
                  "extensions",
                  "ignore_files",
                  "depth",
                  "files_matching",
                  "ignore_unknown_extensions"),
              true,
              false),
          open("add_host", "name", "hostname", "host", "groups", "group", "groupname"),
          required("group_by", "key", "parents"),
          required("set_stats", "data", "per_host", "aggregate"),
          directive("pause", "seconds", "minutes", "prompt", "echo"),
          new ActionSpec(
              Fetching.ACTION,
              ActionSpec.Kind.DIRECTIVE,
              List.of(
                  ActionSpec.Parameter.required("src"),
                  ActionSpec.Parameter.required("dest"),
                  ActionSpec.Parameter.optional("flat"),
                  ActionSpec.Parameter.optional("fail_on_missing"),
                  ActionSpec.Parameter.optional("validate_checksum")),
              false,
              false),
          directive(
              "reboot",
              "msg",
              "reboot_timeout",
              "reboot_timeout_sec",
              "reboot_command",
              "test_command",
              "boot_time_command",
              "pre_reboot_delay",
              "pre_reboot_delay_sec",
              "post_reboot_delay",
              "post_reboot_delay_sec",
              "connect_timeout",
              "connect_timeout_sec",
              "search_paths"),
          directive("wait_for_connection", "timeout", "delay", "sleep", "connect_timeout"),
          freeForm("meta"),
          freeForm("include_tasks", "file", "apply"),
          freeForm("import_tasks", "file"),
          freeForm("import_playbook"),
          directive(
              "include_role",
              "name",
              "role",
              "tasks_from",
              "vars_from",
              "defaults_from",
              "handlers_from",
              "apply",
              "public",
              "allow_duplicates",
              "rolespec_validate"),
          directive(
              "import_role",
              "name",
              "role",
              "tasks_from",
              "vars_from",
              "defaults_from",
              "handlers_from",
              "public",
              "allow_duplicates",
              "rolespec_validate"));

  private final Map<String, ActionSpec> byName = new LinkedHashMap<>();
  private final TreeSet<String> proposals = new TreeSet<>();

  /** The directives and these modules. */
  public Catalog(Modules modules) {
    DIRECTIVES.forEach(spec -> put(spec, List.of()));
    modules.all().forEach(module -> put(of(module), module.spec().aliases()));
  }

  @Override
  public Optional<ActionSpec> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  @Override
  public Collection<String> names() {
    return proposals;
  }

  @Override
  public Optional<Refused> refused(String name) {
    return RefusedModules.of(name).map(reason -> new Refused(reason.because(), reason.next()));
  }

  private void put(ActionSpec spec, List<String> aliases) {
    name(spec.fullName(), spec);
    aliases.forEach(alias -> name(alias, spec));
  }

  private void name(String full, ActionSpec spec) {
    String shortName = full.substring(full.lastIndexOf('.') + 1);
    byName.put(full, spec);
    byName.put(shortName, spec);
    if (full.startsWith("ansible.builtin.")) {
      byName.put("ansible.legacy." + shortName, spec);
    }
    proposals.add(full);
    proposals.add(shortName);
  }

  private static ActionSpec of(Module<?> module) {
    List<ActionSpec.Parameter> parameters =
        Parameter.of(module.spec().arguments()).stream()
            .map(
                each ->
                    new ActionSpec.Parameter(
                        each.name(), each.aliases(), each.required(), each.choices()))
            .toList();
    return new ActionSpec(
        module.spec().name(),
        ActionSpec.Kind.MODULE,
        parameters,
        !module.spec().freeForm().isEmpty(),
        false);
  }

  private static ActionSpec directive(String name, String... parameters) {
    return new ActionSpec(
        "ansible.builtin." + name, ActionSpec.Kind.DIRECTIVE, optional(parameters), false, false);
  }

  private static ActionSpec freeForm(String name, String... parameters) {
    return new ActionSpec(
        "ansible.builtin." + name, ActionSpec.Kind.DIRECTIVE, optional(parameters), true, false);
  }

  private static ActionSpec open(String name, String... parameters) {
    return new ActionSpec(
        "ansible.builtin." + name, ActionSpec.Kind.DIRECTIVE, optional(parameters), false, true);
  }

  private static ActionSpec required(String name, String first, String... others) {
    List<ActionSpec.Parameter> all = new ArrayList<>();
    all.add(ActionSpec.Parameter.required(first));
    all.addAll(optional(others));
    return new ActionSpec("ansible.builtin." + name, ActionSpec.Kind.DIRECTIVE, all, false, false);
  }

  private static List<ActionSpec.Parameter> optional(String... names) {
    return List.of(names).stream().map(name -> ActionSpec.Parameter.optional(name)).toList();
  }
}
