package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A hidden directory in the directory of roles or collections, on the same file system, where
 * things are made ready; what is whole is renamed to its place. It is gone in the end, whatever
 * happened.
 */
final class Staging implements AutoCloseable {

  private final Path directory;
  private int made;

  private Staging(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes one.
   *
   * @throws HearthException if the directory cannot be written
   */
  static Staging in(Path root) {
    try {
      Files.createDirectories(root);
      return new Staging(Files.createTempDirectory(root, ".hearth-"));
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "cannot write in " + root)
          .because(String.valueOf(failure))
          .next("name a directory that you may write: -p DIRECTORY")
          .failure();
    }
  }

  /** A new empty directory. */
  Path fresh() {
    try {
      return Files.createDirectory(directory.resolve(Integer.toString(made++)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The name of a file that is not there yet. */
  Path freshFile() {
    return directory.resolve(made++ + ".archive");
  }

  /** Copies a directory without its {@code .git}; links stay links. */
  void copy(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
                throws IOException {
              if (path.endsWith(".git")) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              Files.createDirectories(to.resolve(from.relativize(path)));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              Files.copy(
                  path,
                  to.resolve(from.relativize(path)),
                  LinkOption.NOFOLLOW_LINKS,
                  StandardCopyOption.COPY_ATTRIBUTES);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "cannot copy " + from)
          .because(String.valueOf(failure))
          .next("check that you may read all of it")
          .failure();
    }
  }

  /** Puts a directory in its place; what was there before is gone when it is there. */
  void place(Path ready, Path target) {
    Path before = directory.resolve(made++ + ".before");
    try {
      Path above = target.getParent();
      if (above != null) {
        Files.createDirectories(above);
      }
      boolean replaced = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
      if (replaced) {
        Files.move(target, before, StandardCopyOption.ATOMIC_MOVE);
      }
      try {
        Files.move(ready, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException failure) {
        if (replaced) {
          Files.move(before, target, StandardCopyOption.ATOMIC_MOVE);
        }
        throw failure;
      }
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "cannot install " + target)
          .because(String.valueOf(failure))
          .next("check that you may write there; it is as it was before")
          .failure();
    }
  }

  @Override
  public void close() {
    try {
      delete(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Removes a directory with all that is in it; links are removed, not followed. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure)
              throws IOException {
            Files.delete(path);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
