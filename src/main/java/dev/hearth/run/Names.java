package dev.hearth.run;

import dev.hearth.playbook.Action;
import dev.hearth.playbook.Block;
import dev.hearth.playbook.Context;
import dev.hearth.playbook.Task;
import dev.hearth.template.Scope;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.Optional;

/** What entries are called in the output. */
final class Names {

  private Names() {}

  /** A task's name without its role: as written and evaluated, or the action's. */
  static String of(Task task, Templar templar, Scope scope) {
    return task.name()
        .map(name -> evaluated(name, templar, scope))
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> unnamed(task));
  }

  private static String unnamed(Task task) {
    Action action = task.action();
    if (!action.name().equals(Directives.INCLUDE_ROLE)) {
      return action.written();
    }
    return Optional.ofNullable(action.args().getOrDefault("name", action.args().get("role")))
        .map(role -> action.written() + " : " + written(role.value()))
        .orElse(action.written());
  }

  /** The name that a task was given; empty for none. */
  static String given(Task task, Templar templar, Scope scope) {
    return task.name().map(name -> evaluated(name, templar, scope)).orElse("");
  }

  /** A task's name as banners show it: {@code role : name}. */
  static String banner(Task task, Templar templar, Scope scope) {
    boolean role = task.name().isEmpty() && task.action().name().equals(Directives.INCLUDE_ROLE);
    return (role ? "" : role(task.context())) + of(task, templar, scope);
  }

  /** A block's name for messages. */
  static String of(Block block) {
    return block.name().map(name -> written(name.value())).orElse("block");
  }

  /** A name evaluated; as it is written when it cannot be. */
  static String evaluated(Located name, Templar templar, Scope scope) {
    try {
      Value value = templar.resolve(name, scope);
      return value instanceof Value.Omit ? "" : Keywords.text(value);
    } catch (TemplateFailure failure) {
      return written(name.value());
    }
  }

  private static String role(Context context) {
    return context.role().map(role -> role.name() + " : ").orElse("");
  }

  private static String written(Value name) {
    return Optional.of(name)
        .filter(Value.Template.class::isInstance)
        .map(template -> ((Value.Template) template).source())
        .orElseGet(() -> Keywords.text(name));
  }
}
