package dev.hearth.module.library;

import dev.hearth.module.Module;
import dev.hearth.module.Modules;
import dev.hearth.module.commands.CommandModules;
import dev.hearth.module.crypto.CryptoModules;
import dev.hearth.module.database.DatabaseModules;
import dev.hearth.module.docker.DockerModules;
import dev.hearth.module.files.FileModules;
import dev.hearth.module.net.NetModules;
import dev.hearth.module.network.NetworkModules;
import dev.hearth.module.packages.PackagesModules;
import dev.hearth.module.setup.SetupModules;
import dev.hearth.module.storage.StorageModules;
import dev.hearth.module.system.SystemModules;
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
    all.addAll(NetModules.all());
    all.addAll(PackagesModules.all());
    all.addAll(DockerModules.all());
    all.addAll(SystemModules.all());
    all.addAll(SetupModules.all());
    all.addAll(DatabaseModules.all());
    all.addAll(CryptoModules.all());
    all.addAll(StorageModules.all());
    all.addAll(NetworkModules.all());
    return new Modules(all);
  }
}
