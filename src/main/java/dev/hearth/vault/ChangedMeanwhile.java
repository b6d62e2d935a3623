package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.nio.file.Path;

/** Somebody else changed the file while a new version of it was made. */
final class ChangedMeanwhile extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChangedMeanwhile(Path file) {
    super(file + " was changed on disk meanwhile");
  }

  /** What a command says that cannot try again by itself. */
  Diagnostic told() {
    return Diagnostic.error(ExitCode.FAILED, String.valueOf(getMessage()))
        .because("writing now would undo that change")
        .next("run the command again");
  }
}
