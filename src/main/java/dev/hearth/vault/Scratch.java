package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A directory that only its owner can enter, for the plain text while it is edited. Closing it
 * overwrites and removes all that is in it, such as the editor's own copies.
 */
final class Scratch implements AutoCloseable {

  private final FileLayer files;
  private final Path directory;
  private boolean closed;

  private Scratch(FileLayer files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  static Scratch in(Path place, String name, FileLayer files) {
    Path directory = place.resolve(name);
    try {
      files.createDirectory(directory);
      return new Scratch(files, directory);
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "there is no room for the text to be edited")
          .because("the directory " + directory + " cannot be made: " + failure)
          .next("check the space in " + place + "; nothing is changed")
          .failure();
    }
  }

  /** A new file with this content. */
  Path file(String name, byte[] content) {
    Path file = directory.resolve(name);
    try {
      files.create(file);
      files.append(file, content);
      return file;
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "there is no room for the text to be edited")
          .because(file + " cannot be written: " + failure)
          .next("make space in " + directory.getParent() + "; nothing is changed")
          .failure();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    try {
      wipe(files, directory);
      closed = true;
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "the plain text in " + directory + " stays there")
          .because("it cannot be removed: " + failure)
          .next("remove it by hand: rm -r " + directory)
          .failure();
    }
  }

  /** Overwrites and removes a directory with all that is in it; links are not followed. */
  static void wipe(FileLayer files, Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
              files.overwrite(file);
            }
            files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
