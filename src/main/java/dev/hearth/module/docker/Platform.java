package dev.hearth.module.docker;

import java.util.Map;
import java.util.Set;

/**
 * What an image is made for. Several names of the same architecture are one, as containerd sees it.
 *
 * @param system the operating system
 * @param architecture of the processor
 * @param variant of the architecture; empty for the usual one
 */
record Platform(String system, String architecture, String variant) {

  private static final Set<String> SYSTEMS =
      Set.of("linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "aix");

  private static final Map<String, String> NAMES =
      Map.of(
          "x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64", "i386", "386", "armhf", "arm",
          "armel", "arm");

  private static final Map<String, String> USUAL =
      Map.of("amd64", "v1", "arm64", "v8", "arm", "v7");

  Platform {
    String given = architecture.equals("armel") ? "v6" : variant;
    architecture = NAMES.getOrDefault(architecture, architecture);
    String full = given.matches("[0-9]+") ? "v" + given : given;
    variant = full.equals(USUAL.get(architecture)) ? "" : full;
  }

  /** Reads {@code OS/ARCHITECTURE/VARIANT}, or one of the first two with the engine's other. */
  static Platform of(String text, String engineSystem, String engineArchitecture) {
    String[] parts = text.split("/", 3);
    if (parts.length > 1) {
      return new Platform(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
    }
    return SYSTEMS.contains(text)
        ? new Platform(text, engineArchitecture, "")
        : new Platform(engineSystem, text, "");
  }
}
