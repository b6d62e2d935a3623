package dev.hearth.vault.strong;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.vault.key.Aead;
import dev.hearth.vault.key.CanonicalBase64;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The body of any bytes: pieces of 64 KiB, each sealed with its number and whether it is the last.
 */
final class BlobBody {

  private static final String PURPOSE = "blob";
  private static final int PIECE = 65_536;
  private static final int SEALED = PIECE + Aead.TAG_BYTES;
  private static final int SALT_BYTES = 16;
  private static final int COLUMNS = 64;
  private static final byte[] NOTHING = {};

  private BlobBody() {}

  static List<String> seal(byte[] plain, FileKey key, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] derived = key.derive(salt, PURPOSE);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(salt);
    int from = 0;
    int number = 0;
    do {
      int to = Math.min(plain.length, from + PIECE);
      byte[] piece = Arrays.copyOfRange(plain, from, to);
      all.writeBytes(
          Aead.AES_256_GCM.seal(derived, nonce(number++, to == plain.length), NOTHING, piece));
      Arrays.fill(piece, (byte) 0);
      from = to;
    } while (from < plain.length);
    Arrays.fill(derived, (byte) 0);
    String base64 = CanonicalBase64.encode(all.toByteArray());
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < base64.length(); start += COLUMNS) {
      lines.add(base64.substring(start, Math.min(base64.length(), start + COLUMNS)));
    }
    return lines;
  }

  static byte[] open(List<String> body, FileKey key, Location at) {
    byte[] all =
        CanonicalBase64.decode(String.join("", body))
            .filter(bytes -> isWrapped(body) && bytes.length >= SALT_BYTES + Aead.TAG_BYTES)
            .orElseThrow(() -> Damage.form(at, "its body is base64 in lines of 64 characters"));
    byte[] derived = key.derive(Arrays.copyOf(all, SALT_BYTES), PURPOSE);
    int length = all.length - SALT_BYTES;
    int last = (length - 1) / SEALED;
    if (length - last * SEALED < Aead.TAG_BYTES) {
      throw changed(at);
    }
    byte[] plain = new byte[length - (last + 1) * Aead.TAG_BYTES];
    for (int number = 0; number <= last; number++) {
      int from = SALT_BYTES + number * SEALED;
      byte[] piece = Arrays.copyOfRange(all, from, Math.min(all.length, from + SEALED));
      Optional<byte[]> opened =
          Aead.AES_256_GCM.open(derived, nonce(number, number == last), NOTHING, piece);
      if (opened.isEmpty() || last > 0 && opened.get().length == 0) {
        Arrays.fill(plain, (byte) 0);
        throw changed(at);
      }
      System.arraycopy(opened.get(), 0, plain, number * PIECE, opened.get().length);
      Arrays.fill(opened.get(), (byte) 0);
    }
    Arrays.fill(derived, (byte) 0);
    return plain;
  }

  private static boolean isWrapped(List<String> body) {
    for (int line = 0; line < body.size(); line++) {
      int length = body.get(line).length();
      if (length == 0 || length > COLUMNS || length < COLUMNS && line < body.size() - 1) {
        return false;
      }
    }
    return true;
  }

  private static HearthException changed(Location at) {
    return Damage.changed(at, "a part of it was changed, cut off or added");
  }

  private static byte[] nonce(int number, boolean last) {
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    for (int index = 0; index < Integer.BYTES; index++) {
      nonce[nonce.length - 2 - index] = (byte) (number >>> 8 * index);
    }
    nonce[nonce.length - 1] = (byte) (last ? 1 : 0);
    return nonce;
  }
}
