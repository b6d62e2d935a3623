package dev.hearth.vault;

import java.util.Arrays;

/**
 * SHA-256's compression function (FIPS 180-4, 6.2.2) of many blocks at once, one in each lane. Each
 * step is a plain loop over the lanes, which the second compiler turns into vector instructions;
 * where a processor has wide ones, a block costs half of what the one instruction for SHA-256 needs
 * by way of {@link java.security.MessageDigest}.
 */
final class Sha256Lanes {

  private static final int STATE_WORDS = 8;
  private static final int BLOCK_WORDS = 16;
  private static final int ROUNDS = 64;

  /** What a hash starts with (FIPS 180-4, 5.3.3). */
  static final int[] START = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  /** FIPS 180-4, 4.2.2. */
  private static final int[] CONSTANTS = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  private final int lanes;
  private final int[][] state;
  private final int[][] block;

  Sha256Lanes(int lanes) {
    this.lanes = lanes;
    this.state = new int[STATE_WORDS][lanes];
    this.block = new int[BLOCK_WORDS][lanes];
  }

  /** The words of the blocks: the number of the word first, then that of the lane. */
  int[][] block() {
    return block;
  }

  /**
   * Compresses the blocks.
   *
   * @param from the eight words before, for each lane; what becomes of them stands in the first
   *     eight words of the blocks afterwards, and the others are undefined
   */
  void compress(int[][] from) {
    for (int word = 0; word < STATE_WORDS; word++) {
      System.arraycopy(from[word], 0, state[word], 0, lanes);
    }
    for (int number = 0; number < ROUNDS; number++) {
      int[] word = block[number % BLOCK_WORDS];
      if (number >= BLOCK_WORDS) {
        extend(word, block(number + 1), block(number + 9), block(number + 14));
      }
      // The words stay where they are, and the letters move on with each round.
      round(
          state(-number),
          state(1 - number),
          state(2 - number),
          state(3 - number),
          state(4 - number),
          state(5 - number),
          state(6 - number),
          state(7 - number),
          word,
          CONSTANTS[number]);
    }
    for (int word = 0; word < STATE_WORDS; word++) {
      sum(state[word], from[word], block[word]);
    }
  }

  private int[] state(int number) {
    return state[Math.floorMod(number, STATE_WORDS)];
  }

  private int[] block(int number) {
    return block[number % BLOCK_WORDS];
  }

  /** The next word of the message schedule, in the place of the one sixteen before it. */
  private static void extend(int[] word, int[] second, int[] tenth, int[] fifteenth) {
    for (int lane = 0; lane < word.length; lane++) {
      int low = second[lane];
      int high = fifteenth[lane];
      word[lane] +=
          tenth[lane]
              + (Integer.rotateRight(low, 7) ^ Integer.rotateRight(low, 18) ^ (low >>> 3))
              + (Integer.rotateRight(high, 17) ^ Integer.rotateRight(high, 19) ^ (high >>> 10));
    }
  }

  private static void round(
      int[] a,
      int[] b,
      int[] c,
      int[] d,
      int[] e,
      int[] f,
      int[] g,
      int[] h,
      int[] word,
      int constant) {
    for (int lane = 0; lane < word.length; lane++) {
      int one = a[lane];
      int two = b[lane];
      int three = c[lane];
      int five = e[lane];
      int seven = g[lane];
      int first =
          h[lane]
              + word[lane]
              + constant
              + (Integer.rotateRight(five, 6)
                  ^ Integer.rotateRight(five, 11)
                  ^ Integer.rotateRight(five, 25))
              + (seven ^ (five & (f[lane] ^ seven)));
      d[lane] += first;
      h[lane] =
          first
              + (Integer.rotateRight(one, 2)
                  ^ Integer.rotateRight(one, 13)
                  ^ Integer.rotateRight(one, 22))
              + ((one & two) | (three & (one | two)));
    }
  }

  private static void sum(int[] words, int[] others, int[] into) {
    for (int lane = 0; lane < into.length; lane++) {
      into[lane] = words[lane] + others[lane];
    }
  }

  /** The same words in each lane. */
  static int[][] inEachLane(int[] words, int lanes) {
    int[][] all = new int[words.length][lanes];
    for (int word = 0; word < words.length; word++) {
      Arrays.fill(all[word], words[word]);
    }
    return all;
  }

  /** Overwrites all of it. */
  void wipe() {
    wipe(state);
    wipe(block);
  }

  /** Overwrites words of lanes. */
  static void wipe(int[][] all) {
    for (int[] words : all) {
      Arrays.fill(words, 0);
    }
  }
}
