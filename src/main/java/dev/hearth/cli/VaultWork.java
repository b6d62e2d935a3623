package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.vault.Vault;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that works with an open vault and has no other outcome than that it is done. */
abstract class VaultWork implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();
  @Mixin VaultVerbosity verbosity = new VaultVerbosity();

  VaultWork(Environment environment) {
    this.environment = environment;
  }

  /** The work; the vault is closed afterwards. */
  abstract void work(Vault opened);

  @Override
  public final Integer call() {
    vault.with(environment, this::work);
    return ExitCode.OK.number();
  }

  final Environment environment() {
    return environment;
  }

  final VaultStreams streams() {
    return new VaultStreams(environment);
  }
}
