package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Nearest;
import dev.hearth.inventory.HostPattern;
import dev.hearth.inventory.Selection;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Playbook;
import dev.hearth.template.Scope;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs playbooks from the first play to the recap. */
final class PlaybookRunner {

  /** Why a host is lost or fails, where a script may want to know. */
  private static final Set<ExitCode> SPECIFIC =
      Set.of(ExitCode.HOST_KEY, ExitCode.AUTHENTICATION, ExitCode.BECOME, ExitCode.LOCKED);

  private static final List<String> STRATEGIES = List.of("linear", "free", "host_pinned", "debug");

  private static final List<String> ORDERS =
      List.of("inventory", "sorted", "reverse_sorted", "reverse_inventory", "shuffle");

  private final Services services;
  private final Map<String, Variable> extraVars;
  private final Optional<HostPattern> limit;
  private final EventSink sink;
  private final Prompts prompts;
  private final Tallies tallies = new Tallies();
  private final StartPoint start;
  private final Map<String, ExitCode> failed = new LinkedHashMap<>();
  private final Map<String, ExitCode> unreachable = new LinkedHashMap<>();

  PlaybookRunner(
      Services services,
      Map<String, Variable> extraVars,
      Optional<HostPattern> limit,
      EventSink sink,
      Prompts prompts) {
    this.services = services;
    this.extraVars = extraVars;
    this.limit = limit;
    this.sink = new WarnedOnce(sink);
    this.prompts = prompts;
    this.start = new StartPoint(services.options().startAtTask());
  }

  /**
   * Runs the playbooks one after the other and says how it went.
   *
   * @throws Interrupted when the run was stopped; the recap was told
   */
  ExitCode run(List<Playbook> playbooks) {
    try {
      for (Playbook playbook : playbooks) {
        sink.accept(new Event.PlaybookStarted(playbook.file().toString(), playbook.plays().size()));
        for (Play play : playbook.plays()) {
          if (!run(play)) {
            return finish();
          }
        }
      }
      return finish();
    } catch (TemplateFailure failure) {
      throw failure.diagnostic().failure();
    } catch (Interrupted stopped) {
      sink.accept(new Event.Finished(tallies.all()));
      throw stopped;
    }
  }

  private ExitCode finish() {
    sink.accept(
        new Event.Finished(
            tallies.all().stream()
                .map(tally -> tally.withRoundTrips(services.sessions().roundTrips(tally.host())))
                .toList()));
    if (start.missed().isPresent()) {
      throw Diagnostic.error(ExitCode.INVALID, "no task is called '" + start.missed().get() + "'")
          .next("list the tasks: hearth play PLAYBOOK --list-tasks")
          .failure();
    }
    if (!unreachable.isEmpty()) {
      return common(unreachable.values(), ExitCode.UNREACHABLE);
    }
    return failed.isEmpty() ? ExitCode.OK : common(failed.values(), ExitCode.HOSTS_FAILED);
  }

  /** The reason that all share if it has an exit code of its own, or the general one. */
  private static ExitCode common(Collection<ExitCode> reasons, ExitCode general) {
    Set<ExitCode> different = Set.copyOf(reasons);
    ExitCode first = reasons.iterator().next();
    return different.size() == 1 && SPECIFIC.contains(first) ? first : general;
  }

  /** Runs a play; false when it lost all its hosts, which ends the run. */
  private boolean run(Play play) {
    Map<String, Variable> prompted =
        prompts.ask(
            play,
            extraVars,
            services.templar(),
            PlayHosts.scope(play, extraVars, services.inventory().get(), services.options()));
    Scope scope =
        PlayHosts.scope(play, prompted, extraVars, services.inventory().get(), services.options());
    Located pattern = PlayHosts.pattern(play, services.templar(), scope);
    Selection selection = PlayHosts.selected(pattern, services.inventory().get(), limit);
    selection.warnings().forEach(warning -> sink.accept(new Event.Warned(warning)));
    List<String> selected = PlayHosts.names(selection);
    List<String> hosts = healthy(ordered(play, selected, scope));
    String name = PlayHosts.name(play, pattern, services.templar(), scope);
    sink.accept(new Event.PlayStarted(name, hosts, checks(play)));
    if (hosts.isEmpty()) {
      sink.accept(selected.isEmpty() ? new Event.NoHostsMatched(name) : new Event.NoMoreHosts());
      return selected.isEmpty();
    }
    String strategy = strategy(play, scope);
    // Whoever was asked may have done something on a host before answering.
    services.sessions().freshness().spoil();
    boolean first = true;
    for (List<String> batch : batches(play, hosts, scope)) {
      if (!first) {
        sink.accept(new Event.PlayStarted(name, batch, checks(play)));
      }
      first = false;
      PlayState state = new PlayState(play, name, selected, healthy(selected), batch, prompted);
      if (!runBatch(state, strategy)) {
        return false;
      }
      if (state.over()) {
        return true;
      }
    }
    return true;
  }

  /** How the play's hosts wait for each other. */
  private String strategy(Play play, Scope scope) {
    String name =
        play.strategy()
            .map(written -> Keywords.text(services.templar().resolve(written, scope)))
            .orElse("linear")
            .replace("ansible.builtin.", "");
    if (!STRATEGIES.contains(name)) {
      throw Diagnostic.error(
              play.strategy().orElseThrow().at(), "the strategy '" + name + "' is not supported")
          .next(Nearest.hint(name, STRATEGIES, "strategies are " + STRATEGIES))
          .failure();
    }
    return name;
  }

  /** Whether the play's tasks change nothing unless they say otherwise. */
  private boolean checks(Play play) {
    return play.attributes()
        .get(Keyword.CHECK_MODE)
        .map(Located::value)
        .filter(Value.Bool.class::isInstance)
        .map(written -> ((Value.Bool) written).value())
        .orElse(services.options().check());
  }

  private List<String> healthy(List<String> hosts) {
    return hosts.stream()
        .filter(host -> !failed.containsKey(host) && !unreachable.containsKey(host))
        .toList();
  }

  /** The play's hosts in the order that it asks for. */
  private List<String> ordered(Play play, List<String> selected, Scope scope) {
    List<String> hosts = new ArrayList<>(selected);
    play.order()
        .ifPresent(
            written -> {
              String order = Keywords.text(services.templar().resolve(written, scope));
              switch (order) {
                case "inventory", "" -> {}
                case "sorted" -> Collections.sort(hosts);
                case "reverse_sorted" -> hosts.sort(Collections.reverseOrder());
                case "reverse_inventory" -> Collections.reverse(hosts);
                case "shuffle" -> Collections.shuffle(hosts);
                default ->
                    throw Diagnostic.error(written.at(), "hosts cannot be in the order " + order)
                        .next(Nearest.hint(order, ORDERS, "orders are " + ORDERS))
                        .failure();
              }
            });
    return hosts;
  }

  private boolean runBatch(PlayState state, String strategy) {
    new PlayRunner(services, state, sink, tallies, start).run(strategy);
    if (state.cleared()) {
      state.allHosts().forEach(failed::remove);
      state.allHosts().forEach(unreachable::remove);
    }
    state.failed().forEach(host -> failed.put(host, state.reason(host)));
    state.unreachable().forEach(host -> unreachable.put(host, state.reason(host)));
    int lost = state.failed().size() + state.unreachable().size();
    return lost == 0 || lost < state.batch().size();
  }

  private List<List<String>> batches(Play play, List<String> hosts, Scope scope) {
    return play.serial()
        .map(written -> Batches.of(hosts, services.templar().resolve(written, scope), written))
        .orElse(List.of(hosts));
  }
}
