package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection to a host is cut anywhere, and the run is continued. */
final class CutConnectionTest {

  /** How many places lie between two cuts; {@code bench/kill} takes each one. */
  private static final int STRIDE = Integer.getInteger("hearth.cut.stride", 23);

  /** Each command counts how often it ran. */
  private static final String PLAY =
      """
      - hosts: alpha
        gather_facts: false
        tasks:
          - ansible.builtin.shell: echo a >>DIR/counts; echo said
            register: first
          - ansible.builtin.copy: {content: "{{ first.stdout }}", dest: DIR/copied}
            notify: tell
          - ansible.builtin.shell: cat >/dev/null; echo {{ item }} >>DIR/counts
            args: {stdin: "{{ 'some input ' * 2000 }}"}
            loop: [b, c]
          - ansible.builtin.lineinfile: {path: DIR/copied, line: more}
          - ansible.builtin.shell: echo d >>DIR/counts
          - ansible.builtin.file: {path: DIR/made, state: directory, mode: "0750"}
        handlers:
          - name: tell
            ansible.builtin.shell: echo handled >>DIR/counts
      """;

  @TempDir private Path directory;

  private HearthHere.Ended hearth(String... arguments) {
    return new HearthHere(directory).run(arguments);
  }

  @Test
  void aRunIsContinuedFromAnyPlaceOfAnyFrame() throws IOException {
    Path lab = Files.createDirectory(directory.resolve("lab"));
    Files.writeString(directory.resolve("play.yml"), PLAY.replace("DIR", lab.toString()));
    try (CuttingHost host = CuttingHost.start(Files.createDirectory(directory.resolve("host")))) {
      Files.writeString(
          directory.resolve("inventory"),
          "alpha ansible_host=127.0.0.1 ansible_port=%d ansible_user=keeper ansible_password=x\n"
              .formatted(host.port()));
      Files.createDirectories(directory.resolve(".ssh"));
      Files.copy(host.knownHosts(), directory.resolve(".ssh/known_hosts"));
      int cuts = 0;
      boolean more = true;
      for (int place = 1; more; place += STRIDE) {
        clear(lab, host);
        host.cutAt(place);
        HearthHere.Ended run = hearth("play", "-i", "inventory", "play.yml");
        String where = "cut at " + place + " " + host.cut();
        more = !host.cut().isEmpty();
        cuts += more ? 1 : 0;
        host.cutAt(0);
        if (run.exit() != ExitCode.OK.number()) {
          HearthHere.Ended resumed = hearth("resume");
          assertThat(resumed.exit())
              .as("%s: %s%s%s", where, run.err(), resumed.out(), resumed.err())
              .isZero();
        }
        assertThat(counted(lab)).as("%s: %s", where, run.err()).isEqualTo("a b c d handled");
        assertThat(lab.resolve("copied")).as(where).hasContent("said\nmore\n");
        assertThat(lab.resolve("made")).as(where).isDirectory();

        HearthHere.Ended torn =
            hearth("teardown", "alpha", "--receipt", "--yes", "-i", "inventory");
        String told = where + ": " + torn.out() + torn.err();
        assertThat(torn.exit()).as(told).isZero();
        assertThat(lab.resolve("copied")).as(told).doesNotExist();
        assertThat(lab.resolve("made")).as(told).doesNotExist();
      }
      System.out.println("cut and continued at " + cuts + " places: " + host.met());
      assertThat(cuts).isGreaterThan(100 / STRIDE);
    }
  }

  private static String counted(Path lab) throws IOException {
    return Files.readAllLines(lab.resolve("counts")).stream()
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private void clear(Path lab, CuttingHost host) throws IOException {
    Files.deleteIfExists(lab.resolve("counts"));
    for (Path tree : new Path[] {directory.resolve(".local"), host.home()}) {
      if (Files.exists(tree)) {
        try (Stream<Path> files = Files.walk(tree)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }
}
