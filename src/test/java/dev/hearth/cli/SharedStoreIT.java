package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.PostgresServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with a store that two machines share. The host is this machine. */
final class SharedStoreIT {

  @AutoClose private static PostgresServer server;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @BeforeEach
  void empty() {
    server.sql("DROP SCHEMA IF EXISTS hearth CASCADE");
  }

  /** What a task reads from until the test lets it go on. */
  private Path pipe() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  /** A machine with a lab: nothing of it is known to others but by the store. */
  private Path machine(String name, String tasks) throws IOException {
    Path lab = Files.createDirectories(directory.resolve(name));
    Files.writeString(
        lab.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          tasks:
        %s\
        """
            .formatted(tasks.replace("DIR", directory.toString()).indent(4)));
    return lab;
  }

  private static HearthHere.Ended hearth(Path lab, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--store", server.address()));
    return new HearthHere(lab)
        .with(Map.of("HEARTH_STORE_PASSWORD", PostgresServer.PASSWORD))
        .run(all.toArray(String[]::new));
  }

  private static HearthHere.Ended play(Path lab) {
    return hearth(lab, "play", "play.yml", "-i", "localhost,", "-c", "local");
  }

  private static void exits(HearthHere.Ended ended, ExitCode code) {
    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(code.number());
    assertThat(ended.out() + ended.err()).doesNotContain(PostgresServer.PASSWORD);
  }

  private static final String TASKS =
      """
      - ansible.builtin.shell: echo a >>DIR/counts
      - ansible.builtin.copy: {content: made, dest: DIR/made}
      - ansible.builtin.shell: echo b >>DIR/counts; test -e DIR/may
      - ansible.builtin.shell: echo c >>DIR/counts
      """;

  @Test
  void aRunIsSeenContinuedAndTakenBackFromAnotherMachine() throws IOException {
    Path one = machine("one", TASKS);
    Path two = machine("two", TASKS);
    exits(play(one), ExitCode.HOSTS_FAILED);
    Files.createFile(directory.resolve("may"));

    HearthHere.Ended history = hearth(two, "history");
    exits(history, ExitCode.OK);
    assertThat(history.out()).contains("play play.yml", "exit 2", "localhost 3 steps");
    String run = history.out().lines().findFirst().orElseThrow().split(" ", 2)[0];
    assertThat(hearth(two, "show", run).out()).contains("put back " + directory.resolve("made"));
    exits(hearth(two, "diff", run, "-i", "localhost,", "-c", "local"), ExitCode.OK);

    // The first machine is gone, with its directory.
    Files.delete(one.resolve("play.yml"));
    try (Stream<Path> files = Files.walk(one)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
    HearthHere.Ended resumed = hearth(two, "resume");
    exits(resumed, ExitCode.OK);
    assertThat(resumed.err()).contains("continuing " + run, "this directory is the lab");
    assertThat(Files.readAllLines(directory.resolve("counts"))).containsExactly("a", "b", "b", "c");

    HearthHere.Ended teardown =
        hearth(
            two, "teardown", "localhost", "--receipt", "--yes", "-i", "localhost,", "-c", "local");
    exits(teardown, ExitCode.OK);
    assertThat(directory.resolve("made")).doesNotExist();
    assertThat(two.resolve(".local/state/hearth/runs")).doesNotExist();
    assertThat(two.resolve(".local/state/hearth/receipts")).doesNotExist();
  }

  @Test
  void aRunWhoseHostAnotherTookStopsBeforeItsNextChangeAndIsContinuedLater() throws Exception {
    Path pipe = pipe();
    Path one =
        machine(
            "one",
            """
            - ansible.builtin.shell: echo a >>DIR/counts; cat DIR/pipe
            - ansible.builtin.shell: echo b >>DIR/counts
            - ansible.builtin.shell: echo c >>DIR/counts
            """);
    FutureTask<HearthHere.Ended> running = new FutureTask<>(() -> play(one));
    Thread.ofVirtual().start(running);
    // Opens when the task reads from it, and lets it go on when it is closed.
    try (OutputStream _ = Files.newOutputStream(pipe)) {
      server.sql(
          "INSERT INTO hearth.run VALUES ('x', 'x', 'infinity');"
              + " UPDATE hearth.lease SET token = token + 1, run = 'x', who = 'bob'");
    }
    HearthHere.Ended lost = running.get();
    exits(lost, ExitCode.LOCKED);
    assertThat(lost.err()).contains("lost its lease", "bob", "hearth resume");
    assertThat(Files.readAllLines(directory.resolve("counts"))).containsExactly("a");

    HearthHere.Ended refused = hearth(one, "resume", lastOwn(one));
    exits(refused, ExitCode.LOCKED);
    server.sql("UPDATE hearth.run SET alive_until = NULL WHERE name = 'x'");
    exits(hearth(one, "resume", lastOwn(one)), ExitCode.OK);
    assertThat(Files.readAllLines(directory.resolve("counts"))).containsExactly("a", "b", "c");
  }

  @Test
  void aServerThatIsRestartedEndsARunWithoutLosingHowItsStepEnded() throws Exception {
    Path pipe = pipe();
    Path one =
        machine(
            "one",
            """
            - ansible.builtin.shell: echo a >>DIR/counts; cat DIR/pipe
            - ansible.builtin.shell: echo b >>DIR/counts
              ignore_errors: true
            """);
    ProcessBuilder builder =
        new ProcessBuilder(
                HearthProcess.command(
                    "play",
                    "play.yml",
                    "-i",
                    "localhost,",
                    "-c",
                    "local",
                    "--store",
                    server.address()))
            .directory(one.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile());
    builder.environment().put("HEARTH_STORE_PASSWORD", PostgresServer.PASSWORD);
    builder.environment().put("XDG_STATE_HOME", one.resolve(".local/state").toString());
    Process running = builder.start();
    // Opens when the task reads from it, and lets it go on when it is closed.
    try (OutputStream _ = Files.newOutputStream(pipe)) {
      server.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE usename = current_user AND pid <> pg_backend_pid()");
    }

    assertThat(running.waitFor()).isEqualTo(ExitCode.UNREACHABLE.number());
    assertThat(directory.resolve("said"))
        .content()
        .contains("the store cannot be reached", "hearth resume")
        .doesNotContain("Exception", PostgresServer.PASSWORD);
    assertThat(Files.readAllLines(directory.resolve("counts"))).containsExactly("a");

    exits(hearth(one, "resume"), ExitCode.OK);
    assertThat(Files.readAllLines(directory.resolve("counts"))).containsExactly("a", "b");
  }

  /** The name of the youngest run that was not made by hand. */
  private static String lastOwn(Path lab) {
    return hearth(lab, "history")
        .out()
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .filter(name -> name.startsWith("2"))
        .reduce((before, last) -> last)
        .orElseThrow();
  }

  @Test
  void aStoreThatIsGoneStopsARunBeforeItsFirstChange() throws IOException {
    Path one = machine("one", "- ansible.builtin.shell: echo a >>DIR/counts\n");
    HearthHere here =
        new HearthHere(one)
            .with(
                Map.of(
                    "HEARTH_STORE_PASSWORD",
                    "geheimnis",
                    "HEARTH_STORE",
                    "postgresql://me@127.0.0.1:1/lab"));

    HearthHere.Ended unreachable = here.run("play", "play.yml", "-i", "localhost,", "-c", "local");

    exits(unreachable, ExitCode.UNREACHABLE);
    assertThat(unreachable.err())
        .contains("cannot be reached", "me@127.0.0.1:1/lab")
        .doesNotContain("geheimnis");
    assertThat(directory.resolve("counts")).doesNotExist();
    exits(here.run("play", "play.yml", "-i", "localhost,", "-c", "local", "--check"), ExitCode.OK);
    exits(here.run("history", "--store", "postgresql://me:geheimnis@h/lab"), ExitCode.INVALID);
    Files.writeString(one.resolve("ansible.cfg"), "[hearth]\nstore = nonsense\n");
    HearthHere.Ended wrong = new HearthHere(one).run("history");
    exits(wrong, ExitCode.INVALID);
    assertThat(wrong.err()).contains("ansible.cfg");
    exits(new HearthHere(one).run("history", "--store", "files"), ExitCode.OK);
  }
}
