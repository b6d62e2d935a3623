package dev.hearth.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.connection.ShellConnection;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.file.EndedProcess;
import dev.hearth.file.ProcessMark;
import dev.hearth.local.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may change a host, with real shells. */
final class HostLockTest {

  @TempDir private Path directory;

  private static Way way() {
    return wayBehind("");
  }

  /**
   * @param first what the shell does before it begins
   */
  private static Way wayBehind(String first) {
    Connection connection =
        new ShellConnection(
            "h",
            (command, receiver) -> LocalProcess.start("h", first + command, receiver),
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
    assertThat(directory).doesNotExist();
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
    for (String name : List.of("lock.1", "alive.1")) {
      try {
        Files.delete(directory.resolve(name));
      } catch (IOException failure) {
        throw new AssertionError(failure);
      }
    }
  }

  @Test
  void oneWhoseShellIsGoneIsStale() throws IOException, InterruptedException {
    take(way(), "A");
    List<String> lock = Files.readAllLines(directory.resolve("lock.1"));
    ProcessMark shell = ProcessMark.read(lock.get(3) + " " + lock.get(4)).orElseThrow();
    refused(way(), "B");
    ProcessHandle.of(shell.pid()).orElseThrow().destroyForcibly();
    while (shell.isAlive()) {
      Thread.sleep(10);
    }

    take(way(), "B").close();
  }

  @Test
  void oneWhoseShellHasEndedIsStaleEvenIfItsParentDoesNotAskHow() throws Exception {
    take(way(), "A");
    Path owner = directory.resolve("lock.1");
    List<String> lines = new ArrayList<>(Files.readAllLines(owner));
    try (EndedProcess ended = new EndedProcess()) {
      lines.set(3, Long.toString(ended.pid()));
      lines.set(4, Long.toString(ended.started()));
      Files.write(owner, lines);

      take(way(), "B").close();
    }
  }

  /** A step of a run that lives is no sign that the run is gone. */
  @Test
  void aRunThatLivesIsNotToldToBeGone() throws IOException {
    HostLock first = take(way(), "A");
    List<String> lock = Files.readAllLines(directory.resolve("lock.1"));
    Path step = Files.createDirectories(directory.resolve("former/A/1")).resolve("shell");
    Files.writeString(step, lock.get(3) + " " + lock.get(4) + "\n");

    refused(way(), "B");
    first.close();
  }

  @Test
  void oneFromBeforeTheHostWasStartedAnewIsStale() throws IOException {
    HostLock first = take(way(), "A");
    Path owner = directory.resolve("lock.1");
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
    Path owner = directory.resolve("lock.1");
    List<String> lines = Files.readAllLines(owner);
    Files.write(
        owner, List.of(lines.get(0), lines.get(1), lines.get(2), lines.get(3), "1", lines.get(5)));

    take(way(), "B").close();
  }

  @Test
  void whoTakesLongIsWaitedFor() throws InterruptedException {
    HostLock first = take(way(), "A");
    AtomicBoolean given = new AtomicBoolean();
    Thread later =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(500);
                  } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                  }
                  given.set(true);
                  first.close();
                });

    HostLock.take(way(), directory.toString(), "B", "me", Duration.ofSeconds(60)).close();
    assertThat(given).isTrue();
    later.join();
  }

  @Test
  void theLockOfAnotherRunIsNotGivenBack() throws IOException {
    HostLock first = take(way(), "A");
    Path owner = directory.resolve("lock.1");
    List<String> lines = Files.readAllLines(owner);
    Files.write(
        owner, List.of("C", lines.get(1), lines.get(2), lines.get(3), lines.get(4), lines.get(5)));
    first.close();

    assertThat(owner).exists();
  }

  @Test
  void whoseLockWasTakenDoesNotHoldIt() throws IOException {
    Way way = way();
    HostLock first = take(way, "A");
    assertThat(first.holds(way)).isTrue();
    Files.delete(directory.resolve("lock.1"));
    first.sign();

    assertThat(first.holds(way)).isFalse();
    first.close();
  }

  /** It has seen the stale lock, then two others came and one of them went. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoIsLateForAStaleLockDoesNotGetIt(boolean another) throws Exception {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Path slow = programs.resolve("ln");
    Files.writeString(
        slow,
        "#!/bin/sh\n: >'%1$s/late'\nwhile [ ! -e '%1$s/go' ]; do sleep 0.02; done\nexec /bin/ln \"$@\"\n"
            .formatted(programs));
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    take(way(), "A");
    Files.write(directory.resolve("lock.1"), List.of("A", "me", "then", "1", "1", "another boot"));

    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread late =
        Thread.ofPlatform()
            .start(
                () ->
                    end.set(
                        catchThrowable(
                            () -> take(wayBehind("PATH=" + programs + ":$PATH; "), "late"))));
    while (!Files.exists(programs.resolve("late"))) {
      Thread.onSpinWait();
    }
    HostLock holder = take(way(), "B");
    if (another) {
      holder.close();
      holder = take(way(), "C");
    }
    assertThat(holder.number()).isEqualTo(another ? "1" : "2");
    Files.createFile(programs.resolve("go"));
    late.join();

    assertThat(end.get())
        .isInstanceOfSatisfying(
            HearthException.class,
            failure -> assertThat(failure.exit()).isEqualTo(ExitCode.LOCKED));
    holder.sign();
    holder.close();
  }

  /** Each leaves a stale lock behind, as a run does whose machine lost its power. */
  @Test
  void aStaleLockIsTakenByOneOfMany() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    List<Thread> threads =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int round = 0; round < 12; round++) {
                                take("run" + i + "-" + round, inside, most, taken);
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(most).hasValue(1);
    assertThat(taken.get()).isGreaterThanOrEqualTo(12);
  }

  private void take(String run, AtomicInteger inside, AtomicInteger most, AtomicInteger taken) {
    Way way = way();
    try {
      HostLock lock = take(way, run);
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      taken.incrementAndGet();
      Path mine = directory.resolve("lock." + lock.number());
      List<String> lines = Files.readAllLines(mine);
      inside.decrementAndGet();
      Files.write(mine, Stream.concat(lines.subList(0, 5).stream(), Stream.of("gone")).toList());
    } catch (HearthException locked) {
      assertThat(locked.exit()).isEqualTo(ExitCode.LOCKED);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      way.connection().close();
    }
  }
}
