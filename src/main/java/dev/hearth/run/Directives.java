package dev.hearth.run;

import dev.hearth.plan.Result;
import dev.hearth.playbook.Task;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Actions that steer the run instead of changing a host. */
final class Directives {

  static final String ASSERT = "ansible.builtin.assert";
  static final String INCLUDE_TASKS = "ansible.builtin.include_tasks";
  static final String INCLUDE_ROLE = "ansible.builtin.include_role";
  static final String SET_FACT = "ansible.builtin.set_fact";
  static final String INCLUDE_VARS = "ansible.builtin.include_vars";
  static final String ADD_HOST = "ansible.builtin.add_host";
  static final String PAUSE = "ansible.builtin.pause";
  static final String VALIDATE_ARGUMENTS = "ansible.builtin.validate_argument_spec";
  static final String ASYNC_STATUS = "ansible.builtin.async_status";
  static final String META = "ansible.builtin.meta";
  private static final Set<String> ONCE = Set.of(ADD_HOST, PAUSE);
  private static final Set<String> INCLUDES = Set.of(INCLUDE_TASKS, INCLUDE_ROLE);

  private Directives() {}

  /** Whether an action brings in tasks while the run goes on. */
  static boolean includes(String action) {
    return INCLUDES.contains(action);
  }

  /** Whether an action is done once for all hosts, by the first of them. */
  static boolean speaksForAll(Task task) {
    return ONCE.contains(task.action().name());
  }

  /** Does what the action says. */
  static Result run(DirectiveCall call) throws InterruptedException {
    return switch (call.task().action().name()) {
      case "ansible.builtin.debug" -> new Sayings(call).debug();
      case "ansible.builtin.fail" -> new Sayings(call).fail();
      case ASSERT -> new Sayings(call).assertion();
      case SET_FACT -> new LearntVariables(call).setFact();
      case INCLUDE_VARS -> new LearntVariables(call).includeVars();
      case "ansible.builtin.set_stats" -> new LearntVariables(call).setStats();
      case ADD_HOST -> new InventoryChanges(call).addHost();
      case "ansible.builtin.group_by" -> new InventoryChanges(call).groupBy();
      case VALIDATE_ARGUMENTS -> validateArguments(call);
      case PAUSE -> new Pauses(call).pause();
      case "ansible.builtin.wait_for_connection" -> new Pauses(call).waitForConnection();
      default ->
          throw new IllegalStateException("no such directive: " + call.task().action().name());
    };
  }

  private static Result validateArguments(DirectiveCall call) {
    Value context =
        call.arguments().values().getOrDefault("validate_args_context", Value.Dict.EMPTY);
    if (!(call.arguments().values().get("argument_spec") instanceof Value.Dict spec)) {
      return Result.failure("Incorrect type for argument_spec, expected dict");
    }
    Map<String, Value> given = new LinkedHashMap<>();
    for (Value key : spec.entries().keySet()) {
      Value known = call.scope().find(Keywords.text(key));
      if (known != null) {
        given.put(Keywords.text(key), call.services().templar().resolve(known, call.scope()));
      }
    }
    if (call.arguments().values().get("provided_arguments") instanceof Value.Dict provided) {
      provided.entries().forEach((name, value) -> given.put(Keywords.text(name), value));
    }
    List<String> errors = ArgumentSpec.check(spec, given);
    if (errors.isEmpty()) {
      return Result.ok()
          .with("msg", "The arg spec validation passed")
          .with("validate_args_context", context);
    }
    return Result.failure("Validation of arguments failed:\n" + String.join("\n", errors))
        .with("argument_spec_data", spec)
        .with("argument_errors", new Value.Seq(errors.stream().<Value>map(Value::text).toList()))
        .with("validate_args_context", context);
  }
}
