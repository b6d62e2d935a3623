package dev.hearth.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The program in this process, in a directory that is its user's home as well.
 *
 * @param directory the directory
 * @param variables what the environment has besides {@code PATH}
 */
record HearthHere(Path directory, Map<String, String> variables) {

  HearthHere(Path directory) {
    this(directory, Map.of());
  }

  /** The same with these variables of the environment. */
  HearthHere with(Map<String, String> more) {
    return new HearthHere(directory, more);
  }

  /** How a command ended and what it said. */
  record Ended(int exit, String out, String err) {}

  /** Runs a command. */
  Ended run(String... arguments) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("PATH", System.getenv("PATH"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        CommandLineInterface.run(
            new Environment(
                all,
                directory,
                directory,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false),
            arguments);
    return new Ended(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
