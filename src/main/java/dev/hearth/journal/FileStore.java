package dev.hearth.journal;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.file.ProcessMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of this machine. The lock on a host alone decides between runs, so that a lease asks
 * nobody; a run goes on as long as its process lives.
 */
public final class FileStore implements RunStore {

  private static final String JOURNAL = ".journal";

  private final Path directory;

  /**
   * A store.
   *
   * @param directory {@code $XDG_STATE_HOME/hearth}
   */
  public FileStore(Path directory) {
    this.directory = directory;
  }

  private Path runs(String run) {
    return directory.resolve("runs").resolve(run);
  }

  private Path fileOf(String run) {
    return runs(run).resolve("run" + JOURNAL);
  }

  private Path fileOf(String run, String host) {
    return runs(run).resolve("hosts").resolve(FileName.of(host) + JOURNAL);
  }

  private Path receiptOf(String host) {
    return directory.resolve("receipts").resolve(FileName.of(host) + ".receipt");
  }

  @Override
  public RecordLog begin(String run, Entry.Header header) {
    JournalFile.replace(begun(run), ProcessMark.own().toString().getBytes(StandardCharsets.UTF_8));
    return JournalFile.create(fileOf(run), header);
  }

  @Override
  public RecordLog journal(String run, String host, Entry.Header header) {
    return JournalFile.create(fileOf(run, host), header);
  }

  @Override
  public void lease(String run, String host, String who, Duration patience) {}

  @Override
  public void release(String run, String host) {}

  @Override
  public Optional<Journal> run(String run) {
    return read(fileOf(run));
  }

  @Override
  public Optional<Journal> host(String run, String host) {
    return read(fileOf(run, host));
  }

  private static Optional<Journal> read(Path file) {
    return Files.exists(file) ? Optional.of(Journal.read(file)) : Optional.empty();
  }

  @Override
  public List<String> runs() {
    return names(directory.resolve("runs"));
  }

  /** Where runs that have not ended are noted. */
  private Path begun(String run) {
    return directory.resolve("begun").resolve(run);
  }

  @Override
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

  @Override
  public List<String> cutOff() {
    return names(directory.resolve("begun")).stream().filter(run -> !isAlive(begun(run))).toList();
  }

  @Override
  public boolean isRunning(String run) {
    return Files.exists(begun(run)) && isAlive(begun(run));
  }

  private static boolean isAlive(Path file) {
    try {
      return ProcessMark.read(Files.readString(file)).filter(ProcessMark::isAlive).isPresent();
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public List<Journal> hosts(String run) {
    Path hosts = runs(run).resolve("hosts");
    return names(hosts).stream().map(name -> Journal.read(hosts.resolve(name))).toList();
  }

  @Override
  public void end(Journal cutOff, String by) {
    String run = cutOff.header().run();
    try (JournalFile file = JournalFile.open(fileOf(run, cutOff.header().host()))) {
      file.append(new Entry.End(ExitCode.INTERRUPTED.number(), ""));
    }
    if (hosts(run).stream().allMatch(Journal::ended)) {
      finish(run);
    }
  }

  @Override
  public Optional<Journal> receipt(String host) {
    return read(receiptOf(host));
  }

  @Override
  public void replaceReceipt(String run, String host, byte[] content) {
    JournalFile.replace(receiptOf(host), content);
  }

  @Override
  public Optional<String> setReceiptAside(String host, String suffix) {
    Path receipt = receiptOf(host);
    if (!Files.exists(receipt)) {
      return Optional.empty();
    }
    Path kept = receipt.resolveSibling(receipt.getFileName() + ".before-" + suffix);
    try {
      Files.move(receipt, kept);
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "the receipt " + receipt + " cannot be set aside")
          .because(failure.toString())
          .next("check owner and mode of its directory")
          .failure();
    }
    return Optional.of("on this machine: " + kept);
  }

  @Override
  public String placeOfReceipt(String host) {
    return receiptOf(host).toString();
  }

  @Override
  public String place() {
    return directory.resolve("runs").toString();
  }

  @Override
  public void close() {}

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
