package dev.hearth.vault;

import dev.hearth.diag.HearthException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code vault rekey} and {@code vault migrate} do: encrypt whole files and the encrypted
 * values inside of files with another password, or in another format; all files or none.
 */
public final class Rekeying {

  /** Decides what a text becomes. */
  private interface Target {
    /** What encrypts a text that this secret opened; nothing if it stays as it is. */
    Optional<Sealer> sealer(Use use, Format format, VaultSecret opener);
  }

  private final Vault before;
  private final Target target;
  private final JointReplacement joint;

  private Rekeying(Vault before, JointReplacement joint, Target target) {
    this.before = before;
    this.joint = joint;
    this.target = target;
  }

  /**
   * Opens with one vault and seals with all passwords of another; formats stay.
   *
   * @param intents the directory where it writes down what it is about to do, see {@link Intents}
   */
  public Rekeying(Vault before, Vault after, FileLayer files, Path intents) {
    this(
        before,
        new JointReplacement(files, intents),
        (use, format, opener) -> Optional.of(after.sealer(use, after.first(), format)));
  }

  /** Texts get another format and keep the password that opened them. */
  public static Rekeying migrating(Vault vault, Format to, FileLayer files, Path intents) {
    return new Rekeying(
        vault,
        new JointReplacement(files, intents),
        (use, format, opener) ->
            format == to
                ? Optional.empty()
                : Optional.of(vault.sealer(use, Optional.of(opener), to)));
  }

  /**
   * Encrypts files anew. They keep their owners and modes.
   *
   * @return the files that are new; those that had nothing to change are left alone
   * @throws HearthException if that fails; its message says which files are new, if any is
   */
  public List<Path> rekey(List<Path> all) {
    new VaultedFiles(before).prepare(all);
    return joint.replace(all, this::sealed);
  }

  private byte[] sealed(byte[] content, String name) {
    if (Ciphertext.isEncrypted(content)) {
      return again(Ciphertext.parse(content, name), Use.FILE, new HashMap<>())
          .map(Ciphertext::bytes)
          .orElse(content);
    }
    String text = InlineValue.textOf(content);
    List<InlineValue> values = InlineValue.all(text, name);
    if (values.isEmpty()) {
      throw FileEncryption.notEncrypted(content, name);
    }
    // From the last to the first, so that the places of those before stay right.
    Map<VaultSecret, Optional<Sealer>> sealers = new HashMap<>();
    for (InlineValue value : values.reversed()) {
      Optional<Ciphertext> other = again(value.ciphertext(), Use.VALUE, sealers);
      text = other.isPresent() ? value.replacedIn(text, other.get()) : text;
    }
    return InlineValue.bytesOf(text);
  }

  /** The values of one file that had one password share what their format lets them share. */
  private Optional<Ciphertext> again(
      Ciphertext text, Use use, Map<VaultSecret, Optional<Sealer>> sealers) {
    Opened opened = before.opened(text);
    byte[] plain = opened.plain();
    try {
      return sealers
          .computeIfAbsent(opened.secret(), secret -> target.sealer(use, text.format(), secret))
          .map(sealer -> sealer.seal(plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }
}
