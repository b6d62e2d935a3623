package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks before the run for handlers that are notified and do not exist. A play whose handlers are
 * not all known yet (templates in their names, roles or task files included later) is left to the
 * run.
 */
final class NotifyChecks {

  private final Reading reading;
  private final Set<String> names = new HashSet<>();
  private final List<Located> notified = new ArrayList<>();
  private boolean open;

  NotifyChecks(Reading reading) {
    this.reading = reading;
  }

  static void check(Playbook playbook, Reading reading) {
    playbook.plays().forEach(play -> new NotifyChecks(reading).check(play));
  }

  private void check(Play play) {
    play.handlers().forEach(this::handler);
    play.preTasks().forEach(this::entry);
    play.roleEntries().forEach(this::entry);
    play.tasks().forEach(this::entry);
    play.postTasks().forEach(this::entry);
    if (open) {
      return;
    }
    for (Located name : notified) {
      if (name.value() instanceof Value.Text text && !names.contains(text.value())) {
        reading.report(
            Diagnostic.error(name.at(), "there is no handler '" + text.value() + "' in this play")
                .because("'notify' names a handler or a topic that a handler listens to")
                .next(Nearest.hint(text.value(), names, "add the handler or correct its name")));
      }
    }
  }

  private void handler(Handler handler) {
    Task task = handler.task();
    open |= includes(task);
    task.name().ifPresent(name -> handlerName(name, task));
    handler.listen().forEach(this::name);
    notified.addAll(task.notifies());
  }

  private void handlerName(Located name, Task task) {
    name(name);
    task.context()
        .role()
        .ifPresent(role -> names.add(role.name() + " : " + Shapes.characters(name.value())));
  }

  private void name(Located name) {
    open |= name.value() instanceof Value.Template;
    names.add(Shapes.characters(name.value()));
  }

  private void entry(Entry entry) {
    switch (entry) {
      case Block block -> {
        block.entries().forEach(this::entry);
        block.rescue().forEach(this::entry);
        block.always().forEach(this::entry);
      }
      case Task task -> {
        open |= includes(task);
        notified.addAll(task.notifies());
      }
    }
  }

  private static boolean includes(Task task) {
    return task.action().name().equals(Directives.INCLUDE_ROLE)
        || task.action().name().equals(Directives.INCLUDE_TASKS);
  }
}
