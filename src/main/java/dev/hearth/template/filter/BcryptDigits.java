package dev.hearth.template.filter;

/** The digits for six bits each in which bcrypt writes salts. */
final class BcryptDigits {

  private static final String DIGITS =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final int SALT = 16;

  private BcryptDigits() {}

  /** The bytes of a salt of 22 digits. */
  static byte[] decode(String text) {
    byte[] bytes = new byte[SALT];
    int bits = 0;
    int held = 0;
    int made = 0;
    for (int i = 0; i < text.length() && made < SALT; i++) {
      held = (held << 6) | DIGITS.indexOf(text.charAt(i));
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[made] = (byte) (held >> bits);
        made++;
      }
    }
    return bytes;
  }
}
