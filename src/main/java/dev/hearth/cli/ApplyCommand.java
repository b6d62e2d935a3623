package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hearth apply --local}: provisions the machine that it runs on, as one of the lab's hosts.
 */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description =
        "Provision this machine itself, as the host of the inventory that it is: pull mode, for a"
            + " timer. Other hosts that the playbook names are reached as ever.",
    footer = {"", "Example: hearth apply --local", "A systemd timer: docs/pull-mode.md"})
final class ApplyCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin run = new RunMixin();
  @Mixin private final LabOptions lab = new LabOptions();

  @Option(names = "--local", description = "on this machine, without SSH")
  private boolean local;

  @Parameters(
      arity = "0..1",
      paramLabel = "HOST",
      description = "which host of the inventory this is; the one with this machine's name without")
  private @Nullable String host;

  ApplyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (!local) {
      throw Diagnostic.error(ExitCode.INVALID, "apply only works on this machine itself")
          .next("say so: hearth apply --local; another host is provisioned: hearth provision HOST")
          .failure();
    }
    String name = Optional.ofNullable(host).orElseGet(HostName::own);
    run.with(
        environment,
        bench -> {
          if (bench.inventory().host(name).isEmpty()) {
            throw Diagnostic.error(ExitCode.NO_HOSTS, "the inventory has no host '" + name + "'")
                .because(host == null ? "this machine has that name" : "it was named")
                .next("say which host of the inventory this is: hearth apply --local HOST")
                .failure();
          }
          return ExitCode.OK;
        });
    // For this host and no other: what a task delegates elsewhere is still done elsewhere.
    String connection =
        "{{ 'local' if inventory_hostname in ['%s', 'localhost'] else 'ssh' }}".formatted(name);
    run.add(
        List.of(
            Json.write(Value.Dict.ofTexts(Map.of("ansible_connection", Value.text(connection))))),
        List.of());
    return run.provision(environment, lab.find("provision", environment), List.of(name)).number();
  }
}
