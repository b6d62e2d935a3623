package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fails, fills the disk, or dies at every step of every command that writes: each file is then
 * exactly the old or exactly the new one, and the plain text is nowhere but in the place in memory,
 * where the next start sweeps it away.
 */
final class CrashTest {

  private static final String CANARY = "canary-7f3a91";

  /** A fixed salt, so that what is derived once is known and thousands of runs take no time. */
  private final VaultPolicy fixed = new VaultPolicy(false, Optional.of("0123456789abcdef"));

  private final VaultSecrets secrets = VaultSecrets.none().and("default", "pw".getBytes(UTF_8));
  private final Vault vault = new Vault(secrets, fixed);

  private final Vault other =
      new Vault(VaultSecrets.none().and("default", "new".getBytes(UTF_8)), fixed);

  @TempDir private Path root;
  private int runs;
  private int points;
  private boolean edited;

  /** A command under test: what it starts from, and what it does. */
  private record Command(
      String name, List<String> before, boolean encrypted, boolean hides, Work work) {}

  private interface Work {
    void on(Path directory, FileLayer files) throws IOException;
  }

  private List<Command> commands() {
    String small = "a: " + CANARY + "\n";
    String large = ("b: " + CANARY + "\n").repeat(400);
    List<Command> commands = new ArrayList<>();
    for (String text : List.of(small, large)) {
      for (int variant = 0; variant < 4; variant++) {
        int how = variant;
        commands.add(
            new Command(
                "edit " + variant,
                List.of(text),
                true,
                true,
                (directory, files) -> edit(directory, files, how)));
      }
      commands.add(new Command("encrypt", List.of(text), false, false, this::encrypt));
      commands.add(new Command("decrypt", List.of(text), true, false, this::decrypt));
    }
    commands.add(new Command("rekey", List.of(small, large), true, true, this::rekey));
    commands.add(new Command("set", List.of("plain: 1\n"), false, true, this::set));
    return commands;
  }

  @Test
  void everyFileIsExactlyOldOrExactlyNew() throws IOException {
    for (Command command : commands()) {
      DyingFiles whole = new DyingFiles();
      Path after = prepared(command);
      run(command, after, whole);
      List<String> results = contents(after, command);
      for (int step = 0; step < whole.steps(); step++) {
        for (DyingFiles.End end : DyingFiles.End.values()) {
          points++;
          check(command, step, end, results);
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
    List<String> before = contents(directory, command);
    edited = false;
    run(command, directory, new DyingFiles(step, end));
    List<String> now = contents(directory, command);
    for (int file = 0; file < now.size(); file++) {
      assertThat(now.get(file)).as(what).isIn(before.get(file), after.get(file));
    }
    // What is decrypted or not yet encrypted stands in its file, and nowhere else.
    assertThat(holders(directory.resolve("repository")))
        .as(what)
        .isSubsetOf(
            command.hides() ? List.of() : List.of(directory.resolve("repository/file0.yml")));
    boolean survives = end == DyingFiles.End.FAILURE || end == DyingFiles.End.FULL;
    if (edited && survives) {
      String kept = opened(directory.resolve("repository")) + opened(directory.resolve("memory"));
      assertThat(kept).as(what).contains("c: " + CANARY);
    }
    boolean swept = sweep(directory.resolve("memory"));
    assertThat(swept).as(what).isTrue();
    assertThat(holders(directory.resolve("memory"))).as(what).isEmpty();
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
    Path directory = Files.createDirectory(root.resolve("run" + runs++));
    Path repository = Files.createDirectory(directory.resolve("repository"));
    Files.createDirectory(directory.resolve("memory"));
    int number = 0;
    for (String text : command.before()) {
      byte[] plain = text.getBytes(UTF_8);
      Path file = repository.resolve("file" + number++ + ".yml");
      Files.write(
          file,
          command.encrypted()
              ? new FileEncryption(vault).encrypt(plain, "x", Optional.empty())
              : plain);
    }
    return directory;
  }

  private static void run(Command command, Path directory, FileLayer files) throws IOException {
    try {
      command.work().on(directory, files);
    } catch (HearthException | DyingFiles.Death expected) {
      // What it says is another test's matter; here only what is left counts.
      return;
    }
  }

  private static List<String> contents(Path directory, Command command) throws IOException {
    List<String> contents = new ArrayList<>();
    for (int number = 0; number < command.before().size(); number++) {
      contents.add(
          Files.readString(directory.resolve("repository").resolve("file" + number + ".yml")));
    }
    return contents;
  }

  private static List<Path> holders(Path directory) throws IOException {
    List<Path> holders = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file).contains(CANARY)) {
          holders.add(file);
        }
      }
    }
    return holders;
  }

  /** What the files and drafts of a directory hold, one after the other. */
  private String opened(Path directory) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : list(directory)) {
      if (Files.isRegularFile(file) && !String.valueOf(file.getFileName()).startsWith(".")) {
        all.append(new String(new FileEncryption(vault).view(file), UTF_8));
      }
    }
    return all.toString();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  private void encrypt(Path directory, FileLayer files) {
    Path file = directory.resolve("repository/file0.yml");
    new FileEncryption(vault, files).encrypt(file, file, Optional.empty());
  }

  private void rekey(Path directory, FileLayer files) {
    Path repository = directory.resolve("repository");
    new Rekeying(vault, other, files)
        .rekey(List.of(repository.resolve("file0.yml"), repository.resolve("file1.yml")));
  }

  private void set(Path directory, FileLayer files) throws IOException {
    Path file = directory.resolve("repository/file0.yml");
    new InlineEncryption(vault, files)
        .append(file, "key", CANARY.getBytes(UTF_8), Optional.empty());
  }

  private void decrypt(Path directory, FileLayer files) {
    Path file = directory.resolve("repository/file0.yml");
    new FileEncryption(vault, files).decrypt(file, file);
  }

  private void edit(Path directory, FileLayer files, int how) {
    Path file = directory.resolve("repository/file0.yml");
    Editor editor =
        path -> {
          try {
            String text = how == 3 ? "BROKEN " + CANARY : Files.readString(path) + "c: " + CANARY;
            Files.writeString(path, text);
            edited = how < 3;
            if (how == 2) {
              Files.writeString(file, Files.readString(file).stripTrailing());
            }
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
          return new Editor.Ending(how == 1 ? 1 : 0, Duration.ofSeconds(5));
        };
    EditTools tools =
        new EditTools(
            files,
            new ScratchPlaces(List.of(), Optional.of(directory.resolve("memory"))),
            editor,
            new Quiet(),
            (name, plain) ->
                new String(plain, UTF_8).startsWith("BROKEN")
                    ? Optional.of(Diagnostic.warning("broken"))
                    : Optional.empty(),
            Clock.systemUTC());
    new VaultEditing(vault, tools).edit(file);
  }

  /** Nobody is there. */
  private static final class Quiet implements EditDialogue {
    @Override
    public void tell(Diagnostic finding) {}

    @Override
    public Choice broken(Diagnostic problem) {
      return Choice.DRAFT;
    }

    @Override
    public boolean finishedElsewhere() {
      return false;
    }
  }
}
