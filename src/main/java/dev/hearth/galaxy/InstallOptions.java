package dev.hearth.galaxy;

import java.nio.file.Path;
import java.util.List;

/**
 * How to install.
 *
 * @param roles the directory that roles go to
 * @param rolesPaths where else roles may be already
 * @param collections the directory {@code ansible_collections} that collections go to
 * @param force install what is there already again
 * @param forceDependencies the same for what others need
 * @param dependencies install what others need
 * @param upgrade take the newest version even where an older one fits
 * @param preReleases take versions that are no releases
 */
public record InstallOptions(
    Path roles,
    List<Path> rolesPaths,
    Path collections,
    boolean force,
    boolean forceDependencies,
    boolean dependencies,
    boolean upgrade,
    boolean preReleases) {

  /** Keeps its own copy. */
  public InstallOptions {
    rolesPaths = List.copyOf(rolesPaths);
  }
}
