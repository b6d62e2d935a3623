package dev.hearth.vault.strong;

import dev.hearth.vault.key.CanonicalBase64;
import dev.hearth.vault.key.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * What stands before the body.
 *
 * @param kind what the body is
 * @param stanzas the recipients
 * @param mac the check sum over all of it
 */
record Header(Kind kind, List<Stanza> stanzas, byte[] mac) {

  static final String MAGIC = "$HEARTH_VAULT";
  static final String VERSION = "1";
  static final String END = "---";

  /** A header with the check sum that belongs to it. */
  static Header of(Kind kind, List<Stanza> stanzas, FileKey key) {
    return new Header(kind, stanzas, sum(key, authenticated(kind, stanzas)));
  }

  private static String authenticated(Kind kind, List<Stanza> stanzas) {
    StringBuilder text = new StringBuilder(MAGIC + ";" + VERSION + ";" + kind.word()).append('\n');
    for (Stanza stanza : stanzas) {
      text.append(stanza.line()).append('\n').append(stanza.body()).append('\n');
    }
    return text.append(END).toString();
  }

  private static byte[] sum(FileKey key, String authenticated) {
    byte[] derived = key.derive("header");
    byte[] sum = Hkdf.mac(derived, authenticated.getBytes(StandardCharsets.US_ASCII));
    Arrays.fill(derived, (byte) 0);
    return sum;
  }

  /** Whether it is as the owner of the key wrote it. */
  boolean isGenuine(FileKey key) {
    return MessageDigest.isEqual(sum(key, authenticated(kind, stanzas)), mac);
  }

  /** As it is written, with its last line end. */
  String text() {
    return authenticated(kind, stanzas) + " " + CanonicalBase64.encode(mac) + "\n";
  }
}
