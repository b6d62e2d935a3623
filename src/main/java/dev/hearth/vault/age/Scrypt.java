package dev.hearth.vault.age;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.SCrypt;

/** The key of a passphrase: scrypt with age's block size. */
final class Scrypt {

  static final int SALT_BYTES = 16;

  /** What age writes: a second of work, 256 MiB of memory. */
  static final int USUAL_WORK = 18;

  private static final byte[] PURPOSE =
      "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);
  private static final int BLOCK = 8;
  private static final int KEY_BYTES = 32;

  private Scrypt() {}

  static byte[] key(byte[] passphrase, byte[] salt, int work) {
    long needed = 128L * BLOCK << work;
    long most = Runtime.getRuntime().maxMemory() / 4 * 3;
    if (needed > most) {
      throw Diagnostic.error(ExitCode.FAILED, "there is not enough memory for the passphrase")
          .because(
              "the work factor 2^%d needs %d MiB, and this process may use %d"
                  .formatted(work, needed >> 20, most >> 20))
          .next("give it more: JAVA_TOOL_OPTIONS=-Xmx" + (needed / 3 * 4 >> 20) + "m")
          .failure();
    }
    byte[] whole = Arrays.copyOf(PURPOSE, PURPOSE.length + salt.length);
    System.arraycopy(salt, 0, whole, PURPOSE.length, salt.length);
    return SCrypt.generate(passphrase, whole, 1 << work, BLOCK, 1, KEY_BYTES);
  }
}
