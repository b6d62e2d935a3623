package dev.hearth.vault.key;

import java.util.Base64;
import java.util.Optional;

/** Base64 (RFC 4648, section 4) without padding, of which one text only stands for some bytes. */
public final class CanonicalBase64 {

  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private CanonicalBase64() {}

  /** The text of bytes. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** The bytes of a text; none if {@link #encode} would not have written it. */
  public static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException odd) {
      return Optional.empty();
    }
  }

  /** The same for a text of so many bytes exactly. */
  public static Optional<byte[]> decode(String text, int length) {
    return decode(text).filter(bytes -> bytes.length == length);
  }
}
