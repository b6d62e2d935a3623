package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth rebuild}: makes a host again from its backups. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description =
        "Make a host again from its backups: verify them, provision, restore, import, bring its"
            + " services up and prove them. Nothing old is removed.",
    footer = {
      "",
      "Examples:",
      "  hearth rebuild host01 --check",
      "  hearth rebuild host01 --snapshot infisical=6aba70c4",
      "  hearth rebuild host01 --drill -i drill/inventory"
    })
final class RebuildCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin run = new RunMixin();
  @Mixin private final LabOptions lab = new LabOptions();

  @Parameters(paramLabel = "HOST", description = "the host")
  private String host = "";

  @Option(
      names = "--snapshot",
      paramLabel = "SET=ID",
      description = "this snapshot of a set instead of its newest one; may be repeated")
  private Map<String, String> snapshots = new LinkedHashMap<>();

  @Option(
      names = "--drill",
      description =
          "on a throw-away host (hearth_throw_away: true), kept apart as 'drill' in backup.yml"
              + " says")
  private boolean drill;

  @Option(
      names = "--with-repository",
      description = "even a host that has the repository of backup.yml on its disks")
  private boolean withRepository;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  private boolean yes;

  RebuildCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path playbook = lab.find("provision", environment);
    // A drill's host has the name of a real one, whose receipt must not be taken for its own.
    Environment used = drill ? environment.apart("drills") : environment;
    List<String> skipped = drill ? new Drill(used, run).prepare(host) : List.of();
    return run.with(
            used,
            bench ->
                new Rebuild(used, bench, run, playbook, snapshots, drill, withRepository, skipped)
                    .of(host, this::agreed))
        .number();
  }

  private void agreed(String plan) {
    environment.out().println(plan);
    if (yes) {
      return;
    }
    String typed =
        new TerminalPrompt(environment)
            .answer("Rebuild " + host + "? Type its name to go on: ", false)
            .orElseThrow(
                () ->
                    Diagnostic.error(
                            ExitCode.INVALID,
                            "rebuild asks before it changes a host, and nobody is there")
                        .next("look first with --check, then add --yes")
                        .failure());
    if (!typed.strip().equals(host)) {
      throw Diagnostic.error(ExitCode.FAILED, "nothing was changed: '" + host + "' was not typed")
          .failure();
    }
  }
}
