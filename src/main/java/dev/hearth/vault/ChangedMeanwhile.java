package dev.hearth.vault;

import java.nio.file.Path;

/** Somebody else changed the file while a new version of it was made. */
final class ChangedMeanwhile extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChangedMeanwhile(Path file) {
    super(file + " was changed on disk meanwhile");
  }
}
