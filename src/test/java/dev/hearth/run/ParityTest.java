package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole playbooks, held against what ansible-core 2.19 made of them: standard output line by line
 * and the exit status. {@code bench/record-parity} makes the recordings.
 *
 * <p>Where Hearth differs on purpose, {@link AcceptedDifferences} says how and why.
 */
class ParityTest {

  @TempDir private Path scratch;

  @TestFactory
  Stream<DynamicTest> ansible() throws IOException, URISyntaxException {
    URL found = Objects.requireNonNull(ParityTest.class.getResource("/parity"));
    Path cases = Path.of(found.toURI());
    try (Stream<Path> directories = Files.list(cases)) {
      return directories.filter(Files::isDirectory).sorted().toList().stream()
          .map(
              each ->
                  DynamicTest.dynamicTest(
                      each.getFileName().toString(), () -> holdAgainst(cases, each)));
    }
  }

  private void holdAgainst(Path cases, Path recorded) throws IOException {
    Path here = scratch.resolve(recorded.getFileName().toString());
    copy(recorded, here);
    Files.copy(
        cases.resolve("inventory"),
        scratch.resolve("inventory"),
        StandardCopyOption.REPLACE_EXISTING);
    InProcess run = InProcess.hearth(here, arguments(here).toArray(String[]::new));

    PlainOutput expected = PlainOutput.of(recorded("expected.txt", here), "/tmp/parity");
    PlainOutput actual = PlainOutput.of(run.out(), scratch.toString());
    AcceptedDifferences accepted = AcceptedDifferences.of(here);
    assertThat(actual.lines()).as(run.err()).isEqualTo(accepted.output(expected, actual).lines());
    assertThat(run.exit())
        .isEqualTo(accepted.exit(Integer.parseInt(recorded("expected-exit", here).strip())));
  }

  private static List<String> arguments(Path here) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("play", "-f", "1", "-i"));
    arguments.add(Files.exists(here.resolve("inventory")) ? "inventory" : "../inventory");
    arguments.add("playbook.yml");
    if (Files.exists(here.resolve("args"))) {
      arguments.addAll(Files.readAllLines(here.resolve("args")));
    }
    return arguments;
  }

  private static String recorded(String name, Path here) throws IOException {
    return Files.readString(here.resolve(name));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.forEach(
          each -> {
            try {
              Path target = to.resolve(from.relativize(each).toString());
              if (Files.isDirectory(each)) {
                Files.createDirectories(target);
              } else {
                Files.copy(each, target);
              }
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
          });
    }
  }
}
