package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.HearthException;
import dev.hearth.vault.CrashCommands.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Fails, fills the disk, or dies at every step of every command that writes: each file is then
 * exactly the old or exactly the new one, and the plain text is nowhere but in the place in memory,
 * where the next start sweeps it away.
 */
final class CrashTest {

  private final CrashCommands commands = new CrashCommands();

  @TempDir(factory = InMemory.class)
  private Path root;

  private int runs;
  private int points;

  @Test
  void everyFileIsExactlyOldOrExactlyNew() throws IOException {
    for (Command command : commands.all()) {
      DyingFiles whole = new DyingFiles();
      Path after = prepared(command);
      run(command, after, whole);
      List<String> results = commands.contents(after, command);
      for (int step = 0; step < whole.steps(); step++) {
        for (DyingFiles.End end : DyingFiles.End.values()) {
          points++;
          check(command, step, end, results);
          checkEachDeathOfTheNext(command, step, end, results);
        }
      }
    }
    System.out.println("crash points: " + points);
    assertThat(points).isGreaterThanOrEqualTo(1000);
  }

  private void check(Command command, int step, DyingFiles.End end, List<String> after)
      throws IOException {
    String what = command.name() + ", step " + step + ", " + end;
    Path directory = prepared(command);
    List<String> before = commands.contents(directory, command);
    commands.wasEdited();
    run(command, directory, new DyingFiles(step, end));
    boolean edited = commands.wasEdited();
    List<String> now = commands.contents(directory, command);
    for (int file = 0; file < now.size(); file++) {
      assertThat(now.get(file)).as(what).isIn(before.get(file), after.get(file));
    }
    // What is decrypted or not yet encrypted stands in its file, and nowhere else.
    assertThat(CrashCommands.holders(directory.resolve("repository")))
        .as(what)
        .isSubsetOf(mayHold(command, directory));
    assertThat(CrashCommands.holders(CrashCommands.intents(directory))).as(what).isEmpty();
    nextStart(directory, new DiskFiles());
    checkAllOrNone(command, directory, before, after, what);
    boolean survives = end == DyingFiles.End.FAILURE || end == DyingFiles.End.FULL;
    if (edited && survives) {
      String kept = opened(directory.resolve("repository")) + opened(directory.resolve("memory"));
      assertThat(kept).as(what).contains("c: " + CrashCommands.CANARY);
    }
    boolean swept = sweep(directory.resolve("memory"));
    assertThat(swept).as(what).isTrue();
    assertThat(CrashCommands.holders(directory.resolve("memory"))).as(what).isEmpty();
  }

  /** The start after a death may die as well, at each of its steps; the one after it goes on. */
  private void checkEachDeathOfTheNext(
      Command command, int step, DyingFiles.End end, List<String> after) throws IOException {
    if (command.before().size() == 1) {
      return;
    }
    DyingFiles whole = new DyingFiles();
    Path first = prepared(command);
    run(command, first, new DyingFiles(step, end));
    nextStart(first, whole);
    for (int next = 0; next < whole.steps(); next++) {
      for (DyingFiles.End second :
          List.of(
              DyingFiles.End.FAILURE, DyingFiles.End.DEATH_BEFORE, DyingFiles.End.DEATH_AFTER)) {
        points++;
        String what =
            "%s, step %d, %s, next %d, %s".formatted(command.name(), step, end, next, second);
        Path directory = prepared(command);
        List<String> before = commands.contents(directory, command);
        run(command, directory, new DyingFiles(step, end));
        nextStart(directory, new DyingFiles(next, second));
        nextStart(directory, new DiskFiles());
        checkAllOrNone(command, directory, before, after, what);
      }
    }
  }

  /** All files of a command are old then, or all new, and nothing is left to do. */
  private void checkAllOrNone(
      Command command, Path directory, List<String> before, List<String> after, String what)
      throws IOException {
    List<String> now = commands.contents(directory, command);
    assertThat(now).as(what).isIn(before, after);
    assertThat(CrashCommands.holders(directory.resolve("repository")))
        .as(what)
        .isSubsetOf(mayHold(command, directory));
    Path intents = CrashCommands.intents(directory);
    if (Files.exists(intents)) {
      assertThat(list(intents)).as(what).allMatch(left -> left.endsWith("lock"));
    }
  }

  private static List<Path> mayHold(Command command, Path directory) {
    return command.hides()
        ? List.of()
        : List.of(CrashCommands.file(directory, 0), CrashCommands.file(directory, 1));
  }

  /** What was written down bears this live process's name, so it is renamed first. */
  private static void nextStart(Path directory, FileLayer files) throws IOException {
    Path intents = CrashCommands.intents(directory);
    if (!Files.exists(intents)) {
      return;
    }
    for (Path left : list(intents)) {
      String name = String.valueOf(left.getFileName());
      Files.move(left, intents.resolve(name.replaceFirst("^\\d+-\\d+-", "999999999-1-")));
    }
    try {
      new Intents(files, intents).finish();
    } catch (DyingFiles.Death expected) {
      return;
    }
  }

  /** What the next start does; the directory bears this live process's name, so it is renamed. */
  private static boolean sweep(Path memory) throws IOException {
    for (Path left : list(memory).stream().filter(Files::isDirectory).toList()) {
      Files.move(left, memory.resolve("hearth-vault-999999999-1-0a"));
    }
    new ScratchPlaces(List.of(), Optional.of(memory)).sweep(new DiskFiles());
    return list(memory).stream().noneMatch(Files::isDirectory);
  }

  private Path prepared(Command command) throws IOException {
    return commands.prepared(command, root.resolve("run" + runs++));
  }

  private static void run(Command command, Path directory, FileLayer files) throws IOException {
    try {
      command.work().on(directory, files);
    } catch (HearthException | DyingFiles.Death expected) {
      // What it says is another test's matter; here only what is left counts.
      return;
    }
  }

  /** What the files and drafts of a directory hold, one after the other. */
  private String opened(Path directory) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : list(directory)) {
      if (Files.isRegularFile(file) && !String.valueOf(file.getFileName()).startsWith(".")) {
        all.append(new String(new FileEncryption(commands.vault()).view(file), UTF_8));
      }
    }
    return all.toString();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  /** Thousands of flushes keep a disk busy for minutes; their order is the same in memory. */
  static final class InMemory implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      Path memory = Path.of("/dev/shm");
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "hearth-crash-test")
          : Files.createTempDirectory("hearth-crash-test");
    }
  }
}
