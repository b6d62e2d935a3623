package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.vault.strong.StrongText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What {@code vault view}, {@code encrypt} and {@code decrypt} do to whole files. A file is
 * replaced in one step: whoever reads it sees the old or the new content, and a failure leaves the
 * old.
 */
public final class FileEncryption {

  private static final int MOST_BYTES = 32 << 20;

  private final Vault vault;
  private final FileLayer files;

  /** Encrypts and decrypts with this vault. */
  public FileEncryption(Vault vault) {
    this(vault, new DiskFiles());
  }

  /** The same with other files. */
  FileEncryption(Vault vault, FileLayer files) {
    this.vault = vault;
    this.files = files;
  }

  /** The plain bytes of an encrypted file; the file stays as it is. */
  public byte[] view(Path file) {
    return decrypt(VaultedFiles.read(file), file.toString());
  }

  /**
   * Encrypts a file. An existing target keeps its owner and mode; a new one gets mode 0600.
   *
   * @param file what to encrypt
   * @param target where the result goes; the file itself to encrypt it in place
   * @param label the label of the password to use; may be left out when there is only one
   */
  public void encrypt(Path file, Path target, Optional<String> label) {
    byte[] plain = VaultedFiles.read(file);
    try {
      AtomicReplacement.keepingMode(files, target, encrypt(plain, file.toString(), label));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Decrypts a file. An existing target keeps its owner; as with {@code ansible-vault} nobody else
   * may read the result, whatever the mode was.
   *
   * @param file what to decrypt
   * @param target where the result goes; the file itself to decrypt it in place
   */
  public void decrypt(Path file, Path target) {
    byte[] plain = view(file);
    try {
      AtomicReplacement.forOwnerOnly(files, target, plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Encrypts files in place, all of them or none; they keep their owners and modes.
   *
   * @param intents the directory where it writes down what it is about to do, see {@link Intents}
   */
  public void encryptAll(List<Path> all, Optional<String> label, Path intents) {
    new JointReplacement(files, intents).replace(all, (plain, name) -> encrypt(plain, name, label));
  }

  /** Decrypts files in place, all of them or none; nobody but their owners may read them then. */
  public void decryptAll(List<Path> all, Path intents) {
    new VaultedFiles(vault).prepare(all);
    new JointReplacement(files, intents).reveal(all, this::decrypt);
  }

  /** Gives an encrypted file another content, for the same recipients. */
  public void change(Path file, UnaryOperator<byte[]> change) {
    byte[] content = VaultedFiles.read(file);
    Opened opened = vault.opened(Ciphertext.parse(content, file.toString())).changeable();
    byte[] plain;
    try {
      plain = change.apply(opened.plain());
    } finally {
      Arrays.fill(opened.plain(), (byte) 0);
    }
    try (AtomicReplacement replacement =
        AtomicReplacement.prepared(
            files,
            file,
            opened.again().seal(plain).bytes(),
            FileAccess.AS_BEFORE,
            Optional.of(content))) {
      replacement.commit();
    } catch (ChangedMeanwhile meanwhile) {
      throw meanwhile.told().failure();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Encrypts bytes, such as those of standard input.
   *
   * @param plain the bytes
   * @param name what people call them
   * @param label the label of the password to use; may be left out when there is only one
   * @return the encrypted text with a final line end
   */
  public byte[] encrypt(byte[] plain, String name, Optional<String> label) {
    if (Ciphertext.isEncrypted(plain)) {
      throw Diagnostic.error(ExitCode.INVALID, name + " is already encrypted")
          .because("encrypting it again would need two decryptions to read it")
          .next("look at it with: hearth vault view " + name)
          .failure();
    }
    if (plain.length > MOST_BYTES) {
      throw Diagnostic.error(ExitCode.INVALID, name + " is too large to be encrypted")
          .because(
              "it has %,d bytes, and up to %,d are; Ansible's format makes four of each"
                  .formatted(plain.length, MOST_BYTES))
          .next("use a program that works without the whole file in memory, such as age")
          .failure();
    }
    return vault.seal(plain, label).bytes();
  }

  /** Decrypts bytes, such as those of standard input. */
  public byte[] decrypt(byte[] content, String name) {
    if (!Ciphertext.isEncrypted(content)) {
      throw notEncrypted(content, name);
    }
    return vault.decrypt(Ciphertext.parse(content, name));
  }

  /** Why a content that is no encrypted file is none. */
  static HearthException notEncrypted(byte[] content, String name) {
    String text = InlineValue.textOf(content);
    if (Conflict.isAround(text)) {
      return Conflict.told(Location.startOf(new Source(name, text))).failure();
    }
    int header = Math.max(text.indexOf(Envelope.MAGIC), text.indexOf(StrongText.MAGIC));
    if (header > 0 && text.substring(0, header).chars().allMatch(FileEncryption::isInvisible)) {
      return Diagnostic.error(
              ExitCode.VAULT_CORRUPT, name + " has characters before its vault header")
          .because("a byte order mark or blanks stand before it")
          .next("remove them: the file must start with the header")
          .failure();
    }
    return Diagnostic.error(ExitCode.INVALID, name + " is not encrypted")
        .because(
            "an encrypted file starts with "
                + Envelope.MAGIC
                + " or "
                + StrongText.MAGIC
                + ", or is an age file")
        .next(
            header > 0
                ? "it may hold encrypted values: hearth vault get " + name + " KEY"
                : "check the file name; encrypt a plain file with: hearth vault encrypt " + name)
        .failure();
  }

  /** A blank, or a byte of UTF-8's byte order mark. */
  private static boolean isInvisible(int character) {
    return character <= ' ' || character == 0xef || character == 0xbb || character == 0xbf;
  }
}
