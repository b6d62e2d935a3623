package dev.hearth.module.setup;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package, for the registry. */
public final class SetupModules {

  private SetupModules() {}

  /** All of them. */
  public static List<Module<?>> all() {
    return List.of(new Setup(), new MountFactsModule());
  }
}
