package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings to an end what processes that died had begun to do to several files at once: they are all
 * new then, or all old. It may die itself at any moment; the next one goes on.
 */
public final class Intents {

  private final FileLayer files;
  private final Path directory;

  /** Those that stand in a directory. */
  public Intents(FileLayer files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /** Does it; the findings say with which files, and what could not be done. */
  public List<Diagnostic> finish() {
    List<Diagnostic> told = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return told;
    }
    try {
      List<Path> left = left();
      if (left.isEmpty()) {
        return told;
      }
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        for (Path entry : left()) {
          finish(entry).filter(found -> lock.isValid()).ifPresent(told::add);
        }
      }
    } catch (IOException failure) {
      told.add(
          Diagnostic.warning("what a killed command had begun could not be brought to its end")
              .because(failure.toString())
              .next("check the disk and what is in " + directory + ", then run the command again"));
    }
    return told;
  }

  private List<Path> left() throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Intent.isLeft(entry)) {
          left.add(entry);
        }
      }
    }
    return left;
  }

  private Optional<Diagnostic> finish(Path entry) throws IOException {
    Optional<Intent.Content> content =
        entry.toString().endsWith(".intent") ? Intent.read(entry) : Optional.empty();
    List<Path> done = new ArrayList<>();
    List<Path> lost = new ArrayList<>();
    for (Intent.Rename rename : content.map(Intent.Content::renames).orElse(List.of())) {
      boolean expected = rename.onlyIf().isOf(rename.to());
      if (!Files.exists(rename.from())) {
        (expected ? lost : new ArrayList<Path>()).add(rename.to());
      } else if (expected) {
        files.rename(rename.from(), rename.to());
        files.flush(rename.to().resolveSibling(""));
        done.add(rename.to());
      } else {
        files.delete(rename.from());
      }
    }
    files.delete(entry);
    files.flush(directory);
    return content.flatMap(known -> told(known.towards(), done, lost));
  }

  private static Optional<Diagnostic> told(
      Intent.Towards towards, List<Path> done, List<Path> lost) {
    String state = towards == Intent.Towards.NEW ? "new" : "old";
    if (!lost.isEmpty()) {
      return Optional.of(
          Diagnostic.warning("a killed command left some of its files old and some new")
              .because(
                  "these could not be made " + state + ", for their contents are gone: " + lost)
              .next("run that command again for these files"));
    }
    return done.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Diagnostic.warning("a command was killed; all of its files are " + state + " now")
                .because("brought to its end with " + done)
                .next("run that command again if they should not be " + state));
  }
}
