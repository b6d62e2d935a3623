package dev.hearth.vault.key;

import java.util.Optional;

/** Opens what was encrypted for a public key, with the key that both sides have agreed on. */
@FunctionalInterface
public interface Opening {

  /** The text, once; nothing if it is for somebody else, or was changed. */
  Optional<byte[]> open(byte[] wrapped);
}
