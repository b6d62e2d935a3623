package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run in which a single thread of the system carries all virtual ones, as it comes to that on a
 * small machine: whoever waits for a pipe on a virtual thread would stop everybody.
 */
final class OneProcessorTest {

  @TempDir Path directory;

  @Test
  void aRunOnThisMachineComesToItsEnd() throws IOException, InterruptedException {
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: [a, b, c]
          gather_facts: false
          tasks:
            - command: echo {{ inventory_hostname }}
            - copy: {content: "{{ 'x' * 200000 }}", dest: "{{ playbook_dir }}/{{ inventory_hostname }}"}
            - command: sleep 1
            - copy: {src: "{{ playbook_dir }}/a", dest: "{{ playbook_dir }}/copy of a"}
              run_once: true
        """);
    List<String> command =
        new ArrayList<>(HearthProcess.command("play", "-c", "local", "-i", "a,b,c", "play.yml"));
    command.addAll(
        1,
        List.of(
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1"));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();

    boolean over = process.waitFor(120, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();

    String said = Files.readString(directory.resolve("out"), UTF_8);
    assertThat(over).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}
