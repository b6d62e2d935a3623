package dev.hearth.vault.age;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;

/** What can be wrong with an age file that is not the fault of the key. */
enum Damage {
  ARMOUR("the armour of the age file is damaged"),
  HEADER("the header of the age file is damaged"),
  MAC("the header of the age file was changed after it was written"),
  PAYLOAD("the content of the age file is damaged");

  private final String summary;

  Damage(String summary) {
    this.summary = summary;
  }

  HearthException at(Location place, String why) {
    return Diagnostic.error(place, summary)
        .exit(ExitCode.VAULT_CORRUPT)
        .because(why)
        .next("restore the file from version control or a backup")
        .failure();
  }
}
