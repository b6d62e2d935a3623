package dev.hearth.playbook;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.util.Optional;

/** What a list of tasks holds. */
public sealed interface Entry permits Task, Block {

  /** Where it starts. */
  Location at();

  /** Its name as written. */
  Optional<Located> name();

  /** The keywords in force for it. */
  Attributes attributes();

  /** The file and role it belongs to. */
  Context context();
}
