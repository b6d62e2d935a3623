package dev.hearth.journal;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where this machine keeps the journals of its runs and the receipts of its hosts. */
public final class RunStore {

  /** What a run's header calls the run that it continues. */
  public static final String CONTINUES = "continues";

  private static final String JOURNAL = ".journal";

  private final Path directory;

  /**
   * A store.
   *
   * @param directory {@code $XDG_STATE_HOME/hearth}
   */
  public RunStore(Path directory) {
    this.directory = directory;
  }

  /** Where what belongs to this machine as a host is kept. */
  public Path own() {
    return directory.resolve("host");
  }

  /** The file about a run itself. */
  public Path run(String run) {
    return directory.resolve("runs").resolve(run).resolve("run" + JOURNAL);
  }

  /** The journal of a host in a run. */
  public Path host(String run, String host) {
    return directory
        .resolve("runs")
        .resolve(run)
        .resolve("hosts")
        .resolve(FileName.of(host) + JOURNAL);
  }

  /** The receipt of a host. */
  public Path receipt(String host) {
    return directory.resolve("receipts").resolve(FileName.of(host) + ".receipt");
  }

  /** This machine's copy of a host's receipt, if it has one. */
  public Optional<Journal> readReceipt(String host) {
    Path file = receipt(host);
    return Files.exists(file) ? Optional.of(Journal.read(file)) : Optional.empty();
  }

  /** The names of all runs, the oldest first. */
  public List<String> runs() {
    return names(directory.resolve("runs"));
  }

  /**
   * The run with this name, or the only one whose name begins so.
   *
   * @throws dev.hearth.diag.HearthException when there is none, or more than one
   */
  public String find(String name) {
    List<String> all = runs();
    List<String> found = all.stream().filter(run -> run.startsWith(name)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw Diagnostic.error(
            ExitCode.NOT_FOUND,
            found.isEmpty()
                ? "there is no run '" + name + "'"
                : "several runs begin with '" + name + "'")
        .because(found.isEmpty() ? "looked in " + directory.resolve("runs") : found.toString())
        .next(Nearest.hint(name, all, "list the runs: hearth history"))
        .failure();
  }

  /** A run and those that it continues, the oldest first. */
  public List<String> chain(String run) {
    List<String> all = new ArrayList<>(List.of(run));
    for (; ; ) {
      Path file = run(all.getFirst());
      List<String> before =
          Files.exists(file)
              ? Journal.read(file).header().details().getOrDefault(CONTINUES, List.of())
              : List.of();
      if (before.isEmpty() || all.contains(before.getFirst())) {
        return List.copyOf(all);
      }
      all.addFirst(before.getFirst());
    }
  }

  /** Where runs that have not ended are noted. */
  private Path begun(String run) {
    return directory.resolve("begun").resolve(run);
  }

  /** Notes that a run of this process has begun. */
  public void begin(String run) {
    ProcessHandle own = ProcessHandle.current();
    JournalFile.replace(begun(run), mark(own).getBytes(StandardCharsets.UTF_8));
  }

  /** Notes that a run's journals are in the receipts. */
  public void finish(String run) {
    try {
      Files.deleteIfExists(begun(run));
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "the file " + begun(run) + " cannot be removed")
          .because(failure.toString())
          .next("check owner and mode of its directory")
          .failure();
    }
  }

  /**
   * The journals of a host in runs that were cut off: their process is no more, and what they did
   * is not in the receipt. The oldest first.
   */
  public List<Journal> cutOff(String host) {
    return cutOff().stream()
        .map(run -> host(run, host))
        .filter(Files::exists)
        .map(Journal::read)
        .filter(journal -> !journal.ended())
        .toList();
  }

  /** The runs that were cut off, the oldest first. */
  public List<String> cutOff() {
    return names(directory.resolve("begun")).stream().filter(run -> !isAlive(begun(run))).toList();
  }

  /** Whether a run's process lives. */
  public boolean isRunning(String run) {
    return Files.exists(begun(run)) && isAlive(begun(run));
  }

  private static boolean isAlive(Path file) {
    try {
      String[] parts = Files.readString(file).split(" ", 2);
      return ProcessHandle.of(Long.parseLong(parts[0]))
          .map(process -> mark(process).equals(String.join(" ", parts)))
          .orElse(false);
    } catch (IOException | NumberFormatException gone) {
      return false;
    }
  }

  /** The number of a process and when it began: numbers come again. */
  private static String mark(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Object::toString).orElse("");
  }

  /** The journals of a run's hosts. */
  public List<Journal> hosts(String run) {
    Path hosts = directory.resolve("runs").resolve(run).resolve("hosts");
    return names(hosts).stream().map(name -> Journal.read(hosts.resolve(name))).toList();
  }

  private static List<String> names(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException unreadable) {
      throw Diagnostic.error(ExitCode.FAILED, "the directory " + directory + " cannot be read")
          .because(unreadable.toString())
          .next("check its owner and mode")
          .failure();
    }
  }
}
