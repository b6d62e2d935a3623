package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Tells what was done, one line for each role and collection. */
public final class Progress {

  private final Consumer<String> lines;
  private final Consumer<Diagnostic> warnings;

  /** Tells it to these. */
  public Progress(Consumer<String> lines, Consumer<Diagnostic> warnings) {
    this.lines = lines;
    this.warnings = warnings;
  }

  void installed(String kind, String name, Receipt receipt, Path target) {
    String pin =
        receipt
            .commit()
            .map(commit -> " (commit " + commit.substring(0, Math.min(12, commit.length())) + ")")
            .or(() -> receipt.checksum().map(sum -> " (sha256 " + sum.substring(0, 12) + ")"))
            .orElse("");
    lines.accept(kind + " " + name + " " + receipt.version() + pin + ": installed in " + target);
  }

  void already(String kind, String name, String version, Path path) {
    lines.accept(kind + " " + name + " " + version + ": already installed in " + path);
  }

  void moved(String kind, String name, Location at, Receipt before, Receipt now) {
    warn(
        Diagnostic.warning(at, "the " + kind + " '" + name + "' " + now.version() + " has changed")
            .because(
                "it was "
                    + before.commit().or(before::checksum).orElse("")
                    + "\nand is  "
                    + now.commit().or(now::checksum).orElse("")
                    + "; a version that stays should mean the same content")
            .next("look at the difference, or pin the whole commit"));
  }

  /** Tells what is worth knowing. */
  public void warn(Diagnostic warning) {
    warnings.accept(warning);
  }
}
