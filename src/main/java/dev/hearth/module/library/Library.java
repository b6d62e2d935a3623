package dev.hearth.module.library;

import dev.hearth.module.Module;
import dev.hearth.module.Modules;
import dev.hearth.module.commands.CommandModules;
import dev.hearth.module.files.FileModules;
import java.util.ArrayList;
import java.util.List;

/** All modules that Hearth has. */
public final class Library {

  private Library() {}

  /** One of each. */
  public static Modules modules() {
    List<Module<?>> all = new ArrayList<>();
    all.addAll(CommandModules.all());
    all.addAll(FileModules.all());
    return new Modules(all);
  }
}
