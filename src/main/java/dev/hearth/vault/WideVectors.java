package dev.hearth.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether loops over numbers become wide vector instructions here: the second compiler makes them,
 * for processors that have registers of 256 bits or more. It only decides which of two ways is
 * taken to the same result.
 */
final class WideVectors {

  /** What {@code java.vm.info} says when there is no second compiler. */
  private static final List<String> WITHOUT = List.of("interpreted", "emulated-client");

  /** The first processor's lines are shorter. */
  private static final int MOST_BYTES = 4096;

  private WideVectors() {}

  /** Whether this Java and this processor have them; false where that cannot be told. */
  static boolean areHere() {
    return areIn(System.getProperty("java.vm.info", ""), Path.of("/proc/cpuinfo"));
  }

  /** The same for what Java says of itself, and Linux of the processors. */
  static boolean areIn(String java, Path processors) {
    if (WITHOUT.stream().anyMatch(java::contains)) {
      return false;
    }
    try (var file = Files.newInputStream(processors)) {
      String start = new String(file.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
      return start.lines().anyMatch(line -> line.startsWith("flags") && line.contains(" avx2 "));
    } catch (IOException unknown) {
      return false;
    }
  }
}
