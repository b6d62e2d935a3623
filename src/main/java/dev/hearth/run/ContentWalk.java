package dev.hearth.run;

import dev.hearth.playbook.Block;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goes through everything that a run may come to, in the order of the run, and says of each task
 * whether the run certainly gets there.
 */
final class ContentWalk {

  private final StaticIncludes includes;
  private final TagSelection tags;
  private final Predicate<Play> hasHosts;
  private final Visitor visitor;
  private final Deque<String> open = new ArrayDeque<>();
  private boolean mayHaveEnded;

  /** Told what there is. */
  interface Visitor {
    void play(Play play);

    void role(RoleInstance role);

    /**
     * A task.
     *
     * @param reached whether the run gets to it on every path, its own conditions left aside
     * @return whether its own conditions certainly hold too
     */
    boolean task(Task task, boolean reached);

    /** Whether something that certainly runs notifies the handler. */
    boolean notified(Handler handler);

    /**
     * What an include brings in.
     *
     * @param brought empty when only the run can tell
     * @param certain whether the include certainly happens
     */
    void include(Task include, Optional<StaticIncludes.Brought> brought, boolean certain);
  }

  ContentWalk(
      StaticIncludes includes, TagSelection tags, Predicate<Play> hasHosts, Visitor visitor) {
    this.includes = includes;
    this.tags = tags;
    this.hasHosts = hasHosts;
    this.visitor = visitor;
  }

  void through(Play play) {
    mayHaveEnded = false;
    visitor.play(play);
    play.roles().forEach(visitor::role);
    boolean reached = hasHosts.test(play);
    entries(play.preTasks(), reached);
    entries(play.roleEntries(), reached);
    entries(play.tasks(), reached);
    entries(play.postTasks(), reached);
    play.handlers().forEach(handler -> handler(handler, reached));
  }

  private void handler(Handler handler, boolean reached) {
    task(handler.task(), reached && visitor.notified(handler));
  }

  private void entries(List<Entry> entries, boolean reached) {
    for (Entry entry : entries) {
      switch (entry) {
        case Task task -> task(task, reached);
        case Block block -> {
          entries(block.entries(), reached && block.rescue().isEmpty());
          entries(block.rescue(), false);
          entries(block.always(), reached);
        }
      }
    }
  }

  private void task(Task task, boolean reached) {
    boolean gotTo =
        reached
            && !mayHaveEnded
            && tags.selects(task.attributes().tags())
            && task.attributes().get(Keyword.IGNORE_ERRORS).isEmpty();
    boolean runs = visitor.task(task, gotTo);
    String action = task.action().name();
    if (action.equals(Directives.META)) {
      String what = task.action().freeForm().map(text -> Keywords.text(text.value())).orElse("");
      mayHaveEnded |= what.strip().startsWith("end_");
    } else if (Directives.includes(action)) {
      include(task, runs);
    }
  }

  private void include(Task task, boolean certain) {
    String identity = StaticIncludes.identity(task);
    if (open.contains(identity)) {
      return;
    }
    Optional<StaticIncludes.Brought> brought = includes.of(task);
    visitor.include(task, brought, certain);
    if (brought.isEmpty()) {
      return;
    }
    open.push(identity);
    brought.get().roles().forEach(visitor::role);
    entries(brought.get().entries(), certain);
    brought.get().handlers().forEach(handler -> handler(handler, certain));
    open.pop();
  }
}
