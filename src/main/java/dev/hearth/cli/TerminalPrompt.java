package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the person at the terminal; without one, reads a line of standard input, as Ansible does.
 */
final class TerminalPrompt {

  private final Environment environment;

  TerminalPrompt(Environment environment) {
    this.environment = environment;
  }

  /**
   * What is typed, not shown while it is typed. The array belongs to the caller.
   *
   * @throws dev.hearth.diag.HearthException when nobody answers
   */
  char[] ask(String question) {
    if (environment.interactive()) {
      Console console = Objects.requireNonNull(System.console());
      char[] typed = console.readPassword("%s", question);
      if (typed != null) {
        return typed;
      }
    }
    return typed()
        .orElseThrow(
            () ->
                Diagnostic.error(
                        ExitCode.VAULT_PASSWORD,
                        "nobody is there to answer '" + question.strip() + "'")
                    .because("standard input is not a terminal and has nothing more to read")
                    .next("give a file instead, such as --vault-password-file FILE")
                    .failure());
  }

  /** What is typed, shown or not; empty when nobody is there. */
  Optional<String> answer(String question, boolean hidden) {
    if (!environment.interactive()) {
      return Optional.empty();
    }
    Console console = Objects.requireNonNull(System.console());
    if (hidden) {
      char[] typed = console.readPassword("%s", question);
      return Optional.ofNullable(typed).map(String::new);
    }
    return Optional.ofNullable(console.readLine("%s", question));
  }

  /** What is typed behind a question that stands on standard output; empty when nothing is. */
  Optional<String> step(String question) {
    environment.out().print(question);
    environment.out().flush();
    return line();
  }

  private Optional<String> line() {
    return typed().map(String::new);
  }

  /** A line of standard input; nothing of it stays behind but the array. */
  private Optional<char[]> typed() {
    byte[] line = new byte[128];
    int length = 0;
    try {
      int read = environment.in().read();
      if (read < 0) {
        return Optional.empty();
      }
      for (; read >= 0 && read != '\n'; read = environment.in().read()) {
        if (length == line.length) {
          byte[] longer = Arrays.copyOf(line, 2 * length);
          Arrays.fill(line, (byte) 0);
          line = longer;
        }
        line[length] = (byte) read;
        length += read == '\r' ? 0 : 1;
      }
      return Optional.of(decoded(line, length));
    } catch (IOException closed) {
      return Optional.empty();
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  private static char[] decoded(byte[] line, int length) {
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line, 0, length));
    char[] characters = new char[text.remaining()];
    text.get(characters);
    text.clear();
    while (text.hasRemaining()) {
      text.put('\0');
    }
    return characters;
  }
}
