package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    ParityCases cases = ParityCases.all();
    return cases.directories().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getFileName().toString(), () -> holdAgainst(cases, each)));
  }

  /**
   * A report without times, the place of what Ansible sends, the rest of a loop's variables and the
   * inside of errors, where Ansible says that it has no traceback and Hearth has the result.
   */
  private static String junit(String report, String directory) {
    return report
        .replace(directory, "HERE")
        .replaceFirst("<\\?xml[^>]*>", "")
        .replaceAll(" time=\"[^\"]*\"", "")
        .replaceAll("\n *\"(delta|end|start|src)\": .*", "")
        .replaceAll(
            "'ansible_loop_var': 'item', |, '(ansible_loop_var|_ansible_item_label)': [^,}]*", "")
        .replaceAll("message=\"Task failed: (Module|Action) failed: ", "message=\"")
        .replaceAll("(<error [^>]*>)[^<]*", "$1")
        .strip();
  }

  private void holdAgainst(ParityCases cases, Path recorded) throws IOException {
    ParityCases.Case here = cases.copy(recorded, scratch);
    InProcess run = here.hearth("play");

    PlainOutput expected = PlainOutput.of(here.recorded("expected.txt"), "/tmp/parity");
    PlainOutput actual = PlainOutput.of(run.out(), scratch.toString());
    AcceptedDifferences accepted = AcceptedDifferences.of(here.directory());
    assertThat(actual.lines()).as(run.err()).isEqualTo(accepted.output(expected, actual).lines());
    if (Files.exists(recorded.resolve("expected-junit.xml"))) {
      assertThat(junit(here.written("junit"), scratch.toString()))
          .isEqualTo(junit(here.recorded("expected-junit.xml"), "/tmp/parity"));
    }
    assertThat(run.exit())
        .isEqualTo(accepted.exit(Integer.parseInt(here.recorded("expected-exit").strip())));
  }
}
