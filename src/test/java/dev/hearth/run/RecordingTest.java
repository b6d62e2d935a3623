package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs write down, and how hosts are taken down by it. The host is this machine. */
class RecordingTest {

  private static final String CANARY = "canary-9f3Xq7";

  private static final String[] TEARDOWN = {
    "teardown", "localhost", "--receipt", "-i", "localhost,", "-c", "local", "--yes"
  };

  @TempDir private Path directory;
  private Path host;

  @BeforeEach
  void host() throws IOException {
    host = Files.createDirectory(directory.resolve("tree"));
    Files.createDirectory(host.resolve("there"));
    Files.writeString(host.resolve("there/file"), "before\n");
    Files.setPosixFilePermissions(
        host.resolve("there/file"), PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(host.resolve("there/link"), Path.of("file"));
    Files.createDirectory(host.resolve("old"));
    Files.writeString(host.resolve("old/one"), "1");
    Files.writeString(host.resolve("old/with blank"), "2");
  }

  private InProcess play(String tasks, String... more) throws IOException {
    InProcess.playbook(directory, tasks.replace("HOST", host.toString()));
    return InProcess.hearth(
        directory,
        Stream.concat(
                Stream.of("play", "play.yml", "-i", "localhost,", "-c", "local"), Stream.of(more))
            .toArray(String[]::new));
  }

  private static final String CHANGES =
      """
      - file: {path: HOST/made, state: directory, mode: '0750'}
      - copy: {content: one, dest: HOST/made/file}
      - lineinfile: {path: HOST/made/file, line: two}
      - lineinfile: {path: HOST/there/file, line: added}
      - file: {path: HOST/there/file, mode: '0600'}
      - file: {src: elsewhere, dest: HOST/there/link, state: link, force: true}
      - file: {path: HOST/old, state: absent}
      - command: echo nothing
      - copy: {content: last, dest: HOST/made/file}
      """;

  /** Every path below with its kind, mode and content. */
  private Map<String, String> tree() throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(host)) {
      for (Path each : all.toList()) {
        String mode =
            Files.isSymbolicLink(each)
                ? "link to " + Files.readSymbolicLink(each)
                : PosixFilePermissions.toString(Files.getPosixFilePermissions(each))
                    + (Files.isDirectory(each) ? "" : " " + Files.readString(each));
        tree.put(host.relativize(each).toString(), mode);
      }
    }
    return tree;
  }

  @Test
  void teardownMakesTheHostWhatItWas() throws IOException {
    Map<String, String> before = tree();
    InProcess run = play(CHANGES);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(tree()).isNotEqualTo(before);

    InProcess torn = InProcess.hearth(directory, TEARDOWN);

    assertThat(torn.exit()).as(torn.err()).isZero();
    assertThat(tree()).isEqualTo(before);
    assertThat(torn.out()).contains("cannot     run echo").contains("what a command does");
    assertThat(InProcess.hearth(directory, TEARDOWN).out()).contains("the receipt is empty");
  }

  @Test
  void teardownOverSeveralRunsGoesBackToTheFirst() throws IOException {
    Map<String, String> before = tree();
    for (String content : new String[] {"one", "two", "three"}) {
      assertThat(play("- copy: {content: " + content + ", dest: HOST/there/file}").exit()).isZero();
    }

    assertThat(InProcess.hearth(directory, TEARDOWN).exit()).isZero();

    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void directoriesThatWereMissingAboveAPathGoWithIt() throws IOException {
    Map<String, String> before = tree();
    InProcess run =
        play(
            """
            - file: {path: HOST/a/b/c, state: directory}
            - copy: {content: one, dest: HOST/x/y/}
              ignore_errors: true
            - copy: {src: play.yml, dest: HOST/x/y/}
            - file: {path: HOST/gone/d, state: directory}
            - file: {path: HOST/gone/d, state: absent}
            - file: {path: HOST/used/e, state: directory}
            """);
    assertThat(run.exit()).as(run.err()).isZero();
    Files.createFile(host.resolve("used/somebody's"));

    InProcess.hearth(directory, TEARDOWN);

    before.put("used", "rwxr-xr-x");
    before.put("used/somebody's", "rw-r--r-- ");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void whatWasChangedSinceStaysUnlessAskedFor() throws IOException {
    Map<String, String> before = tree();
    play(CHANGES);
    Files.writeString(host.resolve("there/file"), "somebody's own");
    Files.writeString(host.resolve("made/mine"), "mine");

    InProcess torn = InProcess.hearth(directory, TEARDOWN);
    assertThat(torn.out()).contains("it was changed since").contains("it is not empty");
    assertThat(host.resolve("there/file")).hasContent("somebody's own");
    assertThat(host.resolve("made/mine")).hasContent("mine");
    assertThat(host.resolve("made/file")).doesNotExist();

    Files.delete(host.resolve("made/mine"));
    String[] all =
        Stream.concat(Stream.of(TEARDOWN), Stream.of("--drifted")).toArray(String[]::new);
    assertThat(InProcess.hearth(directory, all).exit()).isZero();
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aCommandThatRunsAgainAndAgainIsToldOnce() throws IOException {
    String tasks = "- command: echo same\n- command: echo other\n";
    play(tasks);
    Path receipt = directory.resolve(".local/state/hearth/receipts/localhost.receipt");
    String once = Files.readString(receipt);
    assertThat(once.split("\"intended\"", -1)).hasSize(3);

    play(tasks);
    play(tasks);
    assertThat(receipt).hasContent(once);

    play(tasks + "- command: echo third\n");
    assertThat(Files.readString(receipt).split("\"intended\"", -1)).hasSize(4);
  }

  @Test
  void aRunThatTheHostsReceiptMissedIsNotForgotten() throws IOException {
    Map<String, String> before = tree();
    play("- copy: {content: one, dest: HOST/one}");
    Path there = directory.resolve(".local/state/hearth/host/receipt");
    String early = Files.readString(there);
    play("- copy: {content: two, dest: HOST/two}");
    // As if the connection had broken when the second run was over.
    Files.writeString(there, early);
    play("- copy: {content: three, dest: HOST/three}");

    assertThat(InProcess.hearth(directory, TEARDOWN).exit()).isZero();
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aDirectoryWhereAFileWasIsNotFilled() throws IOException {
    play("- copy: {content: new, dest: HOST/there/file}");
    Files.delete(host.resolve("there/file"));
    Files.createDirectory(host.resolve("there/file"));
    String[] all =
        Stream.concat(Stream.of(TEARDOWN), Stream.of("--drifted")).toArray(String[]::new);

    InProcess torn = InProcess.hearth(directory, all);

    assertThat(torn.out()).contains("a directory is in its place");
    assertThat(host.resolve("there/file")).isEmptyDirectory();
    try (Stream<Path> left = Files.list(host.resolve("there"))) {
      assertThat(left).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git -C HERE branch mine",
        "ln -s /elsewhere HERE/link",
        "git -C HERE stash push -uq"
      })
  void whatSomebodyDidInACheckoutIsSeen(String done) throws Exception {
    Path from = Files.createDirectory(directory.resolve("from"));
    sh(
        "cd '%s' && git init -q && git config user.email a@b && git config user.name a && echo a >a && git add a && git commit -qm a"
            .formatted(from));
    InProcess run = play("- git: {repo: %s, dest: HOST/clone}".formatted(from));
    assertThat(run.exit()).as(run.err()).isZero();
    Path clone = host.resolve("clone");
    sh("git -C '%1$s' config user.email a@b && git -C '%1$s' config user.name a".formatted(clone));
    sh(
        "echo b >'%1$s/b'; %2$s; rm -f '%1$s/b'"
            .formatted(clone, done.replace("HERE", clone.toString())));

    InProcess torn = InProcess.hearth(directory, TEARDOWN);

    assertThat(torn.out()).contains("it was changed since");
    assertThat(clone).isNotEmptyDirectory();
  }

  private static void sh(String script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", script).inheritIO().start();
    assertThat(process.waitFor()).as(script).isZero();
  }

  @Test
  void checkModeWritesNothingAndTakesNothingBack() throws IOException {
    play(CHANGES, "--check");
    assertThat(directory.resolve(".local/state/hearth")).doesNotExist();

    play(CHANGES);
    Map<String, String> after = tree();
    String[] check = TEARDOWN.clone();
    check[check.length - 1] = "--check";
    InProcess plan = InProcess.hearth(directory, check);

    assertThat(plan.exit()).isZero();
    assertThat(plan.out()).contains("take back  make directory " + host.resolve("made"));
    assertThat(tree()).isEqualTo(after);
  }

  @Test
  void withoutSomebodyToAskNothingIsTakenBack() throws IOException {
    play(CHANGES);
    Map<String, String> after = tree();
    String[] unasked = Stream.of(TEARDOWN).filter(w -> !w.equals("--yes")).toArray(String[]::new);

    InProcess refused = InProcess.hearth(directory, unasked);

    assertThat(refused.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(tree()).isEqualTo(after);
  }

  @Test
  void aStepIsNotDoneWhenWhatIsThereCannotBeKept() throws IOException {
    Files.createDirectories(directory.resolve(".local/state/hearth/host"));
    Files.writeString(directory.resolve(".local/state/hearth/host/former"), "no directory");

    InProcess run = play("- copy: {content: new, dest: HOST/there/file}");

    assertThat(run.exit()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(run.err()).contains("nothing was done");
    assertThat(host.resolve("there/file")).hasContent("before\n");
  }

  @Test
  void aStepIsNotDoneWhenItCannotBeWrittenDown() throws IOException {
    Files.createDirectories(directory.resolve(".local/state/hearth"));
    Files.writeString(directory.resolve(".local/state/hearth/runs"), "no directory");

    InProcess run = play("- copy: {content: new, dest: HOST/there/file}");

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(run.err()).contains("cannot be written");
    assertThat(host.resolve("there/file")).hasContent("before\n");
  }

  @Test
  void noSecretIsWrittenDown() throws IOException {
    Files.writeString(directory.resolve("password"), "open sesame\n");
    Files.writeString(directory.resolve("secrets.yml"), "token: " + CANARY + "\n");
    InProcess.hearth(
        directory, "vault", "encrypt", "--vault-password-file", "password", "secrets.yml");

    InProcess run =
        play(
            """
            - name: Write {{ token }}
              copy: {content: "{{ token }}", dest: "HOST/{{ token }}"}
            - copy: {content: "{{ token }}", dest: HOST/made}
            - command: echo {{ token }}
            - lineinfile: {path: HOST/made, line: "again {{ token }}"}
            """,
            "--vault-password-file",
            "password",
            "-e",
            "@secrets.yml",
            "-e",
            "other=" + CANARY);

    assertThat(run.exit()).as(run.err()).isZero();
    for (String part : new String[] {"runs", "receipts", "host"}) {
      assertThat(directory.resolve(".local/state/hearth").resolve(part))
          .satisfies(
              each ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                      .isEqualTo("rwx------"));
    }
    try (Stream<Path> files = Files.walk(directory.resolve(".local/state/hearth"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // What was there before is kept as it was; it is the host's own and readable by root alone.
        if (!file.startsWith(directory.resolve(".local/state/hearth/host/former"))) {
          assertThat(Files.readString(file)).as("%s", file).doesNotContain(CANARY);
        }
      }
    }
  }

  @Test
  void historyShowAndDiffTellOfTheRun() throws IOException {
    play(CHANGES);
    InProcess history = InProcess.hearth(directory, "history");
    assertThat(history.out())
        .contains("ok")
        .contains("play play.yml -i localhost,")
        .contains("9 steps");
    String run = history.out().substring(0, history.out().indexOf(' '));

    assertThat(InProcess.hearth(directory, "show", run).out())
        .contains("make directory " + host.resolve("made"))
        .contains("undo  put back " + host.resolve("there/link"))
        .contains("undo  impossible: what a command does is not known");
    String[] diff = {"diff", run, "-i", "localhost,", "-c", "local"};
    assertThat(InProcess.hearth(directory, diff).exit()).isZero();
    Files.writeString(host.resolve("made/file"), "other");
    InProcess changed = InProcess.hearth(directory, diff);
    assertThat(changed.exit()).isEqualTo(ExitCode.CHANGES_PENDING.number());
    assertThat(changed.out()).contains(host.resolve("made/file") + "\n  left: file");
    assertThat(InProcess.hearth(directory, "show", "nothing").exit())
        .isEqualTo(ExitCode.NOT_FOUND.number());
  }

  @Test
  void aDamagedReceiptStopsTeardownBeforeAnythingIsTakenBack() throws IOException {
    play(CHANGES);
    Path receipt = directory.resolve(".local/state/hearth/receipts/localhost.receipt");
    byte[] bytes = Files.readAllBytes(receipt);
    bytes[bytes.length / 2] ^= 1;
    Files.write(receipt, bytes);
    Map<String, String> after = tree();

    InProcess refused = InProcess.hearth(directory, TEARDOWN);

    assertThat(refused.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(refused.err()).contains("the records are damaged");
    assertThat(tree()).isEqualTo(after);
  }

  @Test
  void theHostsCopyServesWhenThisMachineHasNone() throws IOException {
    Map<String, String> before = tree();
    play(CHANGES);
    Files.delete(directory.resolve(".local/state/hearth/receipts/localhost.receipt"));

    assertThat(InProcess.hearth(directory, TEARDOWN).exit()).isZero();

    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aTeardownPlaybookKeepsNothingAndEmptiesTheReceipt() throws IOException {
    play(CHANGES);
    assertThat(directory.resolve(".local/state/hearth/host/former")).isDirectory();
    Files.writeString(
        directory.resolve("down.yml"),
        """
        - hosts: localhost
          gather_facts: false
          tasks:
            - file: {path: HOST/made, state: absent}
        """
            .replace("HOST", host.toString()));

    InProcess torn =
        InProcess.hearth(
            directory,
            Stream.concat(
                    Stream.of(TEARDOWN).filter(word -> !word.equals("--receipt")),
                    Stream.of("--playbook", "down.yml"))
                .toArray(String[]::new));

    assertThat(torn.exit()).as(torn.err()).isZero();
    assertThat(host.resolve("made")).doesNotExist();
    assertThat(directory.resolve(".local/state/hearth/host")).doesNotExist();
    assertThat(InProcess.hearth(directory, TEARDOWN).out()).contains("the receipt is empty");
  }

  @Test
  void aHostThatAnotherRunChangesIsLeftAlone() throws Exception {
    Path lock = Files.createDirectories(directory.resolve(".local/state/hearth/host"));
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    Files.write(
        lock.resolve("lock.1"),
        List.of(
            "20261121T000000Z-00000000",
            "somebody@elsewhere",
            "2026-11-21T00:00:00Z",
            Long.toString(ProcessHandle.current().pid()),
            fields[19],
            Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()));

    InProcess refused = play("- copy: {content: new, dest: HOST/there/file}");

    assertThat(refused.exit()).isEqualTo(ExitCode.LOCKED.number());
    assertThat(refused.err()).contains("of somebody@elsewhere, since 2026-11-21T00:00:00Z");
    assertThat(host.resolve("there/file")).hasContent("before\n");
    assertThat(play("- copy: {content: \"before\\n\", dest: HOST/there/file}").exit()).isZero();
    // Nor is that a failure to be ignored, or one to be waited for again with each item.
    InProcess ignoring =
        play(
            """
            - copy: {content: new, dest: "HOST/there/{{ item }}"}
              loop: [one, two, three]
              ignore_errors: true
            - debug: {msg: went on}
            """);
    assertThat(ignoring.exit()).isEqualTo(ExitCode.LOCKED.number());
    assertThat(ignoring.err()).containsOnlyOnce("of somebody@elsewhere");
    assertThat(ignoring.out()).doesNotContain("went on", "ignoring");
  }

  @Test
  void whatAppearedGoesAndOwnersAndModesComeBack() throws IOException {
    Map<String, String> before = tree();
    InProcess run =
        play(
            """
            - tempfile: {path: HOST, prefix: fresh}
            - file: {path: HOST/old, state: directory, mode: "u=rwX,go=", recurse: true}
            """);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(tree()).hasSize(before.size() + 1).doesNotContainEntry("old", before.get("old"));

    InProcess torn = InProcess.hearth(directory, TEARDOWN);

    assertThat(torn.exit()).as(torn.out() + torn.err()).isZero();
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aCloneGoesBackToWhereItWasAndThenAway() throws Exception {
    Process made =
        new ProcessBuilder(
                "sh",
                "-c",
                "git init -q repo && cd repo && git config user.email a@b && git config user.name n"
                    + " && echo 1 >f && git add f && git commit -qm 1 && git tag v1"
                    + " && echo 2 >f && git commit -qam 2 && git tag v2")
            .directory(directory.toFile())
            .start();
    assertThat(made.waitFor()).isZero();
    Map<String, String> before = tree();
    String clone = "- git: {repo: 'file://" + directory + "/repo', dest: HOST/clone, version: ";
    assertThat(play(clone + "v1}").exit()).isZero();
    assertThat(play(clone + "v2}").exit()).isZero();
    assertThat(host.resolve("clone/f")).hasContent("2\n");

    InProcess torn = InProcess.hearth(directory, TEARDOWN);

    assertThat(torn.exit()).as(torn.out() + torn.err()).isZero();
    assertThat(torn.out()).contains("bring " + host.resolve("clone") + " back to");
    assertThat(tree()).as(torn.out()).isEqualTo(before);
  }
}
