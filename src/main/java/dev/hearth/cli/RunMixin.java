package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.graph.Shard;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.playbook.Playbook;
import dev.hearth.run.ChangeWatch;
import dev.hearth.run.EventSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;

/** The options that all commands share which run playbooks, and the running itself. */
final class RunMixin {

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final PlayOptions play = new PlayOptions();

  /** Adds to what the user asked for: extra variables, and tags that are left out. */
  void add(List<String> extraVars, List<String> skipTags) {
    options.add(extraVars);
    play.tags().skip(skipTags);
  }

  /** Whether nothing is to be changed. */
  boolean check() {
    return play.check();
  }

  /**
   * Runs playbooks.
   *
   * @param only hosts or patterns that the command itself names; empty for all that the plays name
   */
  ExitCode play(Environment environment, List<Path> playbooks, List<String> only) {
    return play(environment, playbooks, only, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param through sees all events first
   */
  ExitCode play(
      Environment environment,
      List<Path> playbooks,
      List<String> only,
      UnaryOperator<EventSink> through) {
    return play(environment, playbooks, only, false, hosts -> {}, through);
  }

  /**
   * Runs playbooks that take away what others made.
   *
   * @param allowed what may go with it
   */
  ExitCode tearDown(
      Environment environment,
      List<Path> playbooks,
      List<String> only,
      SnapshotGuard.Allowed allowed) {
    return play(
        environment,
        playbooks,
        only,
        true,
        bench -> {
          if (!check()) {
            List<Host> hosts =
                bench
                    .inventory()
                    .selectSome(
                        HostPattern.parse(String.join(",", only)),
                        options.limit(bench, environment))
                    .hosts();
            new SnapshotGuard(bench, environment).require(hosts, allowed);
          }
        },
        UnaryOperator.identity());
  }

  private ExitCode play(
      Environment environment,
      List<Path> playbooks,
      List<String> only,
      boolean takesAway,
      Consumer<Workbench> first,
      UnaryOperator<EventSink> through) {
    try (Workbench bench = options.openForHosts(environment, play)) {
      Optional<HostPattern> limit = limit(only, bench, environment);
      List<Playbook> loaded = bench.load(playbooks, limit);
      if (play.flushesCache()) {
        bench.forgetFacts();
      }
      first.accept(bench);
      ChangeWatch watch = new ChangeWatch(through.apply(bench.retrySink(playbooks)));
      ExitCode exit =
          bench
              .running()
              .run(
                  loaded,
                  limit,
                  watch,
                  bench
                      .journals()
                      .purpose(
                          !takesAway,
                          takesAway ? takenDown(bench, limit) : Set.of(),
                          play.continued(),
                          play.patience()));
      boolean pending = play.detailedExitCode() && watch.changed() && exit == ExitCode.OK;
      return pending ? ExitCode.CHANGES_PENDING : exit;
    }
  }

  /** With tags and the like only a part is taken away. */
  private static Set<String> takenDown(Workbench bench, Optional<HostPattern> limit) {
    Set<String> hosts = new LinkedHashSet<>();
    if (bench.options().isWhole() && limit.isPresent()) {
      bench
          .inventory()
          .selectSome(limit.get(), Optional.empty())
          .hosts()
          .forEach(host -> hosts.add(host.name()));
    }
    return hosts;
  }

  /** The hosts that {@code --limit} leaves. */
  Predicate<Host> limited(Environment environment, Workbench bench) {
    return options.limited(environment, bench);
  }

  /** Does something with the lab and its hosts. */
  ExitCode with(Environment environment, Function<Workbench, ExitCode> work) {
    try (Workbench bench = options.openForHosts(environment, play)) {
      return work.apply(bench);
    }
  }

  /**
   * Runs a playbook, and then brings up the services that the lab declares, if it does: on these
   * hosts, in the order of the graph. What is wrong with the declarations is told before anything
   * is done.
   */
  ExitCode provision(Environment environment, Path playbook, List<String> hosts) {
    boolean declared = Files.isRegularFile(Services.file(environment));
    if (declared) {
      with(
          environment,
          bench -> {
            Services.of(bench, environment).review(environment, Optional.of(playbook));
            return ExitCode.OK;
          });
    }
    ExitCode played = play(environment, List.of(playbook), hosts);
    boolean goesOn = played == ExitCode.OK || played == ExitCode.UNREACHABLE;
    if (!declared || !goesOn) {
      return played;
    }
    ExitCode ready =
        with(
            environment,
            bench -> bench.options().isWhole() ? up(environment, bench, hosts) : played);
    return played == ExitCode.OK ? ready : played;
  }

  /** Those of the hosts that are in a part of the run. */
  List<String> part(Environment environment, Shard shard, List<String> hosts) {
    List<String> part = new ArrayList<>();
    with(
        environment,
        bench -> {
          List<String> chosen =
              bench
                  .inventory()
                  .selectSome(
                      HostPattern.parse(String.join(",", hosts)), options.limit(bench, environment))
                  .hosts()
                  .stream()
                  .map(Host::name)
                  .toList();
          if (Files.isRegularFile(Services.file(environment))) {
            Services services = Services.of(bench, environment);
            part.addAll(
                shard.part(
                    chosen,
                    services.bootstrap().services(),
                    service ->
                        services.instances(service).stream()
                            .map(instance -> instance.host().name())
                            .toList()));
          } else {
            part.addAll(shard.part(chosen, List.of(), _ -> List.of()));
          }
          return ExitCode.OK;
        });
    return part;
  }

  private ExitCode up(Environment environment, Workbench bench, List<String> hosts) {
    List<Host> chosen =
        bench
            .inventory()
            .selectSome(HostPattern.parse(String.join(",", hosts)), Optional.empty())
            .hosts();
    Services services = Services.of(bench, environment);
    Predicate<Host> limited = options.limited(environment, bench);
    return new ServiceOrder(
            environment, bench, services, host -> chosen.contains(host) && limited.test(host))
        .up(services.on(chosen));
  }

  /**
   * Takes hosts down by their receipts.
   *
   * @param hosts patterns of the inventory
   * @param drifted whether what was changed since is taken back as well
   * @param allowed what may go with it
   * @param agreed asks whether to go on
   */
  ExitCode takeBack(
      Environment environment,
      List<String> hosts,
      boolean drifted,
      SnapshotGuard.Allowed allowed,
      Predicate<String> agreed) {
    try (Workbench bench = options.openForHosts(environment, play)) {
      List<Host> chosen =
          bench
              .inventory()
              .selectSome(
                  HostPattern.parse(String.join(",", hosts)), options.limit(bench, environment))
              .hosts();
      return new ReceiptTeardown(environment, bench, drifted, play.patience())
          .of(
              chosen,
              check(),
              what -> {
                new SnapshotGuard(bench, environment).require(chosen, allowed);
                return agreed.test(what);
              });
    }
  }

  /** Loads and checks playbooks and lists what was asked for. */
  ExitCode list(Environment environment, List<Path> playbooks, Listing.What what) {
    try (Workbench bench = options.open(environment, play)) {
      Optional<HostPattern> limit = limit(List.of(), bench, environment);
      List<Playbook> loaded = bench.load(playbooks, limit);
      environment
          .out()
          .print(
              new Listing(bench, what)
                  .of(loaded, playbooks.stream().map(Path::toString).toList(), limit));
      return ExitCode.OK;
    }
  }

  private Optional<HostPattern> limit(List<String> only, Workbench bench, Environment environment) {
    Optional<HostPattern> written = options.limit(bench, environment);
    if (only.isEmpty()) {
      return written;
    }
    HostPattern hosts = HostPattern.parse(String.join(",", only));
    return Optional.of(
        written
            .<HostPattern>map(
                limit -> new HostPattern.AnyOf(List.of(hosts, new HostPattern.Only(limit))))
            .orElse(hosts));
  }
}
