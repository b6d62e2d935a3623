package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  ProvisionCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return run.provision(environment, lab.find("provision", environment), hosts).number();
  }
}
