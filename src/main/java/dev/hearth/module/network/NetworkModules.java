package dev.hearth.module.network;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package, for the registry. */
public final class NetworkModules {

  private NetworkModules() {}

  /** All of them. */
  public static List<Module<?>> all() {
    return List.of(new Nmcli());
  }
}
