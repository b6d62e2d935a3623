package dev.hearth.vault.strong;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;

/** How a text of this format is refused. */
final class Damage {

  private Damage() {}

  /** It does not have the form. */
  static HearthException form(Location at, String why) {
    return refused(at, "the encrypted text is damaged", why);
  }

  /** It has the form, but it is not what was written. */
  static HearthException changed(Location at, String why) {
    return refused(at, "the encrypted text was changed after it was written", why);
  }

  static HearthException refused(Location at, String summary, String why) {
    return Diagnostic.error(at, summary)
        .exit(ExitCode.VAULT_CORRUPT)
        .because(why)
        .next("restore the file from version control or a backup")
        .failure();
  }
}
