package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code vault rekey} and {@code vault migrate} do: encrypt whole files and the encrypted
 * values inside of files with another password, or in another format. All new files are written
 * before the first takes an old one's place, so that whatever can go wrong with a password, a
 * damaged file or a full disk goes wrong before that; what goes wrong later is taken back.
 */
public final class Rekeying {

  /** Decides what a text becomes. */
  private interface Target {
    /** What encrypts a text that this secret opened; nothing if it stays as it is. */
    Optional<Sealer> sealer(Use use, Format format, VaultSecret opener);
  }

  private final Vault before;
  private final Target target;
  private final FileLayer files;

  private Rekeying(Vault before, FileLayer files, Target target) {
    this.before = before;
    this.files = files;
    this.target = target;
  }

  /** Opens with one vault and seals with all passwords of another; formats stay. */
  public Rekeying(Vault before, Vault after, FileLayer files) {
    this(
        before,
        files,
        (use, format, opener) -> Optional.of(after.sealer(use, after.first(), format)));
  }

  /** Texts get another format and keep the password that opened them. */
  public static Rekeying migrating(Vault vault, Format to, FileLayer files) {
    return new Rekeying(
        vault,
        files,
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
    List<AtomicReplacement> prepared = new ArrayList<>();
    Map<Path, Contents> contents = new HashMap<>();
    try {
      for (Path file : all.stream().distinct().toList()) {
        byte[] content = VaultedFiles.read(file);
        byte[] made = sealed(content, file.toString());
        if (!Arrays.equals(content, made)) {
          contents.put(file, new Contents(content, made));
          prepared.add(
              AtomicReplacement.prepared(
                  files, file, made, FileAccess.AS_BEFORE, Optional.of(content)));
        }
      }
      prepared.forEach(AtomicReplacement::commit);
      return done(prepared);
    } catch (ChangedMeanwhile | HearthException failure) {
      throw told(failure, takenBack(done(prepared), contents)).failure();
    } finally {
      prepared.forEach(AtomicReplacement::close);
    }
  }

  private static List<Path> done(List<AtomicReplacement> prepared) {
    return prepared.stream()
        .filter(AtomicReplacement::isDone)
        .map(AtomicReplacement::target)
        .toList();
  }

  /** What a file held, and what it is to hold. */
  private record Contents(byte[] old, byte[] made) {}

  /** Puts the old contents back; the files with which that fails stay new. */
  private List<Path> takenBack(List<Path> done, Map<Path, Contents> contents) {
    List<Path> stay = new ArrayList<>();
    for (Path file : done.reversed()) {
      Contents both = Objects.requireNonNull(contents.get(file));
      try (AtomicReplacement replacement =
          AtomicReplacement.prepared(
              files, file, both.old(), FileAccess.AS_BEFORE, Optional.of(both.made()))) {
        replacement.commit();
      } catch (ChangedMeanwhile | HearthException failure) {
        stay.add(file);
      }
    }
    return stay;
  }

  private static Diagnostic told(RuntimeException failure, List<Path> stay) {
    Diagnostic first =
        failure instanceof HearthException known
            ? known.diagnostics().getFirst()
            : Diagnostic.error(ExitCode.FAILED, String.valueOf(failure.getMessage()))
                .next("run the command again");
    String state =
        stay.isEmpty()
            ? "no file was changed"
            : "these could not be put back, and are encrypted anew: "
                + stay
                + "; the others are old";
    return first.because(first.why().isEmpty() ? state : first.why() + "\n" + state);
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
