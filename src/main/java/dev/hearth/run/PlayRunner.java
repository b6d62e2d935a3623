package dev.hearth.run;

import dev.hearth.diag.Location;
import dev.hearth.playbook.Action;
import dev.hearth.playbook.Attributes;
import dev.hearth.playbook.Context;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.PlayVariables;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One play on one batch of hosts: facts, pre-tasks, roles, tasks, post-tasks, the handlers in
 * between.
 */
final class PlayRunner {

  private static final String LINEAR = "linear";
  private static final String DEBUG = "debug";
  private static final String HOST_PINNED = "host_pinned";

  private final Services services;
  private final PlayState state;
  private final PlayScopes scopes;
  private final EventSink sink;
  private final Tallies tallies;
  private final StartPoint start;

  PlayRunner(
      Services services, PlayState state, EventSink sink, Tallies tallies, StartPoint start) {
    this.services = services;
    this.state = state;
    this.scopes = new PlayScopes(services, state);
    this.sink = sink;
    this.tallies = tallies;
    this.start = start;
  }

  /** Runs the play; hosts wait for each other at every task or do not, as the strategy says. */
  void run(String strategy) {
    boolean debugs = strategy.equals(DEBUG) || services.invocation().debugs();
    if (strategy.equals(LINEAR) || strategy.equals(DEBUG)) {
      sections(walk(Turn.alone(), sink, debugs), state.batch());
      return;
    }
    Independence.check(state.play()).ifPresent(warning -> sink.accept(new Event.Warned(warning)));
    new IndependentHosts(services.options().forks(), strategy.equals(HOST_PINNED), sink)
        .run(state.active(), (host, turn, to) -> sections(walk(turn, to, debugs), List.of(host)));
  }

  private EntryWalk walk(Turn turn, EventSink to, boolean debugs) {
    return new EntryWalk(services, state, scopes, to, tallies, start, turn, debugs);
  }

  private void sections(EntryWalk walk, List<String> hosts) {
    Play play = state.play();
    List<String> unknown =
        gathersFacts(play, hosts.getFirst())
            ? hosts.stream().filter(state::takesPart).toList()
            : List.of();
    if (services.invocation().gathering() == Gathering.SMART) {
      unknown = unknown.stream().filter(host -> !isKnown(host)).toList();
    }
    if (!unknown.isEmpty()) {
      walk.gather(gathering(play), unknown);
    }
    walk.section(play.preTasks(), hosts);
    walk.flushHandlers(hosts);
    walk.section(play.roleEntries(), hosts);
    walk.section(play.tasks(), hosts);
    walk.flushHandlers(hosts);
    walk.section(play.postTasks(), hosts);
    walk.flushHandlers(hosts);
  }

  private boolean isKnown(String host) {
    return services.memory().of(host).facts().containsKey("module_setup");
  }

  private boolean gathersFacts(Play play, String host) {
    return play.gatherFacts()
        .map(
            written ->
                Keywords.bool(services.templar().resolve(written, scopes.of(host)), written.at()))
        .orElse(services.invocation().gathering() != Gathering.EXPLICIT);
  }

  /** The task that Ansible puts before all others. */
  private static Task gathering(Play play) {
    Location at = play.at();
    Map<String, Located> args = new LinkedHashMap<>();
    play.gatherSubset().ifPresent(subset -> args.put("gather_subset", subset));
    play.gatherTimeout().ifPresent(timeout -> args.put("gather_timeout", timeout));
    play.factPath().ifPresent(path -> args.put("fact_path", path));
    Attributes own = play.attributes();
    Set<String> tags = own.tags().isEmpty() ? Set.of("always") : own.tags();
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
        new Context(file, directory, Optional.empty(), List.of(directory), PlayVariables.NONE));
  }
}
