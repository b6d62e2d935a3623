package dev.hearth.cli;

import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.Intents;
import java.nio.file.Path;

/** What vault commands are about to do to several files, and what killed ones had begun. */
final class VaultIntents {

  private VaultIntents() {}

  /** Where it is written down. */
  static Path of(Environment environment) {
    return environment.state().resolve("vault");
  }

  /** Brings to its end what killed commands had begun, and says so. */
  static void finish(Environment environment) {
    new Intents(new DiskFiles(), of(environment))
        .finish()
        .forEach(finding -> environment.err().println(finding.render()));
  }
}
