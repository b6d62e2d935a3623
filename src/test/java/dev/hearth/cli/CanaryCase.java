package dev.hearth.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test in a lab of canaries. */
abstract class CanaryCase {

  @TempDir Path folder;
  CanaryLab canaries;
  Lab lab;

  @BeforeEach
  final void makeLab() throws IOException {
    canaries = new CanaryLab(folder);
    lab = canaries.lab();
  }
}
