package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ansible-core 2.19 runs gets no error from {@code hearth check}: every recorded case that it
 * ran, and this repository's own playbooks. And whatever a playbook looks like, it gets nothing but
 * diagnostics.
 */
class NoFalseErrorTest {

  /** Ansible's exit statuses of a run: done, and with failed or unreachable hosts. */
  private static final Set<String> RAN = Set.of("0", "2", "4");

  private static final long SEED = 20261121L;

  @TempDir private Path scratch;

  @TestFactory
  Stream<DynamicTest> whatAnsibleRuns() throws IOException, URISyntaxException {
    ParityCases cases = ParityCases.all();
    return cases.directories().stream()
        .filter(NoFalseErrorTest::isRun)
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getFileName().toString(), () -> nothingWrong(cases, each)));
  }

  /** Ansible came to run it, and no accepted difference says that Hearth refuses it before. */
  private static boolean isRun(Path recorded) {
    try {
      return RAN.contains(Files.readString(recorded.resolve("expected-exit")).strip())
          && Files.readString(recorded.resolve("expected.txt")).contains("PLAY [")
          && AcceptedDifferences.of(recorded).whole().isEmpty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void nothingWrong(ParityCases cases, Path recorded) throws IOException {
    ParityCases.Case here = cases.copy(recorded, scratch);

    InProcess check = here.hearth("check");

    assertThat(check.exit()).as(check.err()).isZero();
    assertThat(check.err()).doesNotContain("error: ");
  }

  @Test
  void thisRepositorysPlaybooks() {
    // The example inventory leaves this secret to its user's vault.
    InProcess check =
        InProcess.hearth(
            Path.of("").toAbsolutePath(), "check", "-e", "vault_komodo_passkey=anything");

    assertThat(check.exit()).as(check.err()).isZero();
    assertThat(check.out()).contains("playbooks/provision.yml: ").doesNotContain(" 1 error");
  }

  @Test
  void damagedPlaybooksGetNothingButDiagnostics() throws IOException {
    String whole = seedText();
    Random random = new Random(SEED);
    Files.writeString(scratch.resolve("hosts"), "host01\n");
    Set<Integer> seen = new TreeSet<>();
    for (int round = 0; round < 400; round++) {
      String damaged = damaged(whole, random);
      Files.writeString(scratch.resolve("play.yml"), damaged);
      InProcess check = InProcess.hearth(scratch, "check", "-i", "hosts", "play.yml");
      if (check.exit() == ExitCode.DEFECT.number()) {
        fail("round " + round + " of " + SEED + ":\n" + damaged + "\n" + check.err());
      }
      seen.add(check.exit());
      assertThat(check.err()).doesNotContain("Exception");
    }
    assertThat(seen).contains(ExitCode.INVALID.number());
  }

  private static String seedText() throws IOException {
    try (InputStream stream =
        NoFalseErrorTest.class.getResourceAsStream("/playbook/everything.yml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Characters and lines are taken out, doubled or replaced. */
  private static String damaged(String whole, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(whole.split("\n")));
    for (int damage = 0; damage <= random.nextInt(4); damage++) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      switch (random.nextInt(4)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        case 2 -> lines.set(at, line.replace("{{", "{%").replace("'", ""));
        default -> {
          int column = random.nextInt(line.length() + 1);
          lines.set(
              at,
              line.substring(0, column) + "|x(".charAt(random.nextInt(3)) + line.substring(column));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }
}
