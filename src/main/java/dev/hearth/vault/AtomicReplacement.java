package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Replaces a file's content in one step: a temporary file beside it, 0600 from its first byte, is
 * written and flushed to the disk; {@link #commit} renames it over the old one and flushes the
 * directory. Until then the old file is as it was; closing an uncommitted replacement removes the
 * temporary file.
 *
 * <p>A temporary file bears the name of its process, so that the next replacement in the same
 * directory removes what a process that died has left; one with plain text is removed as soon as
 * its process dies ({@link RemovalAfterDeath}).
 */
public final class AtomicReplacement implements AutoCloseable {

  private final FileLayer files;
  private final Path target;
  private final Path real;
  private final Path temporary;
  private final Optional<byte[]> expected;
  private final Optional<RemovalAfterDeath> removal;
  private boolean renamed;

  private AtomicReplacement(
      FileLayer files,
      Path target,
      Path real,
      Path temporary,
      Optional<byte[]> expected,
      Optional<RemovalAfterDeath> removal) {
    this.files = files;
    this.target = target;
    this.real = real;
    this.temporary = temporary;
    this.expected = expected;
    this.removal = removal;
  }

  /** Replaces the content and keeps owner, group and mode; a new file gets mode 0600. */
  static void keepingMode(FileLayer files, Path target, byte[] content) {
    replace(files, target, content, FileAccess.AS_BEFORE);
  }

  /**
   * Replaces the content, which may be plain text, keeps owner and group, and takes all access from
   * anyone else.
   */
  public static void forOwnerOnly(FileLayer files, Path target, byte[] content) {
    replace(files, target, content, FileAccess.OWNER_ONLY);
  }

  private static void replace(FileLayer files, Path target, byte[] content, FileAccess access) {
    try (AtomicReplacement replacement =
        prepared(files, target, content, access, Optional.empty())) {
      replacement.commit();
    }
  }

  /**
   * Writes the new content beside the old one.
   *
   * @param access who may use the result
   * @param expected what the file must still hold when it is replaced, if that matters; an empty
   *     array also means that it does not exist
   * @throws HearthException with {@link ExitCode#FAILED} if that fails; nothing is changed then
   */
  static AtomicReplacement prepared(
      FileLayer files, Path target, byte[] content, FileAccess access, Optional<byte[]> expected) {
    try {
      // A link stays a link: what it points to is replaced.
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      if (real.getFileName() == null) {
        throw new IOException("it is the root directory");
      }
      Leftovers.sweep(files, real.resolveSibling(""));
      Path temporary = Leftovers.temporaryOf(real);
      AtomicReplacement replacement =
          new AtomicReplacement(
              files,
              target,
              real,
              temporary,
              expected,
              isPlain(content, access)
                  ? Optional.of(RemovalAfterDeath.of(temporary))
                  : Optional.empty());
      replacement.write(content, access);
      return replacement;
    } catch (IOException failure) {
      throw unchanged(target, failure);
    }
  }

  /** What only its owner may read is a secret, unless it is encrypted, as a draft is. */
  private static boolean isPlain(byte[] content, FileAccess access) {
    return access == FileAccess.OWNER_ONLY && !Ciphertext.isEncrypted(content);
  }

  private void write(byte[] content, FileAccess access) throws IOException {
    boolean written = false;
    try {
      files.create(temporary);
      files.append(temporary, content);
      if (Files.exists(real)) {
        files.takeOver(real, temporary, access);
      }
      files.flush(temporary);
      written = true;
    } finally {
      if (!written) {
        close();
      }
    }
  }

  /**
   * Puts the new content in the place of the old.
   *
   * @throws ChangedMeanwhile if the file no longer holds what was expected; it is left alone
   * @throws HearthException with {@link ExitCode#FAILED} if it fails; the message says whether the
   *     file is the old or the new one
   */
  void commit() {
    try {
      if (expected.isPresent() && !Arrays.equals(expected.get(), current())) {
        throw new ChangedMeanwhile(target);
      }
      files.rename(temporary, real);
      renamed = true;
    } catch (IOException failure) {
      throw unchanged(target, failure);
    }
    try {
      files.flush(real.resolveSibling(""));
    } catch (IOException failure) {
      throw Diagnostic.error(
              ExitCode.FAILED, target + " is written, but its directory cannot be flushed")
          .because(failure + "; a power failure now may bring the old content back")
          .next("check the disk, then run: sync")
          .failure();
    }
  }

  /** Whether the new content is in its place. */
  boolean isDone() {
    return renamed;
  }

  /** The file that is replaced, as it was named. */
  Path target() {
    return target;
  }

  /** The file that is replaced, behind all links. */
  Path real() {
    return real;
  }

  /** Which file the new content is. */
  FileIdentity identity() {
    return identityOf(temporary);
  }

  /** Which file the old content is. */
  FileIdentity replaced() {
    return identityOf(real);
  }

  private FileIdentity identityOf(Path file) {
    try {
      return FileIdentity.of(file);
    } catch (IOException failure) {
      throw unchanged(target, failure);
    }
  }

  /** The rename that {@link #commit} does, if the file is a certain one then. */
  Intent.Rename rename(FileIdentity onlyIf) {
    return new Intent.Rename(temporary, real, onlyIf);
  }

  private byte[] current() throws IOException {
    return Files.exists(real) ? Files.readAllBytes(real) : new byte[0];
  }

  private static HearthException unchanged(Path target, IOException failure) {
    return Diagnostic.error(ExitCode.FAILED, "the file " + target + " cannot be written")
        .because(failure.toString())
        .next("check the free space, and owner and mode of its directory; the file is unchanged")
        .failure();
  }

  /** Removes the temporary file unless it has become the file. */
  @Override
  public void close() {
    try {
      if (!renamed) {
        files.delete(temporary);
      }
    } catch (IOException stays) {
      throw Diagnostic.error(
              ExitCode.FAILED, "the temporary file " + temporary + " cannot be removed")
          .because(stays + "; the file " + target + " is unchanged")
          .next("remove it by hand")
          .failure();
    } finally {
      removal.ifPresent(RemovalAfterDeath::close);
    }
  }
}
