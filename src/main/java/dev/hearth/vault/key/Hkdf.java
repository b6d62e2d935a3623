package dev.hearth.vault.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF with SHA-256 (RFC 5869), 32 bytes. */
public final class Hkdf {

  private static final int BYTES = 32;

  private Hkdf() {}

  /**
   * A key made from a key.
   *
   * @param material the key that it comes from
   * @param salt may be empty
   * @param purpose keeps the keys of different uses apart
   */
  public static byte[] derive(byte[] material, byte[] salt, String purpose) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(new HKDFParameters(material, salt, purpose.getBytes(StandardCharsets.US_ASCII)));
    byte[] key = new byte[BYTES];
    generator.generateBytes(key, 0, BYTES);
    return key;
  }

  /** HMAC with SHA-256. */
  public static byte[] mac(byte[] key, byte[] data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has HmacSHA256", missing);
    }
  }
}
