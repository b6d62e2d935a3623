package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
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

  private void holdAgainst(ParityCases cases, Path recorded) throws IOException {
    ParityCases.Case here = cases.copy(recorded, scratch);
    InProcess run = here.hearth("play");

    PlainOutput expected = PlainOutput.of(here.recorded("expected.txt"), "/tmp/parity");
    PlainOutput actual = PlainOutput.of(run.out(), scratch.toString());
    AcceptedDifferences accepted = AcceptedDifferences.of(here.directory());
    assertThat(actual.lines()).as(run.err()).isEqualTo(accepted.output(expected, actual).lines());
    assertThat(run.exit())
        .isEqualTo(accepted.exit(Integer.parseInt(here.recorded("expected-exit").strip())));
  }
}
