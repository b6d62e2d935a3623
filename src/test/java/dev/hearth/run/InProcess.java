package dev.hearth.run;

import dev.hearth.cli.CommandLineInterface;
import dev.hearth.cli.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What one command printed and how it ended. */
public record InProcess(int exit, String out, String err) {

  /** Runs the command line in a directory; its home is there too. */
  public static InProcess hearth(Path directory, String... arguments) {
    return hearth(directory, Map.of(), "", arguments);
  }

  /** The same with more variables in the environment, and with somebody who types. */
  public static InProcess hearth(
      Path directory, Map<String, String> more, String typed, String... arguments) {
    byte[] bytes = typed.getBytes(StandardCharsets.UTF_8);
    return hearth(directory, more, new ByteArrayInputStream(bytes), arguments);
  }

  /** The same with somebody who does more than type. */
  static InProcess hearth(
      Path directory, Map<String, String> more, InputStream typed, String... arguments) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("PATH", System.getenv("PATH"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Environment environment =
        new Environment(
            variables,
            directory,
            directory,
            typed,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    int exit = CommandLineInterface.run(environment, arguments);
    return new InProcess(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Writes a playbook for localhost with these tasks. */
  static void playbook(Path directory, String tasks) throws IOException {
    Files.writeString(
        directory.resolve("play.yml"),
        "- hosts: localhost\n  gather_facts: false\n  tasks:\n" + tasks.indent(4));
  }
}
