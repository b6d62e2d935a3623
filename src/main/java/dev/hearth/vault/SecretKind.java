package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What {@code vault generate} can make. */
public enum SecretKind {
  /** 32 bytes, as 64 hexadecimal digits. */
  HEX32(false),
  /** 32 bytes in base64. */
  BASE64_32(false),
  /** Letters and digits. */
  PASSWORD(false),
  /** A line for a web server's file of users: the name and a bcrypt hash. */
  HTPASSWD(true),
  /** An Argon2id hash, as programs store it. */
  ARGON2(true);

  /** How long a password is unless one says otherwise: 24 of 62 characters are 142 bits. */
  public static final int USUAL_LENGTH = 24;

  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int RANDOM_BYTES = 32;
  private static final int BCRYPT_COST = 12;
  private static final int BCRYPT_BYTES = 72;
  private static final int SALT_BYTES = 16;
  private static final int ARGON2_MEMORY = 65_536;
  private static final int ARGON2_PASSES = 3;
  private static final int ARGON2_LANES = 4;

  private final boolean hash;

  SecretKind(boolean hash) {
    this.hash = hash;
  }

  /** Whether it is made from a password that has to be known as well. */
  public boolean isHash() {
    return hash;
  }

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A new secret; not for hashes. */
  public String random(int length, SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return switch (this) {
      case HEX32 -> HexFormat.of().formatHex(bytes);
      case BASE64_32 -> Base64.getEncoder().encodeToString(bytes);
      default -> {
        StringBuilder password = new StringBuilder();
        for (int index = 0; index < length; index++) {
          password.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        yield password.toString();
      }
    };
  }

  /** The hash of a password; for hashes only. */
  public String of(String password, String user, SecureRandom random) {
    if (this == HTPASSWD && password.getBytes(StandardCharsets.UTF_8).length > BCRYPT_BYTES) {
      throw Diagnostic.error(ExitCode.INVALID, "the password is too long for a htpasswd line")
          .because("bcrypt looks at " + BCRYPT_BYTES + " bytes only")
          .next("use a shorter password, or --kind argon2")
          .failure();
    }
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return this == HTPASSWD
        ? user + ":" + OpenBSDBCrypt.generate("2y", password.toCharArray(), salt, BCRYPT_COST)
        : argon2(password.getBytes(StandardCharsets.UTF_8), salt);
  }

  /** In the form of the reference implementation, which libraries of all languages read. */
  private static String argon2(byte[] password, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(ARGON2_MEMORY)
            .withIterations(ARGON2_PASSES)
            .withParallelism(ARGON2_LANES)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[RANDOM_BYTES];
    generator.generateBytes(password, hash);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            ARGON2_MEMORY,
            ARGON2_PASSES,
            ARGON2_LANES,
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }
}
