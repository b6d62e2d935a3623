package dev.hearth.diag;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens the user's text files, those that are encrypted as a whole among them.
 *
 * <p>Loaders of inventories, variables and playbooks get one and know nothing of encryption except
 * {@link Source#secret()}.
 */
@FunctionalInterface
public interface SourceFiles {

  /**
   * The text of a file, decrypted if it must be.
   *
   * @param file the file; its path, as given, becomes the source's name
   * @throws HearthException if the file cannot be read, is not UTF-8, or cannot be decrypted
   */
  Source open(Path file);

  /**
   * The text of a file that anybody can read at any time: nothing where it is encrypted, cannot be
   * read, or something is to be said about it. Safe for use by several threads.
   */
  default Optional<Source> plain(Path file) {
    return Optional.empty();
  }

  /**
   * Tells that these files are going to be opened, for what is cheaper to do for all of them
   * together. What is wrong with one of them is told when it is opened.
   */
  default void prepare(List<Path> files) {}

  /**
   * The bytes of an encrypted file; they need not be text.
   *
   * @throws HearthException if the file cannot be read or decrypted
   */
  default byte[] decrypted(Path file) {
    return open(file).text().getBytes(StandardCharsets.UTF_8);
  }
}
