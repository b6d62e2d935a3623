package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.file.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultEditingTest {

  private static final String BEFORE = "a: secret\n";

  @TempDir private Path directory;
  @TempDir private Path memory;

  private final List<Diagnostic> told = new ArrayList<>();
  private final List<Diagnostic> broken = new ArrayList<>();
  private EditDialogue.Choice choice = EditDialogue.Choice.DRAFT;
  private boolean finishes;
  private final VaultSecrets secrets =
      VaultSecrets.none().and("default", "pw".getBytes(UTF_8)).and("lab", "other".getBytes(UTF_8));
  private final Vault vault = new Vault(secrets);
  private Path file = Path.of("");

  @BeforeEach
  void encrypted() throws IOException {
    file = directory.resolve("vars.yml");
    Files.write(
        file,
        new FileEncryption(vault).encrypt(BEFORE.getBytes(UTF_8), "vars.yml", Optional.of("lab")));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void keepsLabelPasswordAndMode() throws IOException {
    assertThat(editing(path -> write(path, "a: new\n")).edit(file)).isTrue();
    assertThat(Files.readString(file)).startsWith("$ANSIBLE_VAULT;1.2;AES256;lab\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(view(file)).isEqualTo("a: new\n");
    onlyFilesAre("vars.yml");
  }

  @Test
  void keepsThePasswordThatOpenedItUnderAnotherLabel() throws IOException {
    Files.writeString(file, Files.readString(file).replace(";lab\n", ";elsewhere\n"));
    editing(path -> write(path, "a: new\n")).edit(file);
    assertThat(Files.readString(file)).startsWith("$ANSIBLE_VAULT;1.2;AES256;elsewhere\n");
    try (VaultSecrets one = VaultSecrets.none().and("x", "other".getBytes(UTF_8))) {
      assertThat(new FileEncryption(new Vault(one)).view(file)).asString().isEqualTo("a: new\n");
    }
  }

  @Test
  void theEditorSeesTheNameAndAPrivatePlace() throws IOException {
    editing(
            path -> {
              assertThat(path.getFileName()).hasToString("vars.yml");
              assertThat(mode(path)).isEqualTo("rw-------");
              assertThat(mode(path.resolveSibling(""))).isEqualTo("rwx------");
              assertThat(path).hasContent(BEFORE);
              write(path.resolveSibling(".vars.yml.swp"), "the editor's own copy");
              write(path, "a: 2\n");
            })
        .edit(file);
    onlyFilesAre("vars.yml");
  }

  @Test
  void anUnchangedTextWritesNothing() throws IOException {
    byte[] was = Files.readAllBytes(file);
    assertThat(editing(path -> write(path, BEFORE)).edit(file)).isFalse();
    assertThat(editing(path -> write(path, BEFORE.strip())).edit(file)).isFalse();
    assertThat(Files.readAllBytes(file)).isEqualTo(was);
  }

  @Test
  void aFileThatTheEditorRenamedIsRead() {
    editing(
            path -> {
              Path other = path.resolveSibling("new");
              write(other, "a: renamed\n");
              move(other, path);
            })
        .edit(file);
    assertThat(view(file)).isEqualTo("a: renamed\n");
  }

  @Test
  void aStrippedLineEndIsPutBackAndTold() {
    editing(path -> write(path, "a: new")).edit(file);
    assertThat(view(file)).isEqualTo("a: new\n");
    assertThat(told).singleElement().satisfies(one -> says(one, "line end"));
  }

  @Test
  void anEditorThatComesBackAtOnceIsTold() {
    assertThat(new VaultEditing(vault, tools(new DiskFiles(), atOnce(path -> {}))).edit(file))
        .isFalse();
    assertThat(told).singleElement().satisfies(one -> says(one, "at once"));
  }

  @Test
  void anEditorInAnotherWindowIsWaitedFor() {
    finishes = true;
    List<Path> open = new ArrayList<>();
    EditDialogue dialogue =
        new Dialogue() {
          @Override
          public boolean finishedElsewhere() {
            write(open.getFirst(), "a: later\n");
            return true;
          }
        };
    EditTools tools = tools(new DiskFiles(), atOnce(open::add));
    EditTools waiting =
        new EditTools(
            tools.files(), tools.places(), tools.editor(), dialogue, tools.check(), tools.clock());
    assertThat(new VaultEditing(vault, waiting).edit(file)).isTrue();
    assertThat(view(file)).isEqualTo("a: later\n");
  }

  @Test
  void aFailingEditorLeavesTheFileAndADraft() throws IOException {
    byte[] was = Files.readAllBytes(file);
    Editor crashing =
        path -> {
          write(path, "a: half\n");
          return new Editor.Ending(139, Duration.ofSeconds(5));
        };
    refuses(
        () -> new VaultEditing(vault, tools(new DiskFiles(), crashing)).edit(file),
        ExitCode.FAILED,
        "signal 11",
        "vars.yml.draft-20260102T030405");
    assertThat(Files.readAllBytes(file)).isEqualTo(was);
    Path draft = directory.resolve("vars.yml.draft-20260102T030405");
    assertThat(view(draft)).isEqualTo("a: half\n");
    assertThat(mode(draft)).isEqualTo("rw-------");
    onlyFilesAre("vars.yml", "vars.yml.draft-20260102T030405");
  }

  @Test
  void aFailingEditorWithoutAChangeLeavesNothing() throws IOException {
    Editor missing = path -> new Editor.Ending(127, Duration.ZERO);
    refuses(
        () -> new VaultEditing(vault, tools(new DiskFiles(), missing)).edit(file),
        ExitCode.FAILED,
        "no such program");
    onlyFilesAre("vars.yml");
  }

  @Test
  void aBrokenTextIsEditedAgain() {
    choice = EditDialogue.Choice.AGAIN;
    List<String> texts = new ArrayList<>(List.of("BROKEN", "a: good\n"));
    editing(path -> write(path, texts.removeFirst())).edit(file);
    assertThat(view(file)).isEqualTo("a: good\n");
    assertThat(broken).singleElement().satisfies(one -> says(one, "it is broken"));
  }

  @Test
  void aBrokenTextBecomesADraftOrNothing() throws IOException {
    byte[] was = Files.readAllBytes(file);
    refuses(
        () -> editing(path -> write(path, "BROKEN")).edit(file),
        ExitCode.INVALID,
        "not written",
        "vars.yml.draft-");
    assertThat(Files.readAllBytes(file)).isEqualTo(was);
    onlyFilesAre("vars.yml", "vars.yml.draft-20260102T030405");
    choice = EditDialogue.Choice.DROP;
    assertThat(editing(path -> write(path, "BROKEN")).edit(file)).isFalse();
    assertThat(Files.readAllBytes(file)).isEqualTo(was);
  }

  @Test
  void aChangeOnDiskIsNeverOverwritten() throws IOException {
    refuses(
        () ->
            editing(
                    path -> {
                      write(file, "from elsewhere");
                      write(path, "a: mine\n");
                    })
                .edit(file),
        ExitCode.FAILED,
        "changed on disk",
        "vars.yml.draft-");
    assertThat(file).hasContent("from elsewhere");
    assertThat(view(directory.resolve("vars.yml.draft-20260102T030405"))).isEqualTo("a: mine\n");
    onlyFilesAre("vars.yml", "vars.yml.draft-20260102T030405");
  }

  @Test
  void aSecondEditIsRefused() throws IOException {
    editing(
            path -> {
              refuses(
                  () -> editing(second -> write(second, "a: second\n")).edit(file),
                  ExitCode.LOCKED,
                  "being edited");
              write(path, "a: first\n");
            })
        .edit(file);
    assertThat(view(file)).isEqualTo("a: first\n");
    onlyFilesAre("vars.yml");
  }

  @Test
  void aLockThatADeadProcessLeftLocksNobodyOut() throws IOException {
    Files.writeString(directory.resolve(".vars.yml.hearth-lock"), "x");
    editing(path -> write(path, "a: new\n")).edit(file);
    assertThat(view(file)).isEqualTo("a: new\n");
    onlyFilesAre("vars.yml");
  }

  @Test
  void createsWhatDoesNotExist() throws IOException {
    Path made = directory.resolve("new.yml");
    refuses(
        () -> editing(path -> write(path, "x: 1\n")).create(file, Optional.of("lab")),
        ExitCode.INVALID,
        "exists already");
    refuses(
        () -> editing(path -> write(path, "x: 1\n")).create(made, Optional.of("nobody")),
        ExitCode.VAULT_PASSWORD,
        "nobody");
    assertThat(editing(path -> {}).create(made, Optional.of("lab"))).isFalse();
    assertThat(made).doesNotExist();
    assertThat(editing(path -> write(path, "x: 1\n")).create(made, Optional.of("lab"))).isTrue();
    assertThat(view(made)).isEqualTo("x: 1\n");
    assertThat(mode(made)).isEqualTo("rw-------");
    onlyFilesAre("new.yml", "vars.yml");
  }

  @Test
  void refusesWhatIsPlainMissingOrNotOpened() throws IOException {
    Path plain = Files.writeString(directory.resolve("plain"), "x");
    refuses(() -> editing(path -> {}).edit(plain), ExitCode.INVALID, "is not encrypted");
    refuses(
        () -> editing(path -> {}).edit(directory.resolve("none")),
        ExitCode.NOT_FOUND,
        "does not exist");
    byte[] was = Files.readAllBytes(file);
    try (VaultSecrets wrong = VaultSecrets.none().and("lab", "no".getBytes(UTF_8))) {
      EditTools tools = tools(new DiskFiles(), path -> new Editor.Ending(0, Duration.ZERO));
      refuses(
          () -> new VaultEditing(new Vault(wrong), tools).edit(file),
          ExitCode.VAULT_PASSWORD,
          "no vault password");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(was);
    onlyFilesAre("plain", "vars.yml");
  }

  @Test
  void aDiskIsRefusedUnlessItIsAllowed() {
    ScratchPlaces none =
        new ScratchPlaces(List.of(Path.of("/proc"), memory.resolve("no")), Optional.empty());
    refuses(
        () -> none.open(new DiskFiles()), ExitCode.FAILED, "no place in memory", "--allow-disk");
  }

  @Test
  void sweepsOnlyWhatDeadProcessesLeft() throws IOException {
    Path alive = Files.createDirectory(memory.resolve(name(ProcessMark.own())));
    Path reused =
        Files.createDirectory(memory.resolve(name(new ProcessMark(ProcessMark.own().pid(), 1))));
    Path dead = Files.createDirectory(memory.resolve(name(new ProcessMark(4194304L * 2, 1))));
    Path other = Files.createDirectory(memory.resolve("hearth-vault-of-somebody"));
    Path text = Files.writeString(dead.resolve("vars.yml"), "plain");
    Path seen = Files.createLink(memory.resolve("seen"), text);
    assertThat(places().sweep(new DiskFiles())).hasSize(2);
    assertThat(alive).exists();
    assertThat(other).exists();
    assertThat(reused).doesNotExist();
    assertThat(dead).doesNotExist();
    assertThat(Files.readAllBytes(seen)).containsOnly(0).hasSize(5);
  }

  private static String name(ProcessMark mark) {
    return "hearth-vault-" + mark.pid() + "-" + mark.started() + "-0a";
  }

  /** What an editor does to the file. */
  private interface Hand {
    void change(Path file);
  }

  private VaultEditing editing(Hand hand) {
    return new VaultEditing(
        vault,
        tools(
            new DiskFiles(),
            path -> {
              hand.change(path);
              return new Editor.Ending(0, Duration.ofSeconds(5));
            }));
  }

  private static Editor atOnce(Hand hand) {
    return path -> {
      hand.change(path);
      return new Editor.Ending(0, Duration.ofMillis(3));
    };
  }

  private class Dialogue implements EditDialogue {
    @Override
    public void tell(Diagnostic finding) {
      told.add(finding);
    }

    @Override
    public Choice broken(Diagnostic problem) {
      broken.add(problem);
      return choice;
    }

    @Override
    public boolean finishedElsewhere() {
      return finishes;
    }
  }

  private ScratchPlaces places() {
    return new ScratchPlaces(List.of(), Optional.of(memory));
  }

  private EditTools tools(FileLayer files, Editor editor) {
    EditTools.Check check =
        (name, plain) ->
            new String(plain, UTF_8).startsWith("BROKEN")
                ? Optional.of(Diagnostic.warning("it is broken"))
                : Optional.empty();
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    return new EditTools(files, places(), editor, new Dialogue(), check, clock);
  }

  private String view(Path encrypted) {
    return new String(new FileEncryption(vault).view(encrypted), UTF_8);
  }

  private static void says(Diagnostic finding, String words) {
    assertThat(finding.render()).contains(words);
  }

  private static void write(Path path, String text) {
    try {
      Files.writeString(path, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void refuses(Runnable action, ExitCode exit, String... words) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            HearthException.class,
            refused -> {
              assertThat(refused.exit()).isEqualTo(exit);
              assertThat(refused.getMessage()).contains(words);
              assertThat(refused.diagnostics().getFirst().next()).isNotEmpty();
            });
  }

  private void onlyFilesAre(String... names) throws IOException {
    try (Stream<Path> files = Files.list(directory);
        Stream<Path> left = Files.list(memory)) {
      assertThat(files.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrderElementsOf(List.of(names));
      assertThat(left).isEmpty();
    }
  }
}
