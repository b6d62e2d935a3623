package dev.hearth.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/**
 * The public key of a host.
 *
 * @param type as known_hosts names it, such as {@code ssh-ed25519}
 * @param base64 the key itself, as known_hosts writes it
 */
public record HostKey(String type, String base64) {

  static HostKey of(PublicKey key) {
    String[] words = PublicKeyEntry.toString(key).split(" ");
    return new HostKey(words[0], words[1]);
  }

  /** What people compare: {@code SHA256:} and the digest, as {@code ssh-keygen -l} prints it. */
  public String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  @Override
  public String toString() {
    return type + " " + fingerprint();
  }
}
