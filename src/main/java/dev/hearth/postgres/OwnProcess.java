package dev.hearth.postgres;

import dev.hearth.file.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a process from all others, also from those of other machines, and proves that one is gone.
 * Numbers of processes mean something only within one running kernel and one namespace of it.
 */
final class OwnProcess {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  private OwnProcess() {}

  /** The mark of this process; one that proves nothing where the system does not tell enough. */
  static String mark() {
    return world() + " " + ProcessMark.own();
  }

  /** Whether the process with this mark is surely gone. */
  static boolean isGone(String mark) {
    String[] parts = mark.split(" ", 2);
    if (parts.length < 2 || parts[0].isEmpty() || !parts[0].equals(world())) {
      return false;
    }
    return ProcessMark.read(parts[1]).map(process -> !process.isAlive()).orElse(false);
  }

  private static String world() {
    try {
      return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(NAMESPACE);
    } catch (IOException | UnsupportedOperationException unknown) {
      return "";
    }
  }
}
