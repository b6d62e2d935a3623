package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that were altered are told before anything is done, and hide no others. */
final class DamagedRecordsTest {

  private static final String LOCAL = "localhost,";

  @TempDir private Path directory;

  @BeforeEach
  void twoRuns() throws IOException {
    well(make("one"));
    well(make("two"));
  }

  private HearthHere.Ended hearth(String... arguments) {
    return new HearthHere(directory).run(arguments);
  }

  private HearthHere.Ended make(String name) {
    String file = "path=" + directory.resolve(name) + " state=touch";
    return hearth("run", "all", "-i", LOCAL, "-c", "local", "-m", "file", "-a", file);
  }

  private static void well(HearthHere.Ended ended) {
    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
  }

  private Path found(String below) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(".local/state/hearth").resolve(below))) {
      return files
          .filter(file -> file.endsWith("localhost" + ending(below)))
          .sorted()
          .toList()
          .getFirst();
    }
  }

  private static String ending(String below) {
    return below.equals("runs") ? ".journal" : ".receipt";
  }

  private static void damage(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.write(
        file,
        Stream.concat(Stream.of(lines.getFirst(), "x" + lines.get(1)), lines.stream().skip(2))
            .toList());
  }

  @Test
  void aDamagedJournalHidesNoOtherRun() throws IOException {
    damage(found("runs"));

    HearthHere.Ended history = hearth("history");

    assertThat(history.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(history.out().lines().toList()).hasSize(2);
    assertThat(history.out().lines().toList().getFirst()).endsWith("  damaged");
    assertThat(history.out().lines().toList().getLast()).contains("two", "[localhost 1 step]");
    assertThat(history.err())
        .contains("localhost.journal:2:1", "its digest is that of another line");
  }

  @Test
  void nothingIsDoneThatTheReceiptCouldNotSay() throws IOException {
    Path receipt = found("receipts");
    byte[] whole = Files.readAllBytes(receipt);
    damage(receipt);

    HearthHere.Ended refused = make("three");

    assertThat(refused.exit()).as(refused.err()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(refused.err()).contains("localhost.receipt:2:1", "nothing was changed");
    assertThat(directory.resolve("three")).doesNotExist();
    Files.write(receipt, whole);
    well(make("three"));
    well(hearth("teardown", "all", "-i", LOCAL, "-c", "local", "--receipt", "--yes"));
    assertThat(directory.resolve("one")).doesNotExist();
    assertThat(directory.resolve("three")).doesNotExist();
  }
}
