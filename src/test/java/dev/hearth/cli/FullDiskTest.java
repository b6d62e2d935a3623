package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * This machine's disk has no room for what a run writes down. The limit of a file's size stands for
 * it: a write is refused by the kernel, in the middle of a record too.
 */
final class FullDiskTest {

  private static final int ITEMS = 60;

  /** In blocks of 512 bytes: room for the journal's beginning. */
  private static final String LIMIT = "40";

  @TempDir private Path directory;

  private int hearth(String before, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of("sh", "-c", before + " exec \"$@\"", "sh"),
                HearthProcess.command(arguments).stream())
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:-UsePerfData");
    return builder.start().waitFor();
  }

  private String said(String name) throws IOException {
    return Files.readString(directory.resolve(name), UTF_8);
  }

  @Test
  void aRunStopsBeforeWhatItCannotWriteDownAndIsContinued() throws Exception {
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          tasks:
            - ansible.builtin.shell: echo {{ item }} >>DIR/counts
              loop: "{{ range(ITEMS) | list }}"
              ignore_errors: true
            - ansible.builtin.copy: {content: x, dest: DIR/last}
        """
            .replace("DIR", directory.toString())
            .replace("ITEMS", Integer.toString(ITEMS)));

    int full =
        hearth("ulimit -f " + LIMIT + ";", "play", "play.yml", "-i", "localhost,", "-c", "local");

    assertThat(full).as(said("err")).isIn(ExitCode.FAILED.number(), ExitCode.HOSTS_FAILED.number());
    assertThat(said("err"))
        .containsOnlyOnce("localhost.journal cannot be written")
        .contains("nothing is done that is not written down first", "check the free space");
    assertThat(directory.resolve("last")).doesNotExist();
    assertThat(Files.readAllLines(directory.resolve("counts"))).hasSizeBetween(5, ITEMS - 1);

    int resumed = hearth("", "resume");

    assertThat(resumed).as(said("out") + said("err")).isZero();
    assertThat(Files.readAllLines(directory.resolve("counts")))
        .containsExactlyElementsOf(IntStream.range(0, ITEMS).mapToObj(Integer::toString).toList());
    assertThat(directory.resolve("last")).exists();
    assertThat(
            hearth(
                "",
                "teardown",
                "localhost",
                "-i",
                "localhost,",
                "-c",
                "local",
                "--receipt",
                "--yes"))
        .as(said("err"))
        .isZero();
    assertThat(directory.resolve("last")).doesNotExist();
    assertThat(said("out"))
        .as("what is alike is told once")
        .contains("play.yml:4:7)  " + ITEMS + " times");
  }
}
