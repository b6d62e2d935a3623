package dev.hearth.module.storage;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package, for the registry. */
public final class StorageModules {

  private StorageModules() {}

  /** All of them. */
  public static List<Module<?>> all() {
    return List.of(new Lvol(), new OpenIscsi(), new Parted());
  }
}
