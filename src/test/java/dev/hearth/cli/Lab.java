package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A user's directory with the program in it: files are written, commands run in this process. */
final class Lab {

  private final Path directory;
  private final Path home;

  Lab(Path directory) {
    this.directory = directory.resolve("lab");
    this.home = directory.resolve("home");
    try {
      Files.createDirectories(this.directory);
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command said and how it ended. */
  record Said(int exit, String out, String err) {

    /** Asserts the exit code and that there is exactly one message, with these parts in it. */
    Said oneMessage(ExitCode code, String... parts) {
      return messages(code, 1, parts);
    }

    /** Asserts the exit code and so many messages, with these parts in them. */
    Said messages(ExitCode code, int count, String... parts) {
      assertThat(errors()).as(err).hasSize(count);
      assertThat(err).contains(parts).doesNotContain("warning: ").contains("  next: ");
      assertThat(exit).as(err).isEqualTo(code.number());
      return this;
    }

    private List<String> errors() {
      return err.lines().filter(line -> line.startsWith("error: ")).toList();
    }
  }

  /** Writes a file of the lab, with its directories. */
  Path write(String name, String text) {
    Path file = directory.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A playbook on this machine: its first task makes a file, and what is given comes after it. The
   * given text is YAML of tasks, without indentation.
   */
  Path playbook(String tasks) {
    return write(
        "play.yml",
        """
        - hosts: localhost
          connection: local
          gather_facts: false
          tasks:
            - ansible.builtin.copy: {content: x, dest: %s}
        %s\
        """
            .formatted(marker(), tasks.indent(4)));
  }

  /** The file that exists once a task has run. */
  Path marker() {
    return directory.resolve("marker");
  }

  /** Asserts that no task has run. */
  void unchanged() {
    assertThat(marker()).doesNotExist();
  }

  Path directory() {
    return directory;
  }

  Path home() {
    return home;
  }

  Said hearth(String... args) {
    return hearth(Map.of(), args);
  }

  Said hearth(Map<String, String> variables, String... args) {
    return hearth(variables, InputStream.nullInputStream(), args);
  }

  /** Runs it with a text on its standard input. */
  Said fed(String input, String... args) {
    return hearth(Map.of(), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
  }

  private Said hearth(Map<String, String> variables, InputStream input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Environment environment =
        new Environment(
            variables,
            directory,
            home,
            input,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    int exit = CommandLineInterface.run(environment, args);
    return new Said(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
