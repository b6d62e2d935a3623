package dev.hearth.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The root of all commands; by itself it only explains them. {@link Subcommands} hangs the others
 * below it.
 */
@Command(
    name = "hearth",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Provisions homelabs over SSH from Ansible-style inventories, playbooks and roles.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hearth provision host01",
      "  hearth play site.yml --check --diff",
      "  hearth run all -m ping",
      "  hearth vault view inventory/host_vars/host01/secrets.yml",
      "",
      "Exit codes: 0 done, 2 hosts failed, 4 unreachable, 5 something written is wrong;",
      "the whole table is in docs/exit-codes.md."
    })
final class HearthCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "a command is missing");
  }
}
