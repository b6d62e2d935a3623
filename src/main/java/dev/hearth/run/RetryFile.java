package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Passes events on and, when hosts failed or were lost, writes their names beside the playbook, one
 * a line, for {@code --limit @FILE} ({@code retry_files_enabled}).
 */
public final class RetryFile implements EventSink {

  private final EventSink next;
  private final Optional<Path> directory;
  private Path playbook;

  /**
   * Passes on to this sink.
   *
   * @param playbook the playbook that runs first
   * @param directory where the file goes; empty for the playbook's own directory
   */
  public RetryFile(EventSink next, Path playbook, Optional<Path> directory) {
    this.next = next;
    this.playbook = playbook;
    this.directory = directory;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.PlaybookStarted started) {
      playbook = playbook.resolveSibling(Path.of(started.file()));
    }
    if (event instanceof Event.Finished finished) {
      List<String> hosts =
          finished.tallies().stream()
              .filter(tally -> tally.failed() > 0 || tally.unreachable() > 0)
              .map(HostTally::host)
              .sorted()
              .toList();
      if (!hosts.isEmpty()) {
        write(hosts);
      }
    }
    next.accept(event);
  }

  private void write(List<String> hosts) {
    String name = String.valueOf(playbook.getFileName()).replaceFirst("\\.[^.]*$", "") + ".retry";
    Path file = directory.map(path -> path.resolve(name)).orElse(playbook.resolveSibling(name));
    try {
      Path above = file.toAbsolutePath().getParent();
      if (above != null) {
        Files.createDirectories(above);
      }
      WholeFile.write(file, (String.join("\n", hosts) + "\n").getBytes(StandardCharsets.UTF_8));
      next.accept(new Event.Said("", "\tto retry, use: --limit @" + file + "\n"));
    } catch (IOException failure) {
      next.accept(
          new Event.Warned(
              Diagnostic.warning("cannot write the retry file " + file)
                  .because(String.valueOf(failure))
                  .next("set retry_files_save_path to a directory that you may write")));
    }
  }
}
