package dev.hearth.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the result goes. */
final class VaultOutputOption {

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write there; - for standard output")
  private @Nullable String output;

  /** The file, if one is named. */
  Optional<String> target() {
    return Optional.ofNullable(output);
  }
}
