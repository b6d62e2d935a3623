package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Opens and seals texts in Ansible's vault format 1.1 and 1.2 with the passwords it was given.
 *
 * <p>Deriving keys is slow on purpose, so keys are kept per password and salt until the vault is
 * closed, which overwrites them. It may be used by several threads.
 */
public final class Vault implements AutoCloseable {

  private static final int SALT_BYTES = 32;
  private static final int BLOCK_BYTES = 16;

  /**
   * What came out of an envelope.
   *
   * @param plain the bytes; they belong to the caller
   * @param secret the password that opened it
   */
  record Opened(byte[] plain, VaultSecret secret) {}

  private record KeyName(VaultSecret secret, String salt) {}

  private final VaultSecrets secrets;
  private final VaultPolicy policy;
  private final Map<KeyName, Keys> derived = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** A vault with these passwords; they stay their owner's, who closes them. */
  public Vault(VaultSecrets secrets) {
    this(secrets, VaultPolicy.USUAL);
  }

  /** The same with settings that change how texts are opened and sealed. */
  public Vault(VaultSecrets secrets, VaultPolicy policy) {
    this.secrets = secrets;
    this.policy = policy;
  }

  /**
   * The text of an inline {@code !vault} value.
   *
   * @throws HearthException with {@link ExitCode#VAULT_PASSWORD} if no password opens it, with
   *     {@link ExitCode#VAULT_CORRUPT} if it is damaged
   */
  public Value.Secret open(Value.Vaulted sealed) {
    byte[] plain = decrypt(Envelope.parse(sealed.envelope(), sealed.at()));
    try {
      return new Value.Secret(text(plain, sealed.at()));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * The bytes that an envelope holds.
   *
   * @return the plain bytes; they belong to the caller
   * @throws HearthException as {@link #open}
   */
  public byte[] decrypt(Envelope envelope) {
    return opened(envelope).plain();
  }

  /**
   * What an envelope holds, with the password that opened it.
   *
   * @throws HearthException as {@link #open}
   */
  Opened opened(Envelope envelope) {
    List<VaultSecret> candidates =
        secrets.candidates(envelope.label()).stream()
            .filter(secret -> policy.tries(secret.label(), envelope.label()))
            .toList();
    if (secrets.isEmpty()) {
      throw Diagnostic.error(envelope.at(), "this is encrypted, and no vault password is given")
          .exit(ExitCode.VAULT_PASSWORD)
          .next("give the password: --vault-password-file FILE or --ask-vault-pass")
          .failure();
    }
    for (VaultSecret secret : candidates) {
      Keys keys = keys(secret, envelope.salt());
      // The check comes first, in constant time: nothing unchecked is ever decrypted.
      if (MessageDigest.isEqual(keys.check(envelope.ciphertext()), envelope.check())) {
        return new Opened(unpadded(keys.crypt(envelope.ciphertext()), envelope.at()), secret);
      }
    }
    throw notOpened(envelope).failure();
  }

  private Diagnostic notOpened(Envelope envelope) {
    String tried = secrets.labels().stream().distinct().collect(Collectors.joining(", "));
    String label = envelope.label();
    String hint =
        secrets.labels().contains(label)
            ? "check the password given for '" + label + "'; if it is right, restore the file"
            : "the file asks for the label '" + label + "': add --vault-id " + label + "@SOURCE";
    return Diagnostic.error(envelope.at(), "no vault password given opens this encrypted text")
        .exit(ExitCode.VAULT_PASSWORD)
        .because(
            "tried: "
                + tried
                + "; either the password is wrong, or the text was changed after it was encrypted")
        .next(hint);
  }

  /**
   * Encrypts bytes with a new random salt.
   *
   * @param plain what to encrypt
   * @param label the label of the password to use; may be left out when there is only one
   */
  public Envelope seal(byte[] plain, Optional<String> label) {
    return seal(plain, label, salt());
  }

  private byte[] salt() {
    if (policy.salt().isPresent()) {
      return policy.salt().get().getBytes(StandardCharsets.UTF_8);
    }
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  Envelope seal(byte[] plain, Optional<String> label, byte[] salt) {
    VaultSecret secret = secrets.encrypting(label);
    return seal(plain, secret, secret.label(), salt);
  }

  /** Encrypts bytes again that came out of an envelope: same password, same label, new salt. */
  Envelope sealAgain(byte[] plain, VaultSecret secret, String label) {
    return seal(plain, secret, label, salt());
  }

  private Envelope seal(byte[] plain, VaultSecret secret, String label, byte[] salt) {
    int padding = BLOCK_BYTES - plain.length % BLOCK_BYTES;
    byte[] padded = Arrays.copyOf(plain, plain.length + padding);
    Arrays.fill(padded, plain.length, padded.length, (byte) padding);
    Keys keys = keys(secret, salt);
    byte[] ciphertext = keys.crypt(padded);
    Arrays.fill(padded, (byte) 0);
    Location nowhere = Location.startOf(Source.of("encrypted text", ""));
    return new Envelope(label, salt, keys.check(ciphertext), ciphertext, nowhere);
  }

  /** The password that {@link #seal} would take, or why there is none. */
  VaultSecret encrypting(Optional<String> label) {
    return secrets.encrypting(label);
  }

  /**
   * The characters of decrypted bytes.
   *
   * @param name what people call them
   * @throws HearthException if they are not UTF-8
   */
  public static String text(byte[] plain, String name) {
    return text(plain, Location.startOf(Source.of(name, "")));
  }

  /** The same for a text with a place. */
  static String text(byte[] plain, Location at) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw Diagnostic.error(at, "the decrypted text is not UTF-8")
          .because("inventories, variables and playbooks are read as UTF-8")
          .next("encrypt a UTF-8 text, or use the file where bytes are allowed, as in copy's src")
          .failure();
    }
  }

  private static byte[] unpadded(byte[] padded, Location at) {
    int padding = padded[padded.length - 1];
    boolean right = padding >= 1 && padding <= BLOCK_BYTES;
    for (int index = 1; right && index <= padding; index++) {
      right = padded[padded.length - index] == padding;
    }
    if (!right) {
      Arrays.fill(padded, (byte) 0);
      throw Diagnostic.error(at, "the encrypted text was not padded as the format demands")
          .exit(ExitCode.VAULT_CORRUPT)
          .because("its check sum is right, so another program wrote it that way")
          .next("encrypt it anew with hearth or ansible-vault")
          .failure();
    }
    byte[] plain = Arrays.copyOf(padded, padded.length - padding);
    Arrays.fill(padded, (byte) 0);
    return plain;
  }

  private Keys keys(VaultSecret secret, byte[] salt) {
    return derived.computeIfAbsent(
        new KeyName(secret, HexFormat.of().formatHex(salt)),
        name -> Keys.derive(secret.password(), salt));
  }

  @Override
  public void close() {
    derived.values().forEach(Keys::close);
    derived.clear();
  }
}
