package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code vault rekey} does: encrypts whole files and the encrypted values inside of files with
 * another password. All new files are written before the first takes an old one's place, so that
 * whatever can go wrong with a password, a damaged file or a full disk goes wrong before that.
 */
public final class Rekeying {

  private final Vault before;
  private final Vault after;
  private final FileLayer files;

  /** Opens with one vault and seals with the only password of another. */
  public Rekeying(Vault before, Vault after, FileLayer files) {
    this.before = before;
    this.after = after;
    this.files = files;
  }

  /**
   * Encrypts files anew. They keep their owners and modes.
   *
   * @throws HearthException if that fails; its message says which files are new, if any is
   */
  public void rekey(List<Path> all) {
    List<AtomicReplacement> prepared = new ArrayList<>();
    List<Path> done = new ArrayList<>();
    try {
      for (Path file : all.stream().distinct().toList()) {
        byte[] content = VaultedFiles.read(file);
        prepared.add(
            AtomicReplacement.prepared(
                files,
                file,
                sealed(content, file.toString()),
                FileAccess.AS_BEFORE,
                Optional.of(content)));
      }
      for (AtomicReplacement replacement : prepared) {
        replacement.commit();
        done.add(replacement.target());
      }
    } catch (ChangedMeanwhile | HearthException failure) {
      throw told(failure, done).failure();
    } finally {
      prepared.forEach(AtomicReplacement::close);
    }
  }

  private static Diagnostic told(RuntimeException failure, List<Path> done) {
    Diagnostic first =
        failure instanceof HearthException known
            ? known.diagnostics().getFirst()
            : Diagnostic.error(ExitCode.FAILED, String.valueOf(failure.getMessage()))
                .next("run the command again");
    String state =
        done.isEmpty()
            ? "no file was changed"
            : "encrypted anew already, and complete: " + done + "; the others are as they were";
    return first.because(first.why().isEmpty() ? state : first.why() + "\n" + state);
  }

  private byte[] sealed(byte[] content, String name) {
    if (Envelope.isEncrypted(content)) {
      return again(Envelope.parse(content, name)).text().getBytes(StandardCharsets.US_ASCII);
    }
    String text = InlineValue.textOf(content);
    List<InlineValue> values = InlineValue.all(text, name);
    if (values.isEmpty()) {
      throw FileEncryption.notEncrypted(content, name);
    }
    // From the last to the first, so that the places of those before stay right.
    for (InlineValue value : values.reversed()) {
      text = value.replacedIn(text, again(value.envelope()));
    }
    return InlineValue.bytesOf(text);
  }

  private Envelope again(Envelope envelope) {
    byte[] plain = before.decrypt(envelope);
    try {
      return after.seal(plain, Optional.empty());
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }
}
