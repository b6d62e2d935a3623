package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.HearthProcess;
import dev.hearth.vault.CrashCommands.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same as {@link CrashTest} with real processes and a real SIGKILL, before each step and in the
 * middle of each write: each file is exactly old or exactly new, no plain text is where it may not
 * be, and none is left once the next start has swept.
 */
final class KillIT {

  private static final int KILLED = 128 + 9;

  @TempDir private Path root;
  private final CrashCommands commands = new CrashCommands();
  private int runs;

  @Test
  void everyFileIsExactlyOldOrExactlyNew() throws Exception {
    List<Command> all = commands.all();
    int points = 0;
    for (int number = 0; number < all.size(); number++) {
      Command command = all.get(number);
      // What a failed edit does is CrashTest's; the small texts have the same steps as the large.
      boolean skipped =
          command.name().matches("edit [123]|.* many")
              || command.before().size() == 1 && command.before().getFirst().length() > 1000;
      if (skipped) {
        continue;
      }
      Path after = prepared(command);
      int steps = Integer.parseInt(run(number, after, -1, DyingFiles.End.FAILURE).strip());
      List<String> results = commands.contents(after, command);
      for (int step = 0; step < steps; step++) {
        // Before a step that cannot be cut in two, in the middle of one that can.
        points++;
        check(number, command, step, DyingFiles.End.DEATH_WITHIN, results);
      }
    }
    System.out.println("points of real SIGKILL: " + points);
    assertThat(points).isGreaterThan(100);
  }

  private void check(
      int number, Command command, int step, DyingFiles.End end, List<String> results)
      throws Exception {
    String what = command.name() + ", step " + step + ", " + end;
    Path directory = prepared(command);
    List<String> before = commands.contents(directory, command);
    assertThat(run(number, directory, step, end)).as(what).isEmpty();
    // The shell that watches over plain text works on when its process is dead.
    Path file = directory.resolve("repository/file0.yml");
    for (int wait = 0; wait < 600 && !onlyIn(file, command, directory); wait++) {
      Thread.sleep(50);
    }
    assertThat(onlyIn(file, command, directory)).as(what).isTrue();
    List<String> now = commands.contents(directory, command);
    for (int each = 0; each < now.size(); each++) {
      assertThat(now.get(each)).as(what).isIn(before.get(each), results.get(each));
    }
    new Intents(new DiskFiles(), CrashCommands.intents(directory)).finish();
    assertThat(commands.contents(directory, command)).as(what).isIn(before, results);
    Path memory = directory.resolve("memory");
    new ScratchPlaces(List.of(), Optional.of(memory)).sweep(new DiskFiles());
    assertThat(CrashCommands.holders(memory)).as(what).isEmpty();
    try (Stream<Path> left = Files.list(memory)) {
      assertThat(left).as(what).isEmpty();
    }
  }

  private static boolean onlyIn(Path file, Command command, Path directory) throws IOException {
    List<Path> allowed = command.hides() ? List.of() : List.of(file);
    try {
      return allowed.containsAll(CrashCommands.holders(directory.resolve("repository")));
    } catch (NoSuchFileException vanished) {
      // The shell removed it under our eyes, before it was read ...
      return false;
    } catch (UncheckedIOException vanished) {
      if (vanished.getCause() instanceof NoSuchFileException) {
        // ... or while the directory was gone through.
        return false;
      }
      throw vanished;
    }
  }

  private Path prepared(Command command) throws IOException {
    return commands.prepared(command, root.resolve("run" + runs++));
  }

  private String run(int number, Path directory, int step, DyingFiles.End end) throws Exception {
    Path out = root.resolve("out");
    List<String> command =
        new ArrayList<>(
            HearthProcess.java(
                KilledProcess.class,
                String.valueOf(number),
                directory.toString(),
                String.valueOf(step),
                end.name()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(root.resolve("err").toFile())
            .start();
    int status = process.waitFor();
    assertThat(status)
        .as(Files.readString(root.resolve("err"), UTF_8))
        .isEqualTo(step < 0 ? 0 : KILLED);
    return Files.readString(out, UTF_8);
  }
}
