package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.AtomicReplacement;
import dev.hearth.vault.FileEncryption;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultSecrets;
import dev.hearth.vault.VaultedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hearth vault}: files in Ansible's vault format. */
@Command(
    name = "vault",
    mixinStandardHelpOptions = true,
    description = "Look at, encrypt and decrypt vault files.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: hearth vault view secrets.yml --vault-password-file ~/.vault-pass"})
final class VaultCommand implements Runnable {

  private static final String STREAM = "-";

  private final Environment environment;

  @Spec private @Nullable CommandSpec spec;

  VaultCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "a command is missing: view, encrypt or decrypt");
  }

  @Command(
      name = "view",
      mixinStandardHelpOptions = true,
      description = "Print what is in vault files.")
  int view(
      @Mixin VaultOptions vault,
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "vault files")
          List<Path> files) {
    return with(
        vault, opened -> files.forEach(file -> print(new FileEncryption(opened).view(file))));
  }

  @Command(
      name = "encrypt",
      mixinStandardHelpOptions = true,
      description = "Encrypt files, or standard input.")
  int encrypt(
      @Mixin VaultOptions vault,
      @Option(
              names = "--output",
              paramLabel = "FILE",
              description = "write there; - for standard output")
          @Nullable String output,
      @Option(
              names = "--encrypt-vault-id",
              paramLabel = "LABEL",
              description = "encrypt with the password of this label")
          @Nullable String label,
      @Parameters(
              paramLabel = "FILE",
              arity = "0..*",
              description = "plain files; none or - for standard input")
          @Nullable List<String> files) {
    Optional<String> wanted = Optional.ofNullable(label);
    return convert(
        vault,
        files,
        output,
        (encryption, bytes, name) -> encryption.encrypt(bytes, name, wanted),
        (encryption, file, target) -> encryption.encrypt(file, target, wanted));
  }

  @Command(
      name = "decrypt",
      mixinStandardHelpOptions = true,
      description = "Decrypt files, or standard input.")
  int decrypt(
      @Mixin VaultOptions vault,
      @Option(
              names = "--output",
              paramLabel = "FILE",
              description = "write there; - for standard output")
          @Nullable String output,
      @Parameters(
              paramLabel = "FILE",
              arity = "0..*",
              description = "vault files; none or - for standard input")
          @Nullable List<String> files) {
    return convert(
        vault,
        files,
        output,
        (encryption, bytes, name) -> encryption.decrypt(bytes, name),
        (encryption, file, target) -> encryption.decrypt(file, target));
  }

  /** Turns bytes into bytes. */
  private interface Conversion {
    byte[] apply(FileEncryption encryption, byte[] bytes, String name);
  }

  /** Turns a file into a file. */
  private interface FileConversion {
    void apply(FileEncryption encryption, Path file, Path target);
  }

  private int convert(
      VaultOptions options,
      @Nullable List<String> files,
      @Nullable String output,
      Conversion stream,
      FileConversion inPlace) {
    List<String> names =
        files == null || files.isEmpty() ? List.of(STREAM) : new ArrayList<>(files);
    if (output != null && names.size() > 1) {
      throw Diagnostic.error(
              ExitCode.INVALID, "--output takes the result of one file, not of " + names.size())
          .next("run the command once for each file")
          .failure();
    }
    return with(
        options,
        vault -> {
          FileEncryption encryption = new FileEncryption(vault);
          for (String name : names) {
            Path target = Path.of(output == null ? name : output);
            if (name.equals(STREAM) || STREAM.equals(output)) {
              toStream(encryption, name, output, stream);
            } else {
              inPlace.apply(
                  encryption,
                  environment.workingDirectory().resolve(name),
                  environment.workingDirectory().resolve(target));
            }
          }
        });
  }

  private void toStream(
      FileEncryption encryption, String name, @Nullable String output, Conversion conversion) {
    byte[] given = name.equals(STREAM) ? standardInput() : encryptionInput(name);
    byte[] made =
        conversion.apply(encryption, given, name.equals(STREAM) ? "standard input" : name);
    Arrays.fill(given, (byte) 0);
    if (output == null || output.equals(STREAM)) {
      print(made);
    } else {
      AtomicReplacement.forOwnerOnly(environment.workingDirectory().resolve(output), made);
    }
  }

  private byte[] encryptionInput(String name) {
    return VaultedFiles.read(environment.workingDirectory().resolve(name));
  }

  private byte[] standardInput() {
    try {
      return environment.in().readAllBytes();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private void print(byte[] bytes) {
    environment.out().writeBytes(bytes);
    environment.out().flush();
    Arrays.fill(bytes, (byte) 0);
  }

  /** Work with an open vault. */
  private interface Work {
    void with(Vault vault);
  }

  private int with(VaultOptions options, Work work) {
    VaultSecrets secrets = options.secrets(new Settings(environment), environment, true);
    try (Vault vault = new Vault(secrets)) {
      work.with(vault);
    }
    return ExitCode.OK.number();
  }
}
