package dev.hearth.playbook;

import static dev.hearth.playbook.ActionSpec.Parameter.optional;
import static dev.hearth.playbook.ActionSpec.Parameter.required;

import dev.hearth.playbook.ActionSpec.Kind;
import dev.hearth.playbook.ActionSpec.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A handful of actions with the parameters that the tests use. */
final class TestCatalog implements ActionCatalog {

  private final Map<String, ActionSpec> specs = new LinkedHashMap<>();

  TestCatalog() {
    module(
        "copy",
        required("dest"),
        optional("src"),
        optional("content"),
        optional("mode"),
        optional("remote_src"),
        optional("owner"));
    module("template", required("src"), required("dest"), optional("mode"));
    module(
        "file",
        required("path", "dest", "name"),
        new Parameter(
            "state", List.of(), false, List.of("file", "directory", "absent", "link", "touch")),
        optional("mode"),
        optional("owner"));
    module("apt", optional("name", "pkg", "package"), optional("state"), optional("update_cache"));
    module("service", required("name"), optional("state"), optional("enabled"));
    module("ping", optional("data"));
    for (String command : List.of("command", "shell", "raw", "script")) {
      put(
          new ActionSpec(
              "ansible.builtin." + command,
              Kind.MODULE,
              List.of(
                  optional("cmd"),
                  optional("argv"),
                  optional("creates"),
                  optional("removes"),
                  optional("chdir"),
                  optional("executable"),
                  optional("stdin")),
              true,
              false));
    }
    directive("debug", false, false, optional("msg"), optional("var"), optional("verbosity"));
    directive(
        "assert", false, false, required("that"), optional("fail_msg", "msg"), optional("quiet"));
    directive("set_fact", false, true, optional("cacheable"));
    directive("meta", true, false);
    directive("include_vars", true, false, optional("file"), optional("dir"), optional("name"));
    directive("validate_argument_spec", false, false, required("argument_spec"));
    put(
        new ActionSpec(
            "community.general.ufw",
            Kind.MODULE,
            List.of(optional("rule"), optional("port")),
            false,
            false));
  }

  private void module(String name, Parameter... parameters) {
    put(new ActionSpec("ansible.builtin." + name, Kind.MODULE, List.of(parameters), false, false));
  }

  private void directive(String name, boolean freeForm, boolean open, Parameter... parameters) {
    put(
        new ActionSpec(
            "ansible.builtin." + name, Kind.DIRECTIVE, List.of(parameters), freeForm, open));
  }

  private void put(ActionSpec spec) {
    specs.put(spec.fullName(), spec);
  }

  @Override
  public Optional<ActionSpec> find(String name) {
    return specs.values().stream()
        .filter(spec -> spec.fullName().equals(name) || spec.fullName().endsWith("." + name))
        .filter(spec -> spec.fullName().equals(name) || !name.contains("."))
        .findFirst();
  }

  @Override
  public Collection<String> names() {
    List<String> names = new ArrayList<>(specs.keySet());
    specs.keySet().forEach(name -> names.add(name.substring(name.lastIndexOf('.') + 1)));
    return names;
  }
}
