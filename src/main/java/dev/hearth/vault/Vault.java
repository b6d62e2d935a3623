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
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens and seals texts in all formats with the passwords and keys it was given.
 *
 * <p>Deriving keys is slow on purpose, so keys are kept until the vault is closed, which overwrites
 * them. It may be used by several threads.
 */
public final class Vault implements AutoCloseable {

  private final VaultSecrets secrets;
  private final VaultPolicy policy;
  private final AnsibleScheme ansible;
  private final StrongScheme strong;
  private final AgeScheme age;

  /** A vault with these passwords; they stay their owner's, who closes them. */
  public Vault(VaultSecrets secrets) {
    this(secrets, VaultPolicy.USUAL);
  }

  /** The same with settings that change how texts are opened and sealed. */
  public Vault(VaultSecrets secrets, VaultPolicy policy) {
    SecureRandom random = new SecureRandom();
    this.secrets = secrets;
    this.policy = policy;
    this.ansible = new AnsibleScheme(policy.salt(), random);
    this.strong = new StrongScheme(policy, random);
    this.age = new AgeScheme(random);
  }

  /**
   * The text of an inline {@code !vault} value.
   *
   * @throws HearthException with {@link ExitCode#VAULT_PASSWORD} if no password opens it, with
   *     {@link ExitCode#VAULT_CORRUPT} if it is damaged
   */
  public Value.Secret open(Value.Vaulted sealed) {
    byte[] plain = decrypt(Ciphertext.parse(sealed.envelope(), sealed.at()));
    try {
      return new Value.Secret(text(plain, sealed.at()));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * The bytes that an encrypted text holds.
   *
   * @return the plain bytes; they belong to the caller
   * @throws HearthException as {@link #open}
   */
  public byte[] decrypt(Ciphertext text) {
    return opened(text).plain();
  }

  /**
   * What an encrypted text holds, with the password that opened it.
   *
   * @throws HearthException as {@link #open}
   */
  Opened opened(Ciphertext text) {
    if (secrets.isEmpty()) {
      throw Diagnostic.error(text.at(), "this is encrypted, and no vault password is given")
          .exit(ExitCode.VAULT_PASSWORD)
          .next("give the password: --vault-password-file FILE or --ask-vault-pass")
          .failure();
    }
    Optional<Opened> opened =
        switch (text) {
          case Envelope envelope -> ansible.opened(envelope, candidates(envelope));
          case Ciphertext.Strong own -> strong.opened(own.content(), secrets.all());
          case Ciphertext.Age file -> age.opened(file.content(), secrets.all());
        };
    return opened.orElseThrow(() -> notOpened(text).failure());
  }

  /**
   * Derives at once what opening these texts will need: for many texts, that takes a fraction of
   * the time that one after the other takes. Texts that the password to be tried first does not
   * open, and other formats, are left to {@link #open}, and so is what cannot be opened.
   */
  public void prepare(List<Ciphertext> texts) {
    Map<VaultSecret, List<Envelope>> first = new HashMap<>();
    for (Ciphertext text : texts) {
      if (text instanceof Envelope envelope) {
        candidates(envelope).stream()
            .findFirst()
            .ifPresent(
                secret -> first.computeIfAbsent(secret, any -> new ArrayList<>()).add(envelope));
      }
    }
    first.forEach(ansible::prepare);
  }

  private List<VaultSecret> candidates(Envelope envelope) {
    return secrets.candidates(envelope.label()).stream()
        .filter(secret -> policy.tries(secret.label(), envelope.label()))
        .toList();
  }

  private Diagnostic notOpened(Ciphertext text) {
    String tried = secrets.labels().stream().distinct().collect(Collectors.joining(", "));
    String wanted = String.join(", ", text.recipients());
    String hint =
        text.recipients().stream().anyMatch(secrets.labels()::contains)
            ? "check the password given for '" + wanted + "'; if it is right, restore the file"
            : text instanceof Ciphertext.Age || wanted.startsWith("(")
                ? "it is for " + wanted + ": give that password or key file with --vault-id"
                : "the file asks for the label '%s': add --vault-id %s@SOURCE"
                    .formatted(wanted, text.recipients().getFirst());
    return Diagnostic.error(text.at(), "no vault password given opens this encrypted text")
        .exit(ExitCode.VAULT_PASSWORD)
        .because(
            text instanceof Envelope envelope && candidates(envelope).isEmpty()
                ? "vault_id_match is set, so only passwords with the text's own label are tried,"
                    + " not: "
                    + tried
                : "tried: "
                    + tried
                    + "; either the password is wrong, or the text was changed after it was"
                    + " encrypted")
        .next(hint);
  }

  /**
   * Encrypts the bytes of a file.
   *
   * @param plain what to encrypt
   * @param label the label of the password to use; may be left out when there is only one
   */
  public Ciphertext seal(byte[] plain, Optional<String> label) {
    return sealer(Use.FILE, label).seal(plain);
  }

  /** Encrypts with a salt that is given: for the tests that hold it against known texts. */
  Envelope seal(byte[] plain, Optional<String> label, byte[] salt) {
    VaultSecret secret = secrets.encrypting(label);
    return ansible.seal(plain, secret, secret.label(), salt);
  }

  /** What encrypts new texts as the settings and the command line say. */
  Sealer sealer(Use use, Optional<String> label) {
    Optional<VaultSecret> secret = encrypting(label);
    boolean needsKeys =
        !policy.recipients().isEmpty() || !secret.filter(VaultSecret::isPassword).isPresent();
    return sealer(use, secret, policy.format().orElse(needsKeys ? Format.HEARTH : Format.ANSIBLE));
  }

  /** What encrypts for a secret in a format, and for the public keys of the command line. */
  Sealer sealer(Use use, Optional<VaultSecret> secret, Format format) {
    return switch (format) {
      case HEARTH -> strong.sealer(use, passwords(secret), policy.recipients());
      case AGE -> {
        checkOnlyPassword(format);
        yield age.sealer(use, secret, policy.recipients());
      }
      case ANSIBLE -> {
        checkOnlyPassword(format);
        if (!policy.recipients().isEmpty() || secret.isEmpty()) {
          throw Diagnostic.error(
                  ExitCode.INVALID, "Ansible's format cannot be encrypted for a public key")
              .because("it knows passwords only")
              .next("use --format hearth or --format age")
              .failure();
        }
        yield ansible.sealer(secret.get());
      }
    };
  }

  /** The password, or file of keys, and the others that the settings name; each once. */
  private List<VaultSecret> passwords(Optional<VaultSecret> first) {
    return Stream.concat(
            first.stream(),
            policy.otherLabels().stream().map(label -> secrets.encrypting(Optional.of(label))))
        .distinct()
        .toList();
  }

  private void checkOnlyPassword(Format format) {
    if (!policy.otherLabels().isEmpty()) {
      throw Diagnostic.error(
              ExitCode.INVALID, "a text of the format " + format.word() + " has one password")
          .because("several are named to encrypt with")
          .next("name one, or use --format hearth")
          .failure();
    }
  }

  /** Refuses what {@link #seal} would refuse: an unknown label, or a choice of several. */
  void checkSealing(Optional<String> label) {
    sealer(Use.FILE, label);
  }

  /**
   * A short name for a content that tells only whoever has the first password whether another one
   * is the same: for differences that show no values.
   */
  public String fingerprint(byte[] plain) {
    return ansible.fingerprint(plain, secrets.all().getFirst());
  }

  /** Whether a new value may be written as those that stand beside it. */
  boolean mayJoin() {
    return policy.recipients().isEmpty()
        && policy.otherLabels().isEmpty()
        && policy.format().filter(format -> format != Format.HEARTH).isEmpty();
  }

  /** The password that comes first; none when there are public keys instead. */
  Optional<VaultSecret> first() {
    return encrypting(secrets.labels().stream().findFirst());
  }

  /** Public keys need no password; beside one in an age file there is no room for them. */
  private Optional<VaultSecret> encrypting(Optional<String> label) {
    boolean age = policy.format().filter(Format.AGE::equals).isPresent();
    return label.isEmpty() && !policy.recipients().isEmpty() && (age || secrets.isEmpty())
        ? Optional.empty()
        : Optional.of(secrets.encrypting(label));
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

  @Override
  public void close() {
    ansible.close();
    strong.close();
  }
}
