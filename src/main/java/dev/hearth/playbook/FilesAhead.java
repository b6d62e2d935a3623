package dev.hearth.playbook;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Reads files of roles on the other processors before somebody asks for them. A file of which
 * anything is to be said is left for whoever asks: encrypted ones, and those with mistakes.
 */
final class FilesAhead {

  private static final List<String> PARTS = List.of("tasks", "handlers", "defaults", "meta");
  private static final int MOST = 4000;

  private final SourceFiles files;
  private final Map<Path, FutureTask<Optional<Read>>> begun = new HashMap<>();

  /** A file that was read: its text, and the document in it if there is one. */
  record Read(Source source, Optional<Node> document) {}

  FilesAhead(SourceFiles files) {
    this.files = files;
  }

  /** Begins to read the files of a role. */
  void role(Path directory) {
    if (Runtime.getRuntime().availableProcessors() > 1) {
      PARTS.forEach(part -> directory(directory.resolve(part)));
    }
  }

  private void directory(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> inside = Files.list(directory)) {
      inside.filter(file -> isYaml(file.toString())).forEach(this::file);
    } catch (IOException unreadable) {
      // Whoever needs a file of it finds out.
    }
  }

  private static boolean isYaml(String name) {
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }

  private void file(Path file) {
    if (begun.size() < MOST) {
      begun.computeIfAbsent(
          key(file),
          _ -> {
            FutureTask<Optional<Read>> reading = new FutureTask<>(() -> read(file));
            ForkJoinPool.commonPool().execute(reading);
            return reading;
          });
    }
  }

  private Optional<Read> read(Path file) {
    try {
      return files
          .plain(Path.of(TaskFiles.shown(file)))
          .map(source -> new Read(source, YamlReader.read(source)));
    } catch (HearthException mistake) {
      return Optional.empty();
    }
  }

  /** What was read of a file ahead; empty when it has to be opened. */
  Optional<Read> take(Path file) {
    FutureTask<Optional<Read>> reading = begun.remove(key(file));
    if (reading == null) {
      return Optional.empty();
    }
    // Read here and now when nobody has got to it yet.
    reading.run();
    return result(reading);
  }

  private static Optional<Read> result(FutureTask<Optional<Read>> reading) {
    boolean interrupted = Thread.interrupted();
    try {
      return reading.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException again) {
      interrupted = true;
      return Optional.empty();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Path key(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
