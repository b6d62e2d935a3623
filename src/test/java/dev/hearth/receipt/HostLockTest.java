package dev.hearth.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.connection.ShellConnection;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.local.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may change a host, with real shells. */
final class HostLockTest {

  @TempDir private Path directory;

  private static Way way() {
    Connection connection =
        new ShellConnection(
            "h",
            (command, receiver) -> LocalProcess.start("h", command, receiver),
            () -> true,
            () -> {});
    return new Way("h", true, connection, Become.NOBODY_ELSE);
  }

  private HostLock take(Way way, String run) {
    return HostLock.take(way, directory.toString(), run, "me@here", Duration.ZERO);
  }

  private void refused(Way way, String run) {
    assertThatThrownBy(() -> take(way, run))
        .isInstanceOfSatisfying(
            HearthException.class,
            failure -> {
              assertThat(failure.exit()).isEqualTo(ExitCode.LOCKED);
              assertThat(failure.diagnostics().getFirst().render())
                  .contains("run A of me@here, since 20")
                  .contains("--wait-lock");
            });
  }

  @Test
  void onlyOneRunHasIt() {
    HostLock first = take(way(), "A");
    refused(way(), "B");
    first.close();

    take(way(), "B").close();
    assertThat(directory.resolve("lock")).doesNotExist();
  }

  @Test
  void ofManyAtOnceExactlyOneGetsIt() throws InterruptedException {
    for (int round = 0; round < 5; round++) {
      AtomicInteger got = new AtomicInteger();
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> threads =
          IntStream.range(0, 8)
              .mapToObj(
                  i -> {
                    Way way = way();
                    return Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                start.await();
                                take(way, "run" + i);
                                got.incrementAndGet();
                              } catch (HearthException locked) {
                                assertThat(locked.exit()).isEqualTo(ExitCode.LOCKED);
                              } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                              }
                            });
                  })
              .toList();
      start.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(got).hasValue(1);
      delete();
    }
  }

  private void delete() {
    for (String name : List.of("owner", "alive", "")) {
      try {
        Files.deleteIfExists(directory.resolve("lock").resolve(name));
      } catch (IOException failure) {
        throw new AssertionError(failure);
      }
    }
  }

  @Test
  void oneWhoseShellIsGoneIsStale() throws IOException, InterruptedException {
    take(way(), "A");
    long pid = Long.parseLong(Files.readAllLines(directory.resolve("lock/owner")).get(3));
    ProcessHandle shell = ProcessHandle.of(pid).orElseThrow();
    refused(way(), "B");
    shell.destroyForcibly();
    while (shell.isAlive()) {
      Thread.sleep(10);
    }

    take(way(), "B").close();
  }

  @Test
  void oneFromBeforeTheHostWasStartedAnewIsStale() throws IOException {
    HostLock first = take(way(), "A");
    Path owner = directory.resolve("lock/owner");
    List<String> lines = Files.readAllLines(owner);
    Files.write(
        owner,
        List.of(
            lines.get(0), lines.get(1), lines.get(2), lines.get(3), lines.get(4), "another boot"));

    take(way(), "B").close();
    first.close();
  }

  @Test
  void anotherProcessWithTheSameNumberDoesNotHoldIt() throws IOException {
    take(way(), "A");
    Path owner = directory.resolve("lock/owner");
    List<String> lines = Files.readAllLines(owner);
    Files.write(
        owner, List.of(lines.get(0), lines.get(1), lines.get(2), lines.get(3), "1", lines.get(5)));

    take(way(), "B").close();
  }

  @Test
  void whoTakesLongIsWaitedFor() throws InterruptedException {
    HostLock first = take(way(), "A");
    Thread later =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(500);
                  } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                  }
                  first.close();
                });

    HostLock.take(way(), directory.toString(), "B", "me", Duration.ofSeconds(60)).close();
    later.join();
  }

  @Test
  void theLockOfAnotherRunIsNotGivenBack() throws IOException {
    HostLock first = take(way(), "A");
    Path owner = directory.resolve("lock/owner");
    List<String> lines = Files.readAllLines(owner);
    Files.write(
        owner, List.of("C", lines.get(1), lines.get(2), lines.get(3), lines.get(4), lines.get(5)));
    first.close();

    assertThat(owner).exists();
  }
}
