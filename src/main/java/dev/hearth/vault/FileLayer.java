package dev.hearth.vault;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The steps that changing a file consists of. There is one interface for them so that a test can
 * fail or end the process before, in the middle of and after each of them.
 */
public interface FileLayer {

  /** Makes an empty file that only its owner can read; an existing one is an error. */
  void create(Path file) throws IOException;

  /** Makes a directory that only its owner can enter; an existing one is an error. */
  void createDirectory(Path directory) throws IOException;

  /** Adds bytes to the end of a file. */
  void append(Path file, byte[] content) throws IOException;

  /** Overwrites all bytes of a file with zeros, in place. */
  void overwrite(Path file) throws IOException;

  /** Waits until a file, or the names in a directory, are on the disk. */
  void flush(Path file) throws IOException;

  /** Gives a file the owner, the group and the mode of another one. */
  void takeOver(Path from, Path to, FileAccess access) throws IOException;

  /** Puts a file in the place of another in one step. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file or an empty directory; one that does not exist is no error. */
  void delete(Path file) throws IOException;
}
