package dev.hearth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How this machine is called. */
final class HostName {

  private HostName() {}

  /** The kernel's own name, without asking any name service. */
  static String own() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException unknown) {
      return "unknown";
    }
  }
}
