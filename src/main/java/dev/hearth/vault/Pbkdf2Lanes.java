package dev.hearth.vault;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@link Pbkdf2} for many salts at once: each block of each key is a chain of its own, all chains
 * are equally long, and {@link Sha256Lanes} takes the next step of all of them together.
 */
final class Pbkdf2Lanes {

  /** So many lanes, with all that belongs to them, stay in a processor's first cache. */
  private static final int MOST_LANES = 320;

  /** Measured on two processors; a key's derivation costs 4 ms alone and 2 in lanes. */
  private static final int FEWEST_KEYS = 100;

  private static final int SUM_WORDS = Hmac.BYTES / Integer.BYTES;
  private static final int BLOCK_BYTES = 64;

  /** What stands behind a sum that is hashed after a first block (FIPS 180-4, 5.1.1). */
  private static final int END_MARK = 0x80000000;

  private static final int LENGTH_BITS = (BLOCK_BYTES + Hmac.BYTES) * Byte.SIZE;

  private final Sha256Lanes hash;
  private final int[][] words;
  private final int[][] sums;
  private final int[] inner;
  private final int[] outer;

  private Pbkdf2Lanes(byte[] password, int lanes) {
    this.hash = new Sha256Lanes(lanes);
    this.words = hash.block();
    this.sums = new int[SUM_WORDS][lanes];
    this.inner = begun(Hmac.innerBlock(password));
    this.outer = begun(Hmac.outerBlock(password));
  }

  /** The state of a hash that has taken in a block, which is wiped. */
  private static int[] begun(byte[] block) {
    Sha256Lanes one = new Sha256Lanes(1);
    IntBuffer ints = ByteBuffer.wrap(block).asIntBuffer();
    for (int[] word : one.block()) {
      word[0] = ints.get();
    }
    one.compress(Sha256Lanes.START);
    int[] state = new int[SUM_WORDS];
    Arrays.setAll(state, word -> one.block()[word][0]);
    one.wipe();
    Arrays.fill(block, (byte) 0);
    return state;
  }

  /**
   * Whether so many keys are derived faster together than one after the other, the second
   * compiler's work for the lanes included.
   */
  static boolean isWorthwhile(int keys) {
    return keys >= FEWEST_KEYS && WideVectors.areHere();
  }

  /**
   * The keys for these salts, in their order. The lanes are shared out evenly to the processors.
   *
   * @return so many bytes for each, which belong to the caller
   */
  static List<byte[]> derive(byte[] password, List<byte[]> salts, int iterations, int length) {
    List<byte[]> keys = Stream.generate(() -> new byte[length]).limit(salts.size()).toList();
    int blocks = Math.ceilDiv(length, Hmac.BYTES);
    int lanes = salts.size() * blocks;
    int processors = Runtime.getRuntime().availableProcessors();
    int batches = processors * Math.ceilDiv(lanes, processors * MOST_LANES);
    IntStream.range(0, batches)
        .parallel()
        .forEach(
            batch -> {
              int from = lanes * batch / batches;
              int to = lanes * (batch + 1) / batches;
              derive(password, salts, iterations, keys, blocks, from, to);
            });
    return keys;
  }

  /** Derives some of the blocks: lane n is block n % blocks of key n / blocks. */
  private static void derive(
      byte[] password,
      List<byte[]> salts,
      int iterations,
      List<byte[]> keys,
      int blocks,
      int from,
      int to) {
    Pbkdf2Lanes lanes = new Pbkdf2Lanes(password, to - from);
    try {
      Hmac hmac = new Hmac(password);
      for (int lane = from; lane < to; lane++) {
        lanes.begin(lane - from, Pbkdf2.first(hmac, salts.get(lane / blocks), lane % blocks));
      }
      lanes.iterate(iterations);
      for (int lane = from; lane < to; lane++) {
        lanes.finish(lane - from, keys.get(lane / blocks), lane % blocks * Hmac.BYTES);
      }
    } finally {
      lanes.wipe();
    }
  }

  private void begin(int lane, byte[] first) {
    IntBuffer ints = ByteBuffer.wrap(first).asIntBuffer();
    for (int word = 0; word < SUM_WORDS; word++) {
      words[word][lane] = sums[word][lane] = ints.get();
    }
    Arrays.fill(first, (byte) 0);
  }

  private void iterate(int iterations) {
    for (int round = 1; round < iterations; round++) {
      end();
      hash.compress(inner);
      end();
      hash.compress(outer);
      for (int word = 0; word < SUM_WORDS; word++) {
        add(words[word], sums[word]);
      }
    }
  }

  /** Puts behind a sum in the blocks what a message ends with. */
  private void end() {
    Arrays.fill(words[SUM_WORDS], END_MARK);
    for (int word = SUM_WORDS + 1; word < words.length - 1; word++) {
      Arrays.fill(words[word], 0);
    }
    Arrays.fill(words[words.length - 1], LENGTH_BITS);
  }

  private static void add(int[] words, int[] sums) {
    for (int lane = 0; lane < sums.length; lane++) {
      sums[lane] ^= words[lane];
    }
  }

  private void finish(int lane, byte[] key, int offset) {
    ByteBuffer sum = ByteBuffer.allocate(Hmac.BYTES);
    for (int[] word : sums) {
      sum.putInt(word[lane]);
    }
    System.arraycopy(sum.array(), 0, key, offset, Math.min(Hmac.BYTES, key.length - offset));
    Arrays.fill(sum.array(), (byte) 0);
  }

  private void wipe() {
    hash.wipe();
    for (int[] word : sums) {
      Arrays.fill(word, 0);
    }
    Arrays.fill(inner, 0);
    Arrays.fill(outer, 0);
  }
}
