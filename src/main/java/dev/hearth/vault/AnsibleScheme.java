package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ansible's format 1.1 and 1.2. Deriving keys is slow on purpose, so they are kept per password and
 * salt until this is closed.
 */
final class AnsibleScheme implements AutoCloseable {

  private static final int SALT_BYTES = 32;
  private static final byte[] FINGERPRINT =
      "hearth vault fingerprint".getBytes(StandardCharsets.US_ASCII);
  private static final int FINGERPRINT_BYTES = 5;
  private static final int BLOCK_BYTES = 16;

  private record KeyName(VaultSecret secret, String salt) {}

  private final Optional<String> salt;
  private final SecureRandom random;
  private final Map<KeyName, Keys> derived = new ConcurrentHashMap<>();

  AnsibleScheme(Optional<String> salt, SecureRandom random) {
    this.salt = salt;
    this.random = random;
  }

  /** What is in an envelope; nothing if none of these passwords opens it. */
  Optional<Opened> opened(Envelope envelope, List<VaultSecret> candidates) {
    for (VaultSecret secret : candidates) {
      if (!secret.isPassword()) {
        continue;
      }
      Keys keys = keys(secret, envelope.salt());
      // The check comes first, in constant time: nothing unchecked is ever decrypted.
      if (MessageDigest.isEqual(keys.check(envelope.ciphertext()), envelope.check())) {
        return Optional.of(
            new Opened(
                unpadded(keys.crypt(envelope.ciphertext()), envelope.at()),
                secret,
                plain -> seal(plain, secret, envelope.label(), salt())));
      }
    }
    return Optional.empty();
  }

  /** Derives the keys that this password gives for these texts, if they are many, in lanes. */
  void prepare(VaultSecret secret, List<Envelope> envelopes) {
    Map<KeyName, byte[]> salts = new LinkedHashMap<>();
    for (Envelope envelope : envelopes) {
      salts.put(name(secret, envelope.salt()), envelope.salt());
    }
    salts.keySet().removeAll(derived.keySet());
    if (!secret.isPassword() || !Pbkdf2Lanes.isWorthwhile(salts.size())) {
      return;
    }
    Iterator<Keys> keys = Keys.derive(secret.password(), List.copyOf(salts.values())).iterator();
    for (KeyName name : salts.keySet()) {
      Keys mine = keys.next();
      Keys others = derived.putIfAbsent(name, mine);
      if (others != null) {
        mine.close();
      }
    }
  }

  /** Encrypts with a new salt each time. */
  Sealer sealer(VaultSecret secret) {
    if (!secret.isPassword()) {
      throw Diagnostic.error(
              ExitCode.INVALID, "Ansible's format cannot be encrypted with an age key")
          .because("it knows passwords only")
          .next("choose a password (--encrypt-vault-id), or --format hearth")
          .failure();
    }
    return plain -> seal(plain, secret, secret.label(), salt());
  }

  /** The check sum under a key that is derived as those of texts are, with a salt of its own. */
  String fingerprint(byte[] plain, VaultSecret secret) {
    byte[] sum = keys(secret, FINGERPRINT).check(plain);
    return HexFormat.of().formatHex(sum, 0, FINGERPRINT_BYTES);
  }

  private byte[] salt() {
    if (salt.isPresent()) {
      return salt.get().getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[SALT_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  Envelope seal(byte[] plain, VaultSecret secret, String label, byte[] with) {
    int padding = BLOCK_BYTES - plain.length % BLOCK_BYTES;
    byte[] padded = Arrays.copyOf(plain, plain.length + padding);
    Arrays.fill(padded, plain.length, padded.length, (byte) padding);
    Keys keys = keys(secret, with);
    byte[] ciphertext = keys.crypt(padded);
    Arrays.fill(padded, (byte) 0);
    Location nowhere = Location.startOf(Source.of("encrypted text", ""));
    return new Envelope(label, with, keys.check(ciphertext), ciphertext, nowhere);
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

  private Keys keys(VaultSecret secret, byte[] with) {
    return derived.computeIfAbsent(
        name(secret, with), name -> Keys.derive(secret.password(), with));
  }

  private static KeyName name(VaultSecret secret, byte[] salt) {
    return new KeyName(secret, HexFormat.of().formatHex(salt));
  }

  @Override
  public void close() {
    derived.values().forEach(Keys::close);
    derived.clear();
  }
}
