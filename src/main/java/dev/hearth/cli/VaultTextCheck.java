package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.vault.Ciphertext;
import dev.hearth.vault.EditTools;
import dev.hearth.vault.Vault;
import dev.hearth.yaml.YamlReader;
import java.util.Locale;
import java.util.Optional;

/** A file whose name ends in {@code .yml} or {@code .yaml} has to be YAML. */
final class VaultTextCheck implements EditTools.Check {

  @Override
  public Optional<Diagnostic> problem(String name, byte[] plain) {
    if (Ciphertext.isEncrypted(plain)) {
      return Optional.of(
          Diagnostic.warning("the text is itself a vault file")
              .because("it would be encrypted twice")
              .next("put the plain text there"));
    }
    String ending = name.toLowerCase(Locale.ROOT);
    if (!ending.endsWith(".yml") && !ending.endsWith(".yaml")) {
      return Optional.empty();
    }
    try {
      YamlReader.readAll(new Source(name, Vault.text(plain, name), true));
      return Optional.empty();
    } catch (HearthException wrong) {
      return wrong.diagnostics().stream().findFirst();
    }
  }
}
