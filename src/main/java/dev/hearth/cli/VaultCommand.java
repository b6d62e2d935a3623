package dev.hearth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hearth vault}: encrypted files and values. */
@Command(
    name = "vault",
    mixinStandardHelpOptions = true,
    description = "Edit, look at, encrypt and decrypt vault files and values.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: hearth vault edit secrets.yml --vault-password-file ~/.vault-pass"})
final class VaultCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw CommandMissing.of(spec);
  }
}
