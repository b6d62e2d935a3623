package dev.hearth.run;

import dev.hearth.inventory.Globs;
import dev.hearth.playbook.Block;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Task;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Leaves out the tasks before the one that {@code --start-at-task} names. One for a whole run. */
final class StartPoint {

  private Optional<String> awaited;

  StartPoint(Optional<String> awaited) {
    this.awaited = awaited;
  }

  /** Whether the run has come to the named task; from then on always. */
  boolean reached(Task task) {
    if (named(task)) {
      awaited = Optional.empty();
    }
    return awaited.isEmpty();
  }

  /** Whether the run has begun, or the named task is one of this play that are known before. */
  boolean mayBeIn(Play play) {
    return awaited.isEmpty()
        || Stream.of(play.preTasks(), play.roleEntries(), play.tasks(), play.postTasks())
            .flatMap(List::stream)
            .anyMatch(this::holds);
  }

  private boolean holds(Entry entry) {
    return switch (entry) {
      case Task task -> named(task);
      case Block block ->
          Stream.of(block.entries(), block.rescue(), block.always())
              .flatMap(List::stream)
              .anyMatch(this::holds);
    };
  }

  private boolean named(Task task) {
    return awaited.isPresent()
        && task.name().filter(name -> matches(task, name.value(), awaited.get())).isPresent();
  }

  /** The name that was never come to. */
  Optional<String> missed() {
    return awaited;
  }

  /** With or without the role; what is wanted may be a glob. */
  private static boolean matches(Task task, Value name, String wanted) {
    String written =
        name instanceof Value.Template template ? template.source() : Keywords.text(name);
    String full = task.context().role().map(role -> role.name() + " : ").orElse("") + written;
    return written.equals(wanted)
        || full.equals(wanted)
        || Globs.compile(wanted).matcher(written).matches()
        || Globs.compile(wanted).matcher(full).matches();
  }
}
