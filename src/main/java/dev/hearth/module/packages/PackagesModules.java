package dev.hearth.module.packages;

import dev.hearth.module.Module;
import dev.hearth.module.files.FileMarking;
import java.util.List;
import java.util.Optional;

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
        new FileMarking<>(
            new YumRepository(),
            YumRepository.Args::attributes,
            (want, result) ->
                want.state().equals("absent")
                    ? Optional.empty()
                    : FileMarking.Target.file(YumRepository.path(want))),
        new Dnf(),
        new Pacman(),
        new Zypper(),
        new PackageModule(),
        new Deb822Repository(),
        new AptRepository());
  }
}
