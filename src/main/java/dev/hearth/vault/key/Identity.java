package dev.hearth.vault.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A secret key in age's form, as {@code age-keygen} writes it: {@code AGE-SECRET-KEY-1…}, or {@code
 * AGE-SECRET-KEY-PQ-1…} for a hybrid one. Its bytes are overwritten when it is closed.
 */
public sealed interface Identity extends AutoCloseable permits X25519Identity, HybridIdentity {

  /** What the text of each kind of secret key starts with. */
  String START = "AGE-SECRET-KEY-";

  /** The key that a text is; none if it is not one. */
  static Optional<Identity> parse(String text) {
    Optional<HybridIdentity> hybrid = HybridIdentity.of(text);
    return hybrid.isPresent()
        ? hybrid.map(Identity.class::cast)
        : X25519Identity.of(text).map(Identity.class::cast);
  }

  /**
   * The keys of a key file: lines of keys, empty lines and comments. A file with any other line is
   * none, so that no password is taken for one.
   */
  static List<Identity> all(byte[] content) {
    List<Identity> found = new ArrayList<>();
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (!text.contains(START)) {
      return found;
    }
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Optional<Identity> identity = parse(line);
      if (identity.isEmpty()) {
        found.forEach(Identity::close);
        return List.of();
      }
      found.add(identity.get());
    }
    return found;
  }

  /** The public key of it. */
  Recipient recipient();

  /** The text of the secret key, for a key file. */
  String reveal();

  @Override
  void close();
}
