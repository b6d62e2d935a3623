package dev.hearth.module.commands;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package. */
public final class CommandModules {

  private CommandModules() {}

  /** One of each. */
  public static List<Module<?>> all() {
    return List.of(
        new CommandModule(),
        new ExpectModule(),
        new PingModule(),
        new RawModule(),
        new ScriptModule(),
        new ShellModule());
  }
}
