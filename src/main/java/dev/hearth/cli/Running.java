package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.HostPattern;
import dev.hearth.local.LocalConnector;
import dev.hearth.module.Modules;
import dev.hearth.playbook.Playbook;
import dev.hearth.receipt.Recorder;
import dev.hearth.receipt.RunRecorder;
import dev.hearth.run.Engine;
import dev.hearth.run.EventSink;
import dev.hearth.run.Explanation;
import dev.hearth.run.FactCache;
import dev.hearth.run.Invocation;
import dev.hearth.run.PlannedTask;
import dev.hearth.run.Prompts;
import dev.hearth.ssh.SshConnector;
import dev.hearth.vars.VarsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs what a {@link Workbench} loaded, and looks ahead at what a run would do. */
final class Running {

  private final Workbench bench;
  private final Environment environment;
  private final Modules modules;
  private final Loading loading;
  private final FactCache factCache;
  private final Invocation invocation;

  Running(
      Workbench bench,
      Environment environment,
      Modules modules,
      Loading loading,
      FactCache factCache,
      Invocation invocation) {
    this.bench = bench;
    this.environment = environment;
    this.modules = modules;
    this.loading = loading;
    this.factCache = factCache;
    this.invocation = invocation;
  }

  /** Runs playbooks. */
  ExitCode run(List<Playbook> playbooks, Optional<HostPattern> limit, EventSink to) {
    return run(
        playbooks,
        limit,
        to,
        bench.journals().purpose(true, Set.of(), Optional.empty(), Duration.ZERO));
  }

  /** Runs playbooks that make something or take it away. */
  ExitCode run(
      List<Playbook> playbooks,
      Optional<HostPattern> limit,
      EventSink to,
      RunRecorder.Purpose purpose) {
    limit.ifPresent(pattern -> bench.inventory().selectSome(pattern, Optional.empty()));
    try (Stopping _ = Stopping.of(Thread.currentThread(), environment);
        SshConnector ssh = bench.ssh();
        Engine engine =
            engine(
                loading.varsFiles(playbooks), ssh, to, bench.journals().recorder(limit, purpose))) {
      return engine.run(playbooks, limit);
    }
  }

  /** Explains a variable of a host: with what playbooks say, if there are any. */
  List<Explanation> explain(String host, String variable, List<Path> paths) {
    List<Path> named = loading.found(paths);
    List<Playbook> playbooks = named.isEmpty() ? List.of() : loading.loader().loadAll(named);
    if (bench.inventory().host(host).isEmpty()) {
      throw Diagnostic.error(ExitCode.NO_HOSTS, "the inventory has no host '" + host + "'")
          .because("variables are explained for one host, not for a group or pattern")
          .next(bench.inventory().hint(host))
          .failure();
    }
    VarsFiles varsFiles =
        playbooks.isEmpty()
            ? new VarsFiles(
                bench.varsDirectories(),
                bench.inventory().directories(),
                Optional.empty(),
                bench.hashBehaviour())
            : loading.varsFiles(playbooks);
    try (SshConnector ssh = bench.ssh();
        Engine engine = engine(varsFiles, ssh, bench.sink(), Recorder.OFF)) {
      return engine.explain(host, variable, playbooks);
    }
  }

  /** What playbooks may do on a host, as far as it is known without a connection. */
  List<PlannedTask> planned(String host, List<Path> paths) {
    List<Playbook> playbooks = loading.loader().loadAll(loading.found(paths));
    try (SshConnector ssh = bench.ssh();
        Engine engine = engine(loading.varsFiles(playbooks), ssh, bench.sink(), Recorder.OFF)) {
      return engine.planned(host, playbooks);
    }
  }

  private Engine engine(VarsFiles varsFiles, SshConnector ssh, EventSink to, Recorder recorder) {
    return new Engine(
        new Engine.Parts(
            bench.inventory(),
            bench::freshInventory,
            varsFiles::layersFor,
            bench.extraVars(),
            bench.templar(),
            modules,
            loading.loader(),
            bench.files(),
            ssh,
            new LocalConnector(),
            new Prompts(new TerminalPrompt(environment)::answer),
            new TerminalPrompt(environment)::step,
            bench.masker()::add,
            to,
            factCache,
            invocation,
            environment.workingDirectory(),
            recorder),
        bench.options());
  }
}
