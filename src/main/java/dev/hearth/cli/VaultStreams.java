package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.AtomicReplacement;
import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.FileEncryption;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Files and standard streams, as the vault commands take and give them. */
final class VaultStreams {

  private static final String STREAM = "-";

  private final Environment environment;

  VaultStreams(Environment environment) {
    this.environment = environment;
  }

  /** Turns bytes into bytes. */
  interface Conversion {
    byte[] apply(FileEncryption encryption, byte[] bytes, String name);
  }

  /** Turns a file into a file. */
  interface FileConversion {
    void apply(FileEncryption encryption, Path file, Path target);
  }

  /** Turns several files into others, all of them or none. */
  interface JointConversion {
    void apply(FileEncryption encryption, List<Path> files, Path intents);
  }

  /** The same thing done to streams, to a file, and to several files. */
  record Conversions(Conversion stream, FileConversion file, JointConversion all) {}

  /** Converts files in place, one into another, or streams; {@code -} is a stream. */
  void convert(Vault vault, List<String> files, Optional<String> output, Conversions conversions) {
    List<String> names = files.isEmpty() ? List.of(STREAM) : files;
    if (output.isPresent() && names.size() > 1) {
      throw Diagnostic.error(
              ExitCode.INVALID, "--output takes the result of one file, not of " + names.size())
          .next("run the command once for each file")
          .failure();
    }
    FileEncryption encryption = new FileEncryption(vault);
    if (names.size() > 1 && !names.contains(STREAM)) {
      conversions
          .all()
          .apply(encryption, names.stream().map(this::path).toList(), VaultIntents.of(environment));
      return;
    }
    for (String name : names) {
      if (name.equals(STREAM) || output.filter(STREAM::equals).isPresent()) {
        byte[] given = name.equals(STREAM) ? standardInput() : VaultedFiles.read(path(name));
        byte[] made =
            conversions.stream()
                .apply(encryption, given, name.equals(STREAM) ? "standard input" : name);
        Arrays.fill(given, (byte) 0);
        write(made, output);
      } else {
        conversions.file().apply(encryption, path(name), path(output.orElse(name)));
      }
    }
  }

  /** Writes a file that is for its owner only, or to standard output; wipes the bytes. */
  void write(byte[] bytes, Optional<String> output) {
    if (output.isEmpty() || output.get().equals(STREAM)) {
      print(bytes);
    } else {
      AtomicReplacement.forOwnerOnly(new DiskFiles(), path(output.get()), bytes);
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** A file as the command line names it. */
  Path path(String name) {
    return environment.workingDirectory().resolve(name);
  }

  /** The same. */
  Path path(Path name) {
    return environment.workingDirectory().resolve(name);
  }

  /** All of standard input. */
  byte[] standardInput() {
    try {
      return environment.in().readAllBytes();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  /** Writes bytes to standard output and wipes them. */
  void print(byte[] bytes) {
    environment.out().writeBytes(bytes);
    environment.out().flush();
    Arrays.fill(bytes, (byte) 0);
  }
}
