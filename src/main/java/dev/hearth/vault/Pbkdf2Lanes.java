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

  /** For each processor. A key costs 4 to 5 ms alone and 2 in lanes, and to begin with, 100 ms. */
  private static final int FEWEST_KEYS = 50;

  private static final int SUM_WORDS = Hmac.BYTES / Integer.BYTES;
  private static final int BLOCK_BYTES = 64;

  /**
   * What stands behind a sum that is hashed after a first block: a one, nothing, and the length of
   * both in bits (FIPS 180-4, 5.1.1).
   */
  private static final int[] END = {
    0x80000000, 0, 0, 0, 0, 0, 0, (BLOCK_BYTES + Hmac.BYTES) * Byte.SIZE
  };

  private final Sha256Lanes hash;
  private final int[][] words;
  private final int[][] sums;
  private final int[][] inner;
  private final int[][] outer;
  private final int[][] end;

  private Pbkdf2Lanes(byte[] password, int lanes) {
    this.hash = new Sha256Lanes(lanes);
    this.words = hash.block();
    this.sums = new int[SUM_WORDS][lanes];
    this.inner = begun(Hmac.innerBlock(password), lanes);
    this.outer = begun(Hmac.outerBlock(password), lanes);
    this.end = Sha256Lanes.inEachLane(END, lanes);
  }

  /** The states of hashes that have taken in a block, which is wiped. */
  private static int[][] begun(byte[] block, int lanes) {
    Sha256Lanes hash = new Sha256Lanes(lanes);
    IntBuffer ints = ByteBuffer.wrap(block).asIntBuffer();
    for (int[] word : hash.block()) {
      Arrays.fill(word, ints.get());
    }
    hash.compress(Sha256Lanes.inEachLane(Sha256Lanes.START, lanes));
    int[][] states = new int[SUM_WORDS][];
    Arrays.setAll(states, word -> hash.block()[word].clone());
    hash.wipe();
    Arrays.fill(block, (byte) 0);
    return states;
  }

  /**
   * Whether so many keys are derived faster together than one after the other, the second
   * compiler's work for the lanes included.
   */
  static boolean isWorthwhile(int keys) {
    return keys >= FEWEST_KEYS * processors() && WideVectors.areHere();
  }

  /**
   * The keys for these salts, in their order. The lanes are shared out evenly to the processors.
   * While it waits, the caller's thread works on nothing else, so it may hold locks.
   *
   * @return so many bytes for each, which belong to the caller
   */
  static List<byte[]> derive(byte[] password, List<byte[]> salts, int iterations, int length) {
    List<byte[]> keys = Stream.generate(() -> new byte[length]).limit(salts.size()).toList();
    int blocks = Math.ceilDiv(length, Hmac.BYTES);
    int lanes = salts.size() * blocks;
    int batches = processors() * Math.ceilDiv(lanes, processors() * MOST_LANES);
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

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
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

  /** Puts behind the sums in the blocks what a message ends with. */
  private void end() {
    for (int word = 0; word < end.length; word++) {
      System.arraycopy(end[word], 0, words[SUM_WORDS + word], 0, end[word].length);
    }
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
    Sha256Lanes.wipe(sums);
    Sha256Lanes.wipe(inner);
    Sha256Lanes.wipe(outer);
  }
}
