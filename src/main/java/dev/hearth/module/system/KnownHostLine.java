package dev.hearth.module.system;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A line of a file of known hosts.
 *
 * @param marker {@code @cert-authority} or {@code @revoked}; empty for none
 * @param hosts names and addresses with commas between them, or the hash of one
 * @param kind of the key
 * @param key in Base64
 */
record KnownHostLine(String marker, String hosts, String kind, String key) {

  private static final byte[] SALT_DOMAIN = "hearth".getBytes(StandardCharsets.UTF_8);

  static Optional<KnownHostLine> of(String line) {
    String[] words = line.strip().split("\\s+");
    int first = words[0].startsWith("@") ? 1 : 0;
    if (words[0].startsWith("#") || words.length < first + 3) {
      return Optional.empty();
    }
    return Optional.of(
        new KnownHostLine(
            first == 1 ? words[0] : "", words[first], words[first + 1], words[first + 2]));
  }

  boolean hashed() {
    return hosts.startsWith("|1|");
  }

  boolean matches(String host) {
    if (hashed()) {
      String[] parts = hosts.split("\\|", -1);
      return parts.length == 4 && hash(Base64.getDecoder().decode(parts[2]), host).equals(parts[3]);
    }
    return List.of(hosts.split(",", -1)).contains(host);
  }

  boolean sameKind(KnownHostLine other) {
    return kind.equals(other.kind) && marker.equals(other.marker);
  }

  boolean sameKey(KnownHostLine other) {
    return sameKind(other) && key.equals(other.key);
  }

  /** The line for a host, its name perhaps hashed. */
  String written(String host, boolean hash) {
    String name = hash && !hashed() ? hashed(host) : hosts;
    return (marker.isEmpty() ? "" : marker + " ") + name + " " + kind + " " + key;
  }

  /** The salt comes from name and key, so that planning twice says the same. */
  private String hashed(String host) {
    byte[] salt = Base64.getDecoder().decode(mac(SALT_DOMAIN, host + " " + key));
    return "|1|" + Base64.getEncoder().encodeToString(salt) + "|" + hash(salt, host);
  }

  private static String hash(byte[] salt, String host) {
    return mac(salt, host);
  }

  private static String mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException(never);
    }
  }
}
