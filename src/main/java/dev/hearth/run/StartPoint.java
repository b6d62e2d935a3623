package dev.hearth.run;

import dev.hearth.inventory.Globs;
import dev.hearth.playbook.Task;
import dev.hearth.value.Value;
import java.util.Optional;

/** Leaves out the tasks before the one that {@code --start-at-task} names. One for a whole run. */
final class StartPoint {

  private Optional<String> awaited;

  StartPoint(Optional<String> awaited) {
    this.awaited = awaited;
  }

  /** Whether the run has come to the named task; from then on always. */
  boolean reached(Task task) {
    if (awaited.isPresent()
        && task.name().filter(name -> matches(task, name.value(), awaited.get())).isPresent()) {
      awaited = Optional.empty();
    }
    return awaited.isEmpty();
  }

  /** The name that was never come to. */
  Optional<String> missed() {
    return awaited;
  }

  /** By its name, with or without its role's, or by a pattern that the name fits. */
  private static boolean matches(Task task, Value name, String wanted) {
    String own =
        (name instanceof Value.Template template ? template.source() : Keywords.text(name)).strip();
    String full = task.context().role().map(role -> role.name() + " : ").orElse("") + own;
    return own.equals(wanted)
        || Globs.compile(wanted).matcher(own).matches()
        || Globs.compile(wanted).matcher(full).matches();
  }
}
