package dev.hearth.module.database;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Whether a password is the one that PostgreSQL keeps the digest of. */
final class PostgresPassword {

  private static final Pattern SCRAM =
      Pattern.compile("SCRAM-SHA-256\\$(\\d+):([^$]+)\\$([^:]+):(.+)");

  private PostgresPassword() {}

  /** Whether the digest was made of this password, or is what was given. */
  static boolean same(String password, String user, String digest) {
    if (password.equals(digest)) {
      return true;
    }
    Matcher scram = SCRAM.matcher(digest);
    try {
      if (scram.matches()) {
        PBEKeySpec spec =
            new PBEKeySpec(
                password.toCharArray(),
                Base64.getDecoder().decode(scram.group(2)),
                Integer.parseInt(scram.group(1)),
                256);
        byte[] salted =
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salted, "HmacSHA256"));
        byte[] client = mac.doFinal("Client Key".getBytes(StandardCharsets.UTF_8));
        byte[] stored = MessageDigest.getInstance("SHA-256").digest(client);
        return MessageDigest.isEqual(stored, Base64.getDecoder().decode(scram.group(3)));
      }
      if (digest.startsWith("md5")) {
        byte[] md5 =
            MessageDigest.getInstance("MD5")
                .digest((password + user).getBytes(StandardCharsets.UTF_8));
        return digest.equals("md5" + HexFormat.of().formatHex(md5));
      }
      return false;
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException(never);
    }
  }
}
