package dev.hearth.run;

import dev.hearth.diag.Location;
import dev.hearth.playbook.Action;
import dev.hearth.playbook.Attributes;
import dev.hearth.playbook.Context;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One play on one batch of hosts: facts, pre-tasks, roles, tasks, post-tasks, the handlers in
 * between.
 */
final class PlayRunner {

  private final PlayState state;
  private final Invocation invocation;
  private final EntryWalk walk;

  PlayRunner(
      Services services, PlayState state, EventSink sink, Tallies tallies, StartPoint start) {
    this.state = state;
    this.invocation = services.invocation();
    this.walk =
        new EntryWalk(services, state, new PlayScopes(services, state), sink, tallies, start);
  }

  void run() {
    Play play = state.play();
    if (gathersFacts(play, invocation) && !state.active().isEmpty()) {
      walk.run(gathering(play), state.active(), Event.Kind.TASK, false).forEach(state::fail);
    }
    walk.section(play.preTasks());
    walk.flushHandlers();
    walk.section(play.roleEntries());
    walk.section(play.tasks());
    walk.flushHandlers();
    walk.section(play.postTasks());
    walk.flushHandlers();
  }

  private static boolean gathersFacts(Play play, Invocation invocation) {
    return play.gatherFacts()
        .map(written -> Keywords.bool(written.value(), written.at()))
        .orElse(invocation.gathersFacts());
  }

  /** The task that Ansible puts before all others. */
  private static Task gathering(Play play) {
    Location at = play.at();
    Map<String, Located> args = new LinkedHashMap<>();
    play.gatherSubset().ifPresent(subset -> args.put("gather_subset", subset));
    play.gatherTimeout().ifPresent(timeout -> args.put("gather_timeout", timeout));
    Attributes own = play.attributes();
    Set<String> tags = new LinkedHashSet<>(own.tags());
    tags.add("always");
    Attributes attributes =
        new Attributes(
            own.settings(),
            List.of(),
            tags,
            own.environment(),
            List.of(),
            own.moduleDefaults(),
            List.of(),
            List.of());
    Path file = play.file().toAbsolutePath();
    Path directory = file.getParent() == null ? file : file.getParent();
    return new Task(
        at,
        Optional.of(new Located(Value.text("Gathering Facts"), at)),
        new Action("setup", "ansible.builtin.setup", args, Optional.empty(), Optional.empty(), at),
        attributes,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Attributes.NONE,
        new Context(file, directory, Optional.empty(), List.of(directory)));
  }
}
