package dev.hearth.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of a known_hosts file.
 *
 * @param mark what stands in front of it
 * @param hosts the names, as they are written
 * @param key the key
 * @param place {@code file:line}, for messages
 */
record KnownHostsLine(Mark mark, String hosts, HostKey key, String place) {

  private static final String HASHED = "|1|";
  private static final String DIGEST = "HmacSHA1";

  /** What a line may begin with. */
  enum Mark {
    NONE,
    REVOKED,
    CERT_AUTHORITY
  }

  /** Understands a line; empty for comments and for lines that OpenSSH ignores too. */
  static Optional<KnownHostsLine> parse(String text, String place) {
    List<String> words = List.of(text.strip().split("\\s+"));
    if (words.getFirst().isEmpty() || words.getFirst().startsWith("#")) {
      return Optional.empty();
    }
    Mark mark = mark(words.getFirst());
    List<String> rest = mark == Mark.NONE ? words : words.subList(1, words.size());
    if (rest.size() < 3 || rest.getFirst().startsWith("@") || !isBase64(rest.get(2))) {
      return Optional.empty();
    }
    return Optional.of(
        new KnownHostsLine(mark, rest.getFirst(), new HostKey(rest.get(1), rest.get(2)), place));
  }

  private static Mark mark(String word) {
    return switch (word) {
      case "@revoked" -> Mark.REVOKED;
      case "@cert-authority" -> Mark.CERT_AUTHORITY;
      default -> Mark.NONE;
    };
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getDecoder().decode(text).length > 0;
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  /** Whether it speaks of a host, named as {@link KnownHosts#name} does. */
  boolean names(String name) {
    return hosts.startsWith(HASHED) ? hashed(name) : Glob.anyFits(List.of(hosts.split(",")), name);
  }

  private boolean hashed(String name) {
    String[] parts = hosts.substring(HASHED.length()).split("\\|");
    if (parts.length != 2 || !isBase64(parts[0]) || !isBase64(parts[1])) {
      return false;
    }
    byte[] digest = digest(Base64.getDecoder().decode(parts[0]), name);
    return MessageDigest.isEqual(digest, Base64.getDecoder().decode(parts[1]));
  }

  /** A name as it is written when the file shall not tell which hosts are in it. */
  static String hash(byte[] salt, String name) {
    Base64.Encoder text = Base64.getEncoder();
    return HASHED + text.encodeToString(salt) + "|" + text.encodeToString(digest(salt, name));
  }

  private static byte[] digest(byte[] salt, String name) {
    try {
      Mac mac = Mac.getInstance(DIGEST);
      mac.init(new SecretKeySpec(salt, DIGEST));
      return mac.doFinal(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + DIGEST, missing);
    }
  }
}
