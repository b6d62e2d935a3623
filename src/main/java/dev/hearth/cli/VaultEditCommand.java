package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Source;
import dev.hearth.vault.Ciphertext;
import dev.hearth.vault.EditTools;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultEditing;
import dev.hearth.vault.VaultedFiles;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth vault edit}: lets a person change vault files in an editor. */
@Command(
    name = "edit",
    mixinStandardHelpOptions = true,
    description = {
      "Change vault files in the editor that VISUAL or EDITOR names (else vi).",
      "The plain text lies in memory only; the file is replaced in one step."
    })
final class VaultEditCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();
  @Mixin VaultVerbosity verbosity = new VaultVerbosity();
  @Mixin private VaultEditOptions editing = new VaultEditOptions();

  @Parameters(
      paramLabel = "FILE[:KEY]",
      arity = "1..*",
      description =
          "vault files; with a key, one value of such a file, or an encrypted value of a plain one")
  private List<String> files = List.of();

  VaultEditCommand(Environment environment) {
    this.environment = environment;
  }

  /** What is edited keeps its label with ansible-vault, too, whatever this option says. */
  @Option(
      names = "--encrypt-vault-id",
      paramLabel = "LABEL",
      description = "accepted for ansible-vault's sake; what is edited keeps its label")
  void encryptWith(String label) {}

  @Override
  public Integer call() {
    EditTools tools = editing.tools(environment);
    VaultStreams streams = new VaultStreams(environment);
    vault.with(
        environment,
        opened -> {
          for (String file : files) {
            boolean changed = edit(new VaultEditing(opened, tools), streams, file);
            environment.err().println(file + (changed ? ": changed" : ": not changed"));
          }
        });
    return ExitCode.OK.number();
  }

  /** A name with a colon is a file if there is one of that name. */
  private static boolean edit(VaultEditing editing, VaultStreams streams, String name) {
    int colon = name.lastIndexOf(':');
    if (colon <= 0 || Files.exists(streams.path(name))) {
      return editing.edit(streams.path(name));
    }
    String file = name.substring(0, colon);
    VaultKey key = new VaultKey(name.substring(colon + 1));
    if (Ciphertext.isEncrypted(VaultedFiles.read(streams.path(file)))) {
      return editing.editPart(streams.path(file), key.path(), new WholeFileValues(file, key));
    }
    return editing.editValue(
        streams.path(file),
        key.path(),
        content -> key.headerLine(new Source(file, Vault.text(content, file))));
  }
}
