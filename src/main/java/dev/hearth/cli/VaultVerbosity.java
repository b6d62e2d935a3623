package dev.hearth.cli;

import picocli.CommandLine.Option;

/** {@code -v}, which ansible-vault's commands have. */
final class VaultVerbosity {

  /** The vault commands have nothing more to tell: what goes wrong they tell whole anyway. */
  @Option(
      names = {"-v", "--verbose"},
      description = "accepted for ansible-vault's sake; there is nothing more to tell")
  void verbose(boolean[] times) {}
}
