package dev.hearth.vault.key;

import java.util.Optional;

/** A public key in age's form: {@code age1…}, or {@code age1pq1…} for a hybrid one. */
public sealed interface Recipient permits X25519Recipient, HybridRecipient {

  /** The key that a text is; none if it is not one. */
  static Optional<Recipient> parse(String text) {
    Optional<HybridRecipient> hybrid = HybridRecipient.of(text);
    return hybrid.isPresent()
        ? hybrid.map(Recipient.class::cast)
        : X25519Recipient.of(text).map(Recipient.class::cast);
  }

  /** The text of it. */
  @Override
  String toString();
}
