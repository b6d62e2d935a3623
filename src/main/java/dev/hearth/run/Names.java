package dev.hearth.run;

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
        .orElse(task.action().written());
  }

  /** A task's name as banners show it: {@code role : name}. */
  static String banner(Task task, Templar templar, Scope scope) {
    return role(task.context()) + of(task, templar, scope);
  }

  /** A block's name for messages. */
  static String of(Block block) {
    return block.name().map(name -> written(name.value())).orElse("block");
  }

  /** A name evaluated; as it is written when it cannot be. */
  static String evaluated(Located name, Templar templar, Scope scope) {
    try {
      return Keywords.text(templar.resolve(name, scope));
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
