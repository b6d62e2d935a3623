package dev.hearth.vault.age;

import dev.hearth.diag.Location;
import dev.hearth.vault.key.Aead;
import dev.hearth.vault.key.CanonicalBase64;
import dev.hearth.vault.key.Hkdf;
import dev.hearth.vault.key.Identity;
import dev.hearth.vault.key.Recipient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file in the format {@code age-encryption.org/v1}.
 *
 * @param armoured whether it is written as text
 * @param stanzas its recipients
 * @param authenticated the bytes of the header that its check sum covers
 * @param mac that check sum
 * @param nonce what the key of the content is made with
 * @param payload the sealed content
 * @param at where it starts
 */
public record AgeFile(
    boolean armoured,
    List<Stanza> stanzas,
    byte[] authenticated,
    byte[] mac,
    byte[] nonce,
    byte[] payload,
    Location at) {

  static final String FAMILY = "age-encryption.org/";
  static final String VERSION = FAMILY + "v1";

  private static final byte[] START = FAMILY.getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 16;
  private static final int NONCE_BYTES = 16;
  private static final byte[] ZERO_NONCE = new byte[Aead.NONCE_BYTES];
  private static final byte[] NOTHING = {};

  /** Whether a content is an age file, of this version or another. */
  public static boolean isAge(byte[] content) {
    return Armour.isArmour(content)
        || content.length >= START.length
            && Arrays.equals(content, 0, START.length, START, 0, START.length);
  }

  /**
   * Reads a file.
   *
   * @throws dev.hearth.diag.HearthException with {@link dev.hearth.diag.ExitCode#VAULT_CORRUPT} if
   *     it is not exactly what age writes
   */
  public static AgeFile parse(byte[] content, Location at) {
    boolean armoured = Armour.isArmour(content);
    return new HeaderReader(armoured ? Armour.read(content, at) : content, at).read(armoured);
  }

  /** Encrypts for a passphrase. */
  public static AgeFile forPassphrase(
      byte[] plain, byte[] passphrase, boolean armoured, Location at, SecureRandom random) {
    byte[] fileKey = random(KEY_BYTES, random);
    byte[] salt = random(Scrypt.SALT_BYTES, random);
    byte[] wrapping = Scrypt.key(passphrase, salt, Scrypt.USUAL_WORK);
    Stanza stanza =
        new Stanza(
            List.of(Stanza.SCRYPT, CanonicalBase64.encode(salt), String.valueOf(Scrypt.USUAL_WORK)),
            Aead.CHACHA20_POLY1305.seal(wrapping, ZERO_NONCE, NOTHING, fileKey));
    Arrays.fill(wrapping, (byte) 0);
    return sealed(plain, fileKey, List.of(stanza), armoured, at, random);
  }

  /** Encrypts for the owners of public keys. */
  public static AgeFile forRecipients(
      byte[] plain,
      List<Recipient> recipients,
      boolean armoured,
      Location at,
      SecureRandom random) {
    byte[] fileKey = random(KEY_BYTES, random);
    List<Stanza> stanzas =
        recipients.stream().map(recipient -> PublicKeys.wrap(fileKey, recipient, random)).toList();
    return sealed(plain, fileKey, stanzas, armoured, at, random);
  }

  private static AgeFile sealed(
      byte[] plain,
      byte[] fileKey,
      List<Stanza> stanzas,
      boolean armoured,
      Location at,
      SecureRandom random) {
    StringBuilder header = new StringBuilder(VERSION).append('\n');
    stanzas.forEach(stanza -> header.append(stanza.text()));
    byte[] authenticated = header.append("---").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] nonce = random(NONCE_BYTES, random);
    byte[] contentKey = Hkdf.derive(fileKey, nonce, "payload");
    AgeFile file =
        new AgeFile(
            armoured,
            stanzas,
            authenticated,
            macOf(fileKey, authenticated),
            nonce,
            Payload.seal(contentKey, plain),
            at);
    Arrays.fill(contentKey, (byte) 0);
    Arrays.fill(fileKey, (byte) 0);
    return file;
  }

  private static byte[] random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] macOf(byte[] fileKey, byte[] authenticated) {
    byte[] key = Hkdf.derive(fileKey, NOTHING, "header");
    byte[] mac = Hkdf.mac(key, authenticated);
    Arrays.fill(key, (byte) 0);
    return mac;
  }

  /** Whether a passphrase opens it, and nothing else does. */
  public boolean isForPassphrase() {
    return stanzas.stream().anyMatch(stanza -> stanza.kind().equals(Stanza.SCRYPT));
  }

  /** The kinds of its recipients, in order. */
  public List<String> kinds() {
    return stanzas.stream().map(Stanza::kind).toList();
  }

  /** The content, with a passphrase; nothing if it is not the one. */
  public Optional<byte[]> open(byte[] passphrase) {
    for (Stanza stanza : stanzas) {
      if (stanza.kind().equals(Stanza.SCRYPT)) {
        byte[] salt = CanonicalBase64.decode(stanza.arguments().get(1)).orElseThrow();
        byte[] wrapping = Scrypt.key(passphrase, salt, Integer.parseInt(stanza.arguments().get(2)));
        return unwrapped(stanza, wrapping).map(this::content);
      }
    }
    return Optional.empty();
  }

  /** The content, with a secret key; nothing if none of the recipients is its. */
  public Optional<byte[]> open(Identity identity) {
    for (Stanza stanza : stanzas) {
      Optional<byte[]> content =
          PublicKeys.opening(stanza, identity)
              .orElseThrow(() -> Damage.HEADER.at(at, "the key of a recipient is none of X25519's"))
              .open(stanza.body())
              .map(this::content);
      if (content.isPresent()) {
        return content;
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> unwrapped(Stanza stanza, byte[] wrapping) {
    Optional<byte[]> fileKey =
        Aead.CHACHA20_POLY1305.open(wrapping, ZERO_NONCE, NOTHING, stanza.body());
    Arrays.fill(wrapping, (byte) 0);
    return fileKey;
  }

  private byte[] content(byte[] fileKey) {
    if (!MessageDigest.isEqual(macOf(fileKey, authenticated), mac)) {
      throw Damage.MAC.at(at, "its check sum is not the one of its recipients");
    }
    byte[] contentKey = Hkdf.derive(fileKey, nonce, "payload");
    Arrays.fill(fileKey, (byte) 0);
    Optional<byte[]> content = Payload.open(contentKey, payload);
    Arrays.fill(contentKey, (byte) 0);
    return content.orElseThrow(
        () -> Damage.PAYLOAD.at(at, "it was changed, cut off or added to after it was written"));
  }

  /** The file as it is written. */
  public byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(authenticated);
    file.writeBytes((" " + CanonicalBase64.encode(mac) + "\n").getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(nonce);
    file.writeBytes(payload);
    return armoured ? Armour.write(file.toByteArray()) : file.toByteArray();
  }

  /** The place alone. */
  @Override
  public String toString() {
    return "age@" + at;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AgeFile file && Arrays.equals(bytes(), file.bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(mac);
  }
}
