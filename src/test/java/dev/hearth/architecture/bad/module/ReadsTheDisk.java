package dev.hearth.architecture.bad.module;

import java.nio.file.Files;
import java.nio.file.Path;

/** A module that looks at the disk. */
public final class ReadsTheDisk {

  /** Looks. */
  public boolean looks() {
    return Files.exists(Path.of("/"));
  }
}
