package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultedFiles;
import dev.hearth.vault.key.Recipient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Public keys whose owners can open what is encrypted. */
final class VaultRecipientOption {

  @Option(
      names = {"-r", "--recipient"},
      paramLabel = "KEY",
      description =
          "encrypt for the owner of this age key (age1...) as well; a file of them; may be"
              + " repeated")
  private List<String> words = new ArrayList<>();

  /** Whether there is any. */
  boolean isGiven() {
    return !words.isEmpty();
  }

  /** The keys. */
  List<Recipient> keys(Environment environment) {
    List<Recipient> keys = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith("age1") || word.startsWith("ssh-")) {
        keys.add(key(word));
        continue;
      }
      byte[] content = VaultedFiles.read(new VaultStreams(environment).path(word));
      Vault.text(content, word)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(line -> keys.add(key(line)));
    }
    return keys;
  }

  private static Recipient key(String word) {
    return Recipient.parse(word)
        .orElseThrow(
            () ->
                Diagnostic.error(ExitCode.INVALID, "'" + word + "' is no age key")
                    .because(
                        word.startsWith("ssh-")
                            ? "an agent signs with SSH keys and decrypts nothing with them"
                            : "one starts with age1 and has a check sum, which this does not match")
                    .next("make a pair of keys with: age-keygen -o key.txt")
                    .failure());
  }
}
