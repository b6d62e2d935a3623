package dev.hearth.vault.age;

import dev.hearth.vault.key.Aead;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The content of an age file: pieces of 64 KiB, each sealed with its number and whether it ends.
 */
final class Payload {

  private static final int PIECE = 64 * 1024;
  private static final int SEALED = PIECE + Aead.TAG_BYTES;
  private static final byte[] NOTHING = {};

  private Payload() {}

  static byte[] seal(byte[] key, byte[] plain) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int from = 0;
    long number = 0;
    do {
      int to = Math.min(plain.length, from + PIECE);
      byte[] piece = Arrays.copyOfRange(plain, from, to);
      byte[] nonce = nonce(number++, to == plain.length);
      all.writeBytes(Aead.CHACHA20_POLY1305.seal(key, nonce, NOTHING, piece));
      Arrays.fill(piece, (byte) 0);
      from = to;
    } while (from < plain.length);
    return all.toByteArray();
  }

  /** The content; nothing if any of it was changed, cut off or added. */
  static Optional<byte[]> open(byte[] key, byte[] pieces) {
    int last = Math.max(0, (pieces.length - 1) / SEALED);
    if (pieces.length - last * SEALED < Aead.TAG_BYTES) {
      return Optional.empty();
    }
    byte[] plain = new byte[pieces.length - (last + 1) * Aead.TAG_BYTES];
    for (int number = 0; number <= last; number++) {
      int from = number * SEALED;
      byte[] piece = Arrays.copyOfRange(pieces, from, Math.min(pieces.length, from + SEALED));
      Optional<byte[]> opened =
          Aead.CHACHA20_POLY1305.open(key, nonce(number, number == last), NOTHING, piece);
      boolean emptyEnd = last > 0 && opened.filter(bytes -> bytes.length == 0).isPresent();
      if (opened.isEmpty() || emptyEnd) {
        Arrays.fill(plain, (byte) 0);
        return Optional.empty();
      }
      System.arraycopy(opened.get(), 0, plain, number * PIECE, opened.get().length);
      Arrays.fill(opened.get(), (byte) 0);
    }
    return Optional.of(plain);
  }

  private static byte[] nonce(long number, boolean last) {
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    for (int index = 0; index < Long.BYTES; index++) {
      nonce[nonce.length - 2 - index] = (byte) (number >>> 8 * index);
    }
    nonce[nonce.length - 1] = (byte) (last ? 1 : 0);
    return nonce;
  }
}
