package dev.hearth.receipt;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Many paths are taken back as one would be, in each shell. */
class UndoScriptsTest {

  private static final int FILES = 60;

  @TempDir private Path directory;
  private final List<String> paths = new ArrayList<>();
  private List<String> before = List.of();
  private List<String> after = List.of();

  static Stream<TestShell> shells() {
    return TestShell.present().stream();
  }

  /** A step that makes directories and files and writes others, the last one first. */
  private void step(TestShell shell) throws Exception {
    Path tree = directory.resolve("tree");
    Path old = Files.createDirectory(directory.resolve("old"));
    for (int i = 0; i < FILES; i++) {
      paths.addFirst(tree.resolve("below/a file " + i + " *$(x)'\"|").toString());
    }
    for (String name : List.of("there", "link")) {
      paths.add(old.resolve(name).toString());
    }
    paths.add(tree.resolve("below").toString());
    paths.add(tree.toString());
    Files.writeString(old.resolve("there"), "before");
    Files.createSymbolicLink(old.resolve("link"), Path.of("before"));
    before = run(shell, HostScripts.KEEP, words(), "").stream().skip(1).toList();
    Files.createDirectories(tree.resolve("below"));
    for (String path : paths.subList(0, FILES)) {
      Files.writeString(Path.of(path), path);
    }
    Files.writeString(old.resolve("there"), "after");
    Files.delete(old.resolve("link"));
    Files.createSymbolicLink(old.resolve("link"), Path.of("after"));
    after = run(shell, HostScripts.LOOK, words(), "");
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    paths.forEach(path -> words.addAll(List.of("restore", path)));
    return words;
  }

  private List<String> takenBack(TestShell shell, String force, String dry) throws Exception {
    List<String> words = new ArrayList<>(List.of(force, dry));
    words.addAll(words());
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < paths.size(); i++) {
      input.append(i).append('|').append(before.get(i)).append('|').append(after.get(i));
      input.append('\n');
    }
    return run(shell, UndoScripts.TAKE_BACK, words, input.toString());
  }

  private List<String> run(TestShell shell, String script, List<String> words, String input)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(shell.command());
    all.addAll(List.of("-c", script, "sh", directory.resolve("place").toString(), "run", "1"));
    all.addAll(words);
    Path text = Files.writeString(directory.resolve("input"), input);
    Process process =
        new ProcessBuilder(all).redirectErrorStream(true).redirectInput(text.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().map(String::strip).toList();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void allIsAsItWas(TestShell shell) throws Exception {
    step(shell);
    assertThat(takenBack(shell, "no", "dry")).hasSameSizeAs(paths).containsOnly("would");
    assertThat(directory.resolve("tree/below")).isNotEmptyDirectory();

    List<String> told = takenBack(shell, "no", "no");

    assertThat(told).hasSameSizeAs(paths);
    assertThat(told.subList(0, FILES + 2)).containsOnly("done");
    assertThat(told.subList(FILES + 2, told.size())).containsOnly("same");
    assertThat(directory.resolve("tree")).doesNotExist();
    assertThat(directory.resolve("old/there")).hasContent("before");
    assertThat(Files.readSymbolicLink(directory.resolve("old/link"))).isEqualTo(Path.of("before"));
    assertThat(takenBack(shell, "no", "no")).hasSameSizeAs(paths).containsOnly("same");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatIsNotTheRunsStays(TestShell shell) throws Exception {
    step(shell);
    Path changed = Files.writeString(Path.of(paths.get(3)), "somebody's");
    Path mine = Files.writeString(directory.resolve("tree/below/mine"), "mine");

    List<String> told = takenBack(shell, "no", "no");

    assertThat(told.get(3)).isEqualTo("drifted it was changed since");
    assertThat(told.getLast()).isEqualTo("full it is not empty");
    assertThat(told).filteredOn(line -> line.equals("done")).hasSize(FILES + 1);
    assertThat(changed).hasContent("somebody's");
    assertThat(mine).hasContent("mine");
    try (Stream<Path> left = Files.list(directory.resolve("tree/below"))) {
      assertThat(left).containsExactlyInAnyOrder(changed, mine);
    }

    Files.delete(mine);
    assertThat(takenBack(shell, "force", "no")).doesNotContain("full it is not empty");
    assertThat(directory.resolve("tree")).doesNotExist();
  }
}
