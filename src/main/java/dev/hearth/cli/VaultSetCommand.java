package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.vault.Ciphertext;
import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.FileEncryption;
import dev.hearth.vault.InlineEncryption;
import dev.hearth.vault.SecretSources;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultedFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth vault set}: writes one encrypted value of a YAML file. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = {
      "Write one encrypted value of a YAML file, or one value of a file that is encrypted as a"
          + " whole;",
      "the rest of the file stays as it is.",
      "The value is asked for, or read from standard input, whose last line end is cut off."
    })
final class VaultSetCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultWritingOptions writing = new VaultWritingOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "a YAML file")
  private String file = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "such as database.password")
  private String key = "";

  VaultSetCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path target = new VaultStreams(environment).path(file);
    byte[] content = VaultedFiles.read(target);
    VaultKey path = new VaultKey(key);
    if (Ciphertext.isEncrypted(content)) {
      writing.refuseFor(file);
      writing.withKnown(environment, opened -> setInWhole(opened, target, path));
      return ExitCode.OK.number();
    }
    boolean known = path.in(source(content)).isPresent();
    if (known) {
      writing.refuseFor("the value of " + key);
    } else {
      path.checkedNew(file);
    }
    Consumer<Vault> work = opened -> set(opened, target, path, known);
    if (known) {
      writing.withKnown(environment, work);
    } else {
      writing.with(environment, work);
    }
    return ExitCode.OK.number();
  }

  /** In a file that is encrypted as a whole, which keeps its recipients. */
  private void setInWhole(Vault opened, Path target, VaultKey path) {
    FileEncryption encryption = new FileEncryption(opened);
    WholeFileValues values = new WholeFileValues(file, path);
    byte[] now = encryption.view(target);
    try {
      // Refused before anything is asked for.
      if (values.isIn(now)) {
        Arrays.fill(values.value(now), (byte) 0);
      } else {
        path.checkedNew(file);
      }
    } finally {
      Arrays.fill(now, (byte) 0);
    }
    byte[] plain = value();
    try {
      encryption.change(target, before -> values.with(before, plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private void set(Vault opened, Path target, VaultKey path, boolean known) {
    InlineEncryption encryption = new InlineEncryption(opened, new DiskFiles());
    if (known) {
      // Refused before anything is asked for.
      path.headerLine(source(VaultedFiles.read(target)));
    }
    byte[] plain = value();
    try {
      if (known) {
        encryption.replace(target, content -> path.headerLine(source(content)), plain);
      } else {
        encryption.append(target, key, plain, writing.label(environment));
      }
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private Source source(byte[] content) {
    return new Source(file, Vault.text(content, file));
  }

  private byte[] value() {
    if (environment.interactive()) {
      byte[] typed =
          SecretSources.encoded(new TerminalPrompt(environment).ask("Value of " + key + ": "));
      if (typed.length == 0) {
        throw empty();
      }
      return typed;
    }
    byte[] read = new VaultStreams(environment).standardInput();
    int length = read.length;
    if (length > 0 && read[length - 1] == '\n') {
      length--;
    }
    if (length == 0) {
      throw empty();
    }
    byte[] plain = Arrays.copyOf(read, length);
    Arrays.fill(read, (byte) 0);
    return plain;
  }

  private HearthException empty() {
    return Diagnostic.error(ExitCode.INVALID, "the value of " + key + " is empty")
        .because("an empty secret is nearly always a mistake")
        .next("give a value: typed, or as standard input")
        .failure();
  }
}
