package dev.hearth.vault.key;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Bech32 (BIP 173) without its limit of length, as age writes keys in it. */
final class Bech32 {

  private static final String DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATORS = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int CHECK = 6;

  private Bech32() {}

  static String encode(String kind, byte[] data) {
    byte[] fives = regrouped(data, 8, 5, true).orElseThrow();
    byte[] checked = Arrays.copyOf(fives, fives.length + CHECK);
    int sum = checksum(kind, checked) ^ 1;
    for (int index = 0; index < CHECK; index++) {
      checked[fives.length + index] = (byte) (sum >>> 5 * (CHECK - 1 - index) & 31);
    }
    StringBuilder text = new StringBuilder(kind).append('1');
    for (byte five : checked) {
      text.append(DIGITS.charAt(five));
    }
    return text.toString();
  }

  /** The bytes of a text of this kind, written in one case; none if it is not one. */
  static Optional<byte[]> decode(String kind, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean oneCase = text.equals(lower) || text.equals(text.toUpperCase(Locale.ROOT));
    int start = kind.length() + 1;
    if (!oneCase || !lower.startsWith(kind + "1") || text.length() < start + CHECK) {
      return Optional.empty();
    }
    byte[] fives = new byte[text.length() - start];
    for (int index = 0; index < fives.length; index++) {
      int five = DIGITS.indexOf(lower.charAt(start + index));
      if (five < 0) {
        return Optional.empty();
      }
      fives[index] = (byte) five;
    }
    if (checksum(kind, fives) != 1) {
      return Optional.empty();
    }
    return regrouped(Arrays.copyOf(fives, fives.length - CHECK), 5, 8, false);
  }

  private static int checksum(String kind, byte[] fives) {
    int sum = 1;
    for (int index = 0; index < kind.length(); index++) {
      sum = step(sum, kind.charAt(index) >>> 5);
    }
    sum = step(sum, 0);
    for (int index = 0; index < kind.length(); index++) {
      sum = step(sum, kind.charAt(index) & 31);
    }
    for (byte five : fives) {
      sum = step(sum, five);
    }
    return sum;
  }

  private static int step(int sum, int five) {
    int high = sum >>> 25;
    int next = (sum & 0x1ffffff) << 5 ^ five;
    for (int bit = 0; bit < GENERATORS.length; bit++) {
      if ((high >>> bit & 1) == 1) {
        next ^= GENERATORS[bit];
      }
    }
    return next;
  }

  private static Optional<byte[]> regrouped(byte[] from, int width, int wanted, boolean pads) {
    ByteArrayOutputStream groups = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    for (byte group : from) {
      held = held << width | group & 0xff;
      bits += width;
      while (bits >= wanted) {
        bits -= wanted;
        groups.write(held >>> bits & (1 << wanted) - 1);
      }
      held &= (1 << bits) - 1;
    }
    if (pads && bits > 0) {
      groups.write(held << wanted - bits & (1 << wanted) - 1);
    } else if (!pads && (bits >= width || held != 0)) {
      return Optional.empty();
    }
    return Optional.of(groups.toByteArray());
  }
}
