package dev.hearth.vault.age;

import dev.hearth.vault.key.CanonicalBase64;
import java.util.List;

/**
 * One way to the file key.
 *
 * @param arguments the kind of the way, and what that kind needs
 * @param body the file key, encrypted
 */
record Stanza(List<String> arguments, byte[] body) {

  static final String X25519 = "X25519";
  static final String SCRYPT = "scrypt";
  static final String HYBRID = "mlkem768x25519";
  static final int COLUMNS = 64;

  String kind() {
    return arguments.getFirst();
  }

  /** As the header has it: the last line of the body is always a short one, if need be empty. */
  String text() {
    StringBuilder text = new StringBuilder("-> ").append(String.join(" ", arguments)).append('\n');
    String base64 = CanonicalBase64.encode(body);
    int from = 0;
    for (; base64.length() - from >= COLUMNS; from += COLUMNS) {
      text.append(base64, from, from + COLUMNS).append('\n');
    }
    return text.append(base64.substring(from)).append('\n').toString();
  }
}
