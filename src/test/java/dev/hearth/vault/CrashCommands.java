package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.diag.Diagnostic;
import dev.hearth.vault.strong.StrongText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every command that writes, on files with a canary in them, to be ended at any of its steps. */
final class CrashCommands {

  static final String CANARY = "canary-7f3a91";

  /** The variant of an edit that changes one value. */
  private static final int PART = 4;

  /** A fixed salt, so that what is derived once is known and thousands of runs take no time. */
  private final VaultPolicy fixed = new VaultPolicy(false, Optional.of("0123456789abcdef"));

  private final VaultSecrets secrets = VaultSecrets.none().and("default", "pw".getBytes(UTF_8));
  private final Vault vault = new Vault(secrets, fixed);

  private final Vault other =
      new Vault(VaultSecrets.none().and("default", "new".getBytes(UTF_8)), fixed);

  private boolean edited;

  /**
   * A command under test.
   *
   * @param name what it is called
   * @param before what its files hold at first
   * @param encrypted whether they are encrypted then
   * @param hides whether no file may ever hold the canary in plain text
   * @param work what it does
   */
  record Command(String name, List<String> before, boolean encrypted, boolean hides, Work work) {}

  /** What a command does in a directory. */
  interface Work {
    void on(Path directory, FileLayer files) throws IOException;
  }

  Vault vault() {
    return vault;
  }

  /** Whether an editor has saved a good text since this was asked last. */
  boolean wasEdited() {
    boolean was = edited;
    edited = false;
    return was;
  }

  List<Command> all() {
    String small = "a: " + CANARY + "\n";
    String large = ("b: " + CANARY + "\n").repeat(400);
    List<Command> commands = new ArrayList<>();
    for (String text : List.of(small, large)) {
      for (int variant = 0; variant <= PART; variant++) {
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
    commands.add(new Command("migrate", List.of(small, large), true, true, this::migrate));
    commands.add(
        new Command("encrypt many", List.of(small, large), false, false, this::encryptMany));
    commands.add(
        new Command("decrypt many", List.of(small, large), true, false, this::decryptMany));
    commands.add(new Command("set", List.of("plain: 1\n"), false, true, this::set));
    commands.add(new Command("generate", List.of(small), true, true, this::generate));
    return commands;
  }

  /** A new directory with the files of a command in it. */
  Path prepared(Command command, Path directory) throws IOException {
    Path repository = Files.createDirectories(directory.resolve("repository"));
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

  /**
   * What the files of a command hold now. Our own format is different each time, so that for it the
   * text counts; a text that is not whole does not open.
   */
  List<String> contents(Path directory, Command command) throws IOException {
    List<String> contents = new ArrayList<>();
    for (int number = 0; number < command.before().size(); number++) {
      byte[] content = Files.readAllBytes(file(directory, number));
      contents.add(
          StrongText.isStrong(content)
              ? "strong: " + new String(new FileEncryption(vault).decrypt(content, "x"), UTF_8)
              : new String(content, UTF_8));
    }
    return contents;
  }

  /** The files below a directory that hold the canary in plain text. */
  static List<Path> holders(Path directory) throws IOException {
    List<Path> holders = new ArrayList<>();
    if (!Files.exists(directory)) {
      return holders;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file).contains(CANARY)) {
          holders.add(file);
        }
      }
    }
    return holders;
  }

  /** A file of a command. */
  static Path file(Path directory, int number) {
    return directory.resolve("repository/file" + number + ".yml");
  }

  private void encrypt(Path directory, FileLayer files) {
    new FileEncryption(vault, files)
        .encrypt(file(directory, 0), file(directory, 0), Optional.empty());
  }

  private void rekey(Path directory, FileLayer files) {
    new Rekeying(vault, other, files, intents(directory)).rekey(both(directory));
  }

  private void migrate(Path directory, FileLayer files) {
    Rekeying.migrating(vault, Format.HEARTH, files, intents(directory)).rekey(both(directory));
  }

  private void encryptMany(Path directory, FileLayer files) {
    new FileEncryption(vault, files)
        .encryptAll(both(directory), Optional.empty(), intents(directory));
  }

  private void decryptMany(Path directory, FileLayer files) {
    new FileEncryption(vault, files).decryptAll(both(directory), intents(directory));
  }

  private static List<Path> both(Path directory) {
    return List.of(file(directory, 0), file(directory, 1));
  }

  /** Where a command writes down what it is about to do with several files. */
  static Path intents(Path directory) {
    return directory.resolve("state");
  }

  private void set(Path directory, FileLayer files) {
    new InlineEncryption(vault, files)
        .append(file(directory, 0), "key", CANARY.getBytes(UTF_8), Optional.empty());
  }

  private void generate(Path directory, FileLayer files) {
    new FileEncryption(vault, files)
        .change(file(directory, 0), plain -> ("a: " + CANARY + "\nb: 1\n").getBytes(UTF_8));
  }

  private void decrypt(Path directory, FileLayer files) {
    new FileEncryption(vault, files).decrypt(file(directory, 0), file(directory, 0));
  }

  private void edit(Path directory, FileLayer files, int how) {
    Path file = file(directory, 0);
    Editor editor =
        path -> {
          try {
            String text = how == 3 ? "BROKEN " + CANARY : Files.readString(path) + "c: " + CANARY;
            Files.writeString(path, text);
            edited = how != 3;
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
    VaultEditing editing = new VaultEditing(vault, tools);
    if (how == PART) {
      editing.editPart(file, "b", new Rest());
    } else {
      editing.edit(file);
    }
  }

  /** All behind the first line. */
  private static final class Rest implements VaultEditing.Part {
    @Override
    public byte[] value(byte[] plain) {
      return Arrays.copyOfRange(plain, start(plain), plain.length);
    }

    @Override
    public byte[] with(byte[] plain, byte[] value) {
      byte[] both = Arrays.copyOf(plain, start(plain) + value.length);
      System.arraycopy(value, 0, both, start(plain), value.length);
      return both;
    }

    private static int start(byte[] plain) {
      return new String(plain, UTF_8).indexOf('\n') + 1;
    }
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
