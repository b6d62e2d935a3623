package dev.hearth.vault.strong;

import dev.hearth.diag.Location;
import java.util.Arrays;

/**
 * A piece of text in a box whose size tells its length only roughly: a flag, the text, a mark and
 * zeros.
 */
final class Padding {

  private static final int STEP = 32;
  private static final byte MARK = (byte) 0x80;

  private Padding() {}

  static byte[] pad(boolean flag, byte[] text) {
    int length = (text.length + 2 + STEP - 1) / STEP * STEP;
    byte[] padded = new byte[length];
    padded[0] = (byte) (flag ? 1 : 0);
    System.arraycopy(text, 0, padded, 1, text.length);
    padded[text.length + 1] = MARK;
    return padded;
  }

  /** Whether the flag is set. */
  static boolean flag(byte[] padded) {
    return padded[0] == 1;
  }

  /** The text; the padded bytes are wiped. */
  static byte[] text(byte[] padded, Location at) {
    int mark = padded.length - 1;
    while (mark > 0 && padded[mark] == 0) {
      mark--;
    }
    if (mark <= 0 || padded[mark] != MARK) {
      throw Damage.changed(at, "its tag is right, but another program wrote it in another form");
    }
    byte[] text = Arrays.copyOfRange(padded, 1, mark);
    Arrays.fill(padded, (byte) 0);
    return text;
  }
}
