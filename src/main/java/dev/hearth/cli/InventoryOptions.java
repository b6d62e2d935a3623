package dev.hearth.cli;

import dev.hearth.diag.SourceFiles;
import dev.hearth.inventory.HostPattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which hosts there are and which of them are meant. */
final class InventoryOptions {

  @Option(
      names = {"-i", "--inventory", "--inventory-file"},
      paramLabel = "SOURCE",
      description = "inventory file or directory, or host names with commas; may be repeated")
  private List<String> sources = new ArrayList<>();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      description = "work on these hosts only")
  private @Nullable String limit;

  /**
   * The sources from the command line, else from the settings, else {@code ./inventory} if there is
   * one.
   */
  List<String> sources(Settings settings, Environment environment) {
    if (!sources.isEmpty()) {
      return List.copyOf(sources);
    }
    List<String> configured =
        settings.paths("defaults", "inventory", "ANSIBLE_INVENTORY", ",").stream()
            .map(Object::toString)
            .toList();
    if (!configured.isEmpty()) {
      return configured;
    }
    Path usual = environment.workingDirectory().resolve("inventory");
    return Files.exists(usual) ? List.of(usual.toString()) : List.of();
  }

  /** {@code --limit} as it was written. */
  Optional<String> limit() {
    return Optional.ofNullable(limit);
  }

  /**
   * The hosts to keep, if {@code --limit} was given; {@code @file} in it names a file with
   * patterns.
   */
  Optional<HostPattern> limit(SourceFiles files, Environment environment) {
    return Optional.ofNullable(limit)
        .map(text -> HostPattern.parseLimit(text, files, environment.workingDirectory()));
  }
}
