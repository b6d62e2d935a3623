package dev.hearth.ssh;

import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.Optional;

/** Knows the passphrases of encrypted private keys, or asks for them. */
@FunctionalInterface
public interface Passphrases {

  /** Knows none: encrypted keys work through an agent only. */
  Passphrases NONE = (key, attempt) -> Optional.empty();

  /**
   * The passphrase of a key file.
   *
   * @param key the file
   * @param attempt 0 for the first time, then once more for each wrong answer, 2 at most
   * @return empty to leave the key out
   */
  Optional<Value.Secret> of(Path key, int attempt);
}
