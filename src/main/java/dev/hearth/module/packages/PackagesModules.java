package dev.hearth.module.packages;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package, for the registry. */
public final class PackagesModules {

  private PackagesModules() {}

  /** All of them. */
  public static List<Module<?>> all() {
    return List.of(
        new Debconf(),
        new DpkgSelections(),
        new PackageFacts(),
        new Npm(),
        new Pip(),
        new Pipx(),
        new Apt(),
        new Apk(),
        new Snap(),
        new AptKey(),
        new RpmKey(),
        new YumRepository(),
        new Dnf(),
        new Pacman(),
        new Zypper(),
        new PackageModule(),
        new Deb822Repository(),
        new AptRepository());
  }
}
