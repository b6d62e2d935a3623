package dev.hearth.template.python;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Python's generator (MT19937 with its way of seeding), so that a seed gives the same number here
 * as with Ansible and a cron job keeps its minute.
 */
public final class PythonRandom {

  private static final int N = 624;
  private static final int M = 397;

  private final int[] state = new int[N];
  private int index = N;

  private PythonRandom(BigInteger seed) {
    seed(words(seed));
  }

  /** Seeded with a number. */
  public static PythonRandom seeded(BigInteger seed) {
    return new PythonRandom(seed);
  }

  /** Seeded with a number; its sign does not count. */
  public static PythonRandom seeded(long seed) {
    return new PythonRandom(BigInteger.valueOf(seed).abs());
  }

  /** A text seeds with its bytes and their SHA-512. */
  public static PythonRandom seeded(String seed) {
    byte[] text = seed.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-512").digest(text);
      byte[] all = new byte[text.length + hash.length];
      System.arraycopy(text, 0, all, 0, text.length);
      System.arraycopy(hash, 0, all, text.length, hash.length);
      return new PythonRandom(new BigInteger(1, all));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has SHA-512", absent);
    }
  }

  private static int[] words(BigInteger seed) {
    int count = Math.max((seed.bitLength() + 31) / 32, 1);
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      words[i] = seed.shiftRight(32 * i).intValue();
    }
    return words;
  }

  private void start(int seed) {
    state[0] = seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
  }

  private void seed(int[] key) {
    start(19650218);
    int i = 1;
    int j = 0;
    for (int k = Math.max(N, key.length); k > 0; k--) {
      state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1664525) + key[j] + j;
      i = next(i);
      j = (j + 1) % key.length;
    }
    for (int k = N - 1; k > 0; k--) {
      state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1566083941) - i;
      i = next(i);
    }
    state[0] = 0x80000000;
  }

  private int next(int i) {
    if (i + 1 < N) {
      return i + 1;
    }
    state[0] = state[N - 1];
    return 1;
  }

  private int word() {
    if (index >= N) {
      refill();
    }
    int y = state[index++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }

  private void refill() {
    for (int k = 0; k < N; k++) {
      int y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7fffffff);
      state[k] = state[(k + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
    }
    index = 0;
  }

  /** A number from 0 up to, not including, the bound, drawn as {@code randrange} draws it. */
  public int below(int bound) {
    int bits = 32 - Integer.numberOfLeadingZeros(bound);
    int drawn = word() >>> (32 - bits);
    while (drawn < 0 || drawn >= bound) {
      drawn = word() >>> (32 - bits);
    }
    return drawn;
  }
}
