package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.util.Arrays;

/** What all sources of passwords have in common: cutting off blanks, and refusing what is empty. */
final class Passwords {

  private Passwords() {}

  /** The password, unless it is empty. */
  static byte[] checked(byte[] password, String origin) {
    if (password.length == 0) {
      throw refused(origin + " holds no vault password")
          .because("it is empty")
          .next("put the password into it, or name another source: --vault-password-file FILE")
          .failure();
    }
    return password;
  }

  /** An error about a password, to be completed. */
  static Diagnostic refused(String summary) {
    return Diagnostic.error(ExitCode.VAULT_PASSWORD, summary);
  }

  /** The bytes without these characters at their ends; the given bytes are wiped. */
  static byte[] trimmed(byte[] bytes, String characters) {
    int from = 0;
    int to = bytes.length;
    while (from < to && characters.indexOf((char) (bytes[from] & 0xff)) >= 0) {
      from++;
    }
    while (to > from && characters.indexOf((char) (bytes[to - 1] & 0xff)) >= 0) {
      to--;
    }
    byte[] trimmed = Arrays.copyOfRange(bytes, from, to);
    Arrays.fill(bytes, (byte) 0);
    return trimmed;
  }
}
