package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What {@code vault edit} and {@code vault create} do. At every moment the file is exactly the old
 * or exactly the new one; what the person wrote is either in the file or in an encrypted draft
 * beside it; the plain text lies only in a {@link Scratch}.
 */
public final class VaultEditing {

  private static final DateTimeFormatter DRAFT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Vault vault;
  private final EditTools tools;

  /** Edits with the passwords of this vault. */
  public VaultEditing(Vault vault, EditTools tools) {
    this.vault = vault;
    this.tools = tools;
  }

  /** Turns the edited text into the new content of the file. */
  @FunctionalInterface
  interface Sealing {
    byte[] seal(byte[] plain);
  }

  /**
   * Lets the person edit an encrypted file. It keeps its label, its password, its owner and mode.
   *
   * @return whether it was changed
   * @throws HearthException if it is not written; then it is as it was
   */
  public boolean edit(Path file) {
    return EditLock.holding(
        existing(file),
        () -> {
          byte[] content = VaultedFiles.read(file);
          if (!Ciphertext.isEncrypted(content)) {
            throw FileEncryption.notEncrypted(content, file.toString());
          }
          Opened opened = vault.opened(Ciphertext.parse(content, file.toString())).changeable();
          return edited(
              file,
              content,
              opened.plain(),
              String.valueOf(file.getFileName()),
              "",
              plain -> opened.again().seal(plain).bytes());
        });
  }

  /**
   * Lets the person edit one encrypted value of a file; every other byte of it stays.
   *
   * @param key what the value is called
   * @param line finds the line of the value's header in the file's content
   * @return whether it was changed
   */
  public boolean editValue(Path file, String key, ToIntFunction<byte[]> line) {
    return EditLock.holding(
        existing(file),
        () -> {
          byte[] content = VaultedFiles.read(file);
          InlineValue value = InlineEncryption.at(content, file, line.applyAsInt(content));
          Opened opened = vault.opened(value.ciphertext());
          Sealing sealing =
              plain ->
                  InlineValue.bytesOf(
                      value.replacedIn(InlineValue.textOf(content), opened.again().seal(plain)));
          return edited(file, content, opened.plain(), key, ":" + key, sealing);
        });
  }

  /** A value inside of the plain text of a file. */
  public interface Part {
    /** The value; its bytes belong to the caller. */
    byte[] value(byte[] plain);

    /** The text with another value. */
    byte[] with(byte[] plain, byte[] value);
  }

  /**
   * Lets the person edit one value of a file that is encrypted as a whole.
   *
   * @param key what the value is called
   * @param part finds the value, and puts another one in its place
   * @return whether it was changed
   */
  public boolean editPart(Path file, String key, Part part) {
    return EditLock.holding(
        existing(file),
        () -> {
          byte[] content = VaultedFiles.read(file);
          Opened opened = vault.opened(Ciphertext.parse(content, file.toString())).changeable();
          try {
            Sealing sealing =
                value -> {
                  byte[] plain = part.with(opened.plain(), value);
                  byte[] made = opened.again().seal(plain).bytes();
                  Arrays.fill(plain, (byte) 0);
                  return made;
                };
            return edited(file, content, part.value(opened.plain()), key, ":" + key, sealing);
          } finally {
            Arrays.fill(opened.plain(), (byte) 0);
          }
        });
  }

  /**
   * Lets the person write a new file.
   *
   * @param label the label of the password to use; may be left out when there is only one
   * @return whether it was written; an empty text is not
   */
  public boolean create(Path file, Optional<String> label) {
    if (Files.exists(file)) {
      throw Diagnostic.error(ExitCode.INVALID, file + " exists already")
          .because("create writes new files only")
          .next("change it with: hearth vault edit " + file)
          .failure();
    }
    return EditLock.holding(
        file,
        () -> {
          // Refused now rather than after the work: an unknown label, or a choice of several.
          vault.checkSealing(label);
          return edited(
              file,
              new byte[0],
              new byte[0],
              String.valueOf(file.getFileName()),
              "",
              plain -> vault.seal(plain, label).bytes());
        });
  }

  private static Path existing(Path file) {
    // Says what is missing before anything is made beside it.
    Arrays.fill(VaultedFiles.read(file), (byte) 0);
    return file;
  }

  private boolean edited(
      Path file, byte[] content, byte[] plain, String name, String part, Sealing sealing) {
    EditedText.Drafts drafts = text -> draft(file, sealing.seal(text)) + part;
    try (EditedText text = new EditedText(tools, name.replace('/', '_'), plain, !part.isEmpty())) {
      Optional<byte[]> written = text.edit(name, drafts);
      if (written.isEmpty()) {
        return false;
      }
      byte[] changed = written.get();
      try {
        replace(file, content, changed, sealing, drafts);
      } finally {
        Arrays.fill(changed, (byte) 0);
      }
      return true;
    }
  }

  private void replace(
      Path file, byte[] content, byte[] changed, Sealing sealing, EditedText.Drafts drafts) {
    byte[] sealed = sealing.seal(changed);
    try (AtomicReplacement replacement =
        AtomicReplacement.prepared(
            tools.files(), file, sealed, FileAccess.AS_BEFORE, Optional.of(content))) {
      replacement.commit();
    } catch (HearthException failure) {
      if (holds(file, sealed)) {
        throw failure;
      }
      Diagnostic first = failure.diagnostics().getFirst();
      throw first
          .next(
              first.next()
                  + "\nwhat you wrote is kept, encrypted: hearth vault edit "
                  + drafts.keep(changed))
          .failure();
    } catch (ChangedMeanwhile meanwhile) {
      throw Diagnostic.error(ExitCode.FAILED, file + " was changed on disk while you edited")
          .because("writing your text would undo that change")
          .next(
              "what you wrote is kept, encrypted: compare it with the file: hearth vault edit "
                  + drafts.keep(changed))
          .failure();
    }
  }

  private static boolean holds(Path file, byte[] content) {
    return Files.exists(file) && Arrays.equals(VaultedFiles.read(file), content);
  }

  /** Beside the file; where nothing can be written there, in memory until the next start. */
  private Path draft(Path file, byte[] encrypted) {
    Path beside = file.toAbsolutePath().resolveSibling("");
    try {
      return draft(beside, file, encrypted);
    } catch (HearthException full) {
      return draft(tools.places().place().orElseThrow(() -> full), file, encrypted);
    }
  }

  private Path draft(Path directory, Path file, byte[] encrypted) {
    String name = file.getFileName() + ".draft-" + DRAFT.format(tools.clock().instant());
    for (int number = 1; ; number++) {
      Path draft = directory.resolve(number == 1 ? name : name + "-" + number);
      if (!Files.exists(draft)) {
        AtomicReplacement.forOwnerOnly(tools.files(), draft, encrypted);
        return draft;
      }
    }
  }
}
