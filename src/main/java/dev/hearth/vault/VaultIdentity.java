package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;

/**
 * A label and where its password comes from, as {@code --vault-id} names them.
 *
 * @param label the label
 * @param source the source
 */
public record VaultIdentity(String label, SecretSource source) {

  /** Refuses a label that would break the header line. */
  public VaultIdentity {
    checked(label);
  }

  /**
   * Reads {@code [label@]source}, where the source is {@code prompt} or a path.
   *
   * @param option the text of the option
   * @param sources what makes sources of words
   */
  public static VaultIdentity parse(String option, SecretSources sources) {
    int at = option.indexOf('@');
    String label = at < 0 ? VaultSecrets.DEFAULT_LABEL : option.substring(0, at);
    String word = option.substring(at + 1);
    if (word.isEmpty() || label.isEmpty()) {
      throw Diagnostic.error(ExitCode.INVALID, "the vault id '" + option + "' is not complete")
          .because("it is written label@source, where source is a path or the word prompt")
          .next("write it like --vault-id lab@~/.vault-pass or --vault-id lab@prompt")
          .failure();
    }
    return new VaultIdentity(label, sources.named(word, label));
  }

  static String checked(String label) {
    if (label.isBlank() || label.chars().anyMatch(c -> c == ';' || c < ' ' || c > '~')) {
      throw Diagnostic.error(ExitCode.INVALID, "'" + label + "' cannot be a vault label")
          .because("the label stands in the header line of the file, between semicolons, in ASCII")
          .next("use letters, digits, '-' and '_'")
          .failure();
    }
    return label;
  }
}
