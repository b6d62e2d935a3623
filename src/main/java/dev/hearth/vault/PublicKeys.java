package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.key.HybridRecipient;
import dev.hearth.vault.key.Recipient;
import java.util.ArrayList;
import java.util.List;

/** The public keys that a new text is encrypted for. */
final class PublicKeys {

  private PublicKeys() {}

  /**
   * Those that are named, and those of files of keys; each once.
   *
   * @throws dev.hearth.diag.HearthException if some of them withstand a quantum computer and others
   *     do not: the text would not
   */
  static List<Recipient> of(List<Recipient> named, List<VaultSecret> secrets) {
    List<Recipient> all = new ArrayList<>(named);
    for (VaultSecret secret : secrets) {
      secret.identities().forEach(identity -> all.add(identity.recipient()));
    }
    List<Recipient> distinct = all.stream().distinct().toList();
    long hybrid = distinct.stream().filter(HybridRecipient.class::isInstance).count();
    if (hybrid > 0 && hybrid < distinct.size()) {
      throw Diagnostic.error(
              ExitCode.INVALID, "age1pq1 keys and other age1 keys do not go together")
          .because("a text is only as safe as the weakest of its keys, and age refuses it, too")
          .next("use keys of one kind: age-keygen -pq makes those of the first")
          .failure();
    }
    return distinct;
  }
}
