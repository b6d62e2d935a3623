package dev.hearth.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.file.EndedProcess;
import dev.hearth.module.TestShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostScriptsTest {

  private static final List<String> PROGRAMS =
      List.of(
          "awk",
          "cat",
          "cut",
          "mkdir",
          "readlink",
          "rm",
          "sh",
          "sha256sum",
          "stat",
          "sync",
          "tr",
          "xargs");

  @TempDir Path temporary = Path.of("");

  static Stream<TestShell> shells() {
    return TestShell.present().stream();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void manyPathsAreToldAsOne(TestShell shell) throws Exception {
    List<String> paths = paths();
    List<String> one = new ArrayList<>();
    for (String path : paths) {
      one.addAll(look(shell, List.of(path)));
    }
    assertThat(one).hasSameSizeAs(paths).anyMatch(line -> line.equals("absent"));
    assertThat(look(shell, paths)).isEqualTo(one);
    paths.add(temporary.resolve("back\\slash\nand line").toString());
    Files.writeString(Path.of(paths.getLast()), "x");
    one.addAll(look(shell, List.of(paths.getLast())));
    assertThat(look(shell, paths)).isEqualTo(one);
  }

  /** In containers nobody may ask how a step's shell ended. */
  @ParameterizedTest
  @MethodSource("shells")
  void aStepWhoseShellHasEndedDoesNotGoOn(TestShell shell) throws Exception {
    Path step = Files.createDirectories(temporary.resolve("place/former/run/1"));
    List<String> words = new ArrayList<>(shell.command());
    words.addAll(List.of("-c", ObservedScripts.SEEN, "sh", step.resolve("../../..").toString()));
    words.addAll(List.of("run", "1", "600"));
    try (EndedProcess ended = new EndedProcess()) {
      Files.writeString(step.resolve("shell"), ended.pid() + " " + ended.started() + "\n");

      assertThat(new ProcessBuilder(words).start().waitFor()).isEqualTo(ObservedScripts.NOT_SEEN);
    }
  }

  private List<String> paths() throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Path path = temporary.resolve("a file|" + i + " \"of\" 'all' $kinds *");
      switch (i % 6) {
        case 0 -> Files.writeString(path, "");
        case 1 -> Files.writeString(path, "content " + i);
        case 2 -> Files.createDirectory(path);
        case 3 -> Files.createSymbolicLink(path, Path.of("nowhere " + i));
        case 4 -> Files.createSymbolicLink(path, temporary);
        default -> {}
      }
      paths.add(path.toString());
    }
    return paths;
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatIsWatchedIsToldInOneLineBeforeAndAfterAndLater(TestShell shell) throws Exception {
    Path state = Files.writeString(temporary.resolve("state"), "stopped");
    String look = "cat '" + state + "'";
    String place = temporary.resolve("place").toString();
    List<String> step = List.of(place, "run", "step");

    assertThat(run(shell, HostScripts.KEEP, step, "watch", "a thing", look))
        .containsExactly(place, "stopped");
    Files.writeString(state, "running\nnow\u0007\n");
    assertThat(run(shell, HostScripts.LOOK, step, "watch", "a thing", "run", "nothing"))
        .containsExactly("running now", "-");
    List<String> later = List.of(place);
    String[] twice = {"run", "step", "0", "run", "step", "0"};
    assertThat(run(shell, DriftScripts.WATCH, later, twice))
        .containsExactly("running now", "running now");
    Files.delete(state);
    assertThat(run(shell, DriftScripts.WATCH, later, "run", "step", "0"))
        .containsExactly(Watched.UNKNOWN);
    Files.delete(Path.of(place, "former/run/step/0.watch"));
    assertThat(run(shell, DriftScripts.WATCH, later, "run", "step", "0"))
        .containsExactly("the host no longer keeps how to look at it");
  }

  private List<String> look(TestShell shell, List<String> paths) throws Exception {
    Path place = Files.createDirectories(temporary.resolve("place"));
    Files.createDirectories(place.resolve("former/run/step"));
    List<String> words = new ArrayList<>();
    paths.forEach(path -> words.addAll(List.of("restore", path)));
    return run(
        shell,
        HostScripts.LOOK,
        List.of(place.toString(), "run", "step"),
        words.toArray(String[]::new));
  }

  private List<String> run(TestShell shell, String script, List<String> step, String... more)
      throws Exception {
    List<String> words = new ArrayList<>(shell.command());
    words.addAll(List.of("-c", script, "sh"));
    words.addAll(step);
    words.addAll(List.of(more));
    ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
    if (shell.name().equals("busybox")) {
      process.environment().put("PATH", programs(shell.command().getFirst()));
    }
    Process running = process.start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  private String programs(String busybox) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("programs"));
    for (String program : PROGRAMS) {
      if (!Files.exists(folder.resolve(program))) {
        Files.createSymbolicLink(folder.resolve(program), Path.of(busybox));
      }
    }
    return folder.toString();
  }
}
