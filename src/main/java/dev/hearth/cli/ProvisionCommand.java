package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.graph.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth provision}: brings hosts from a bare system to what the lab's playbook says. */
@Command(
    name = "provision",
    mixinStandardHelpOptions = true,
    description = "Provision hosts with the lab's playbooks/provision.yml.",
    footer = {"", "Example: hearth provision host01 --check --diff"})
final class ProvisionCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin run = new RunMixin();
  @Mixin private final LabOptions lab = new LabOptions();

  @Parameters(
      paramLabel = "HOST",
      arity = "1..*",
      description = "hosts, groups or patterns of the inventory")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "only this part of the hosts, of N that need nothing of each other")
  private @Nullable String shard;

  ProvisionCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path playbook = lab.find("provision", environment);
    List<String> part = shard == null ? hosts : run.part(environment, Shard.parse(shard), hosts);
    if (part.isEmpty()) {
      environment.out().println("no host is in the shard " + shard);
      return ExitCode.OK.number();
    }
    return run.provision(environment, playbook, part).number();
  }
}
