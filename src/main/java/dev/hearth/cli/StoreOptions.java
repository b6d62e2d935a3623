package dev.hearth.cli;

import dev.hearth.journal.RunStore;
import picocli.CommandLine.Option;

/** Where journals and receipts are. */
final class StoreOptions {

  @Option(
      names = GivenArguments.STORE,
      paramLabel = "ADDRESS",
      description =
          "where journals and receipts are: files, or postgresql://USER@HOST:PORT/DATABASE, whose"
              + " password is in HEARTH_STORE_PASSWORD or ~/.pgpass")
  private String address = "";

  /** The surroundings with what was chosen. */
  Environment in(Environment environment) {
    return address.isEmpty() ? environment : environment.with(StoreSettings.VARIABLE, address);
  }

  /** The store; the caller closes it. */
  RunStore open(Environment environment) {
    Environment chosen = in(environment);
    return new StoreSettings(chosen, new Settings(chosen)).open();
  }
}
