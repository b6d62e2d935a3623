package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.view.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * The setting {@code log_path}: what a run shows, line by line in a file too, in the form in which
 * Ansible writes it. It gets what the terminal gets, in which secrets are masked already; a new
 * file is its owner's alone.
 */
final class LogFile {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final Path file;
  private final Clock clock;

  LogFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * The terminal with the file beside it.
   *
   * @throws dev.hearth.diag.HearthException if the file cannot be written
   */
  Terminal beside(Terminal terminal) {
    try {
      if (!Files.exists(file)) {
        Path above = file.getParent();
        if (above != null) {
          Files.createDirectories(above);
        }
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      OutputStream log = Files.newOutputStream(file, StandardOpenOption.APPEND);
      return new Terminal(
          both(terminal.out(), log),
          both(terminal.err(), log),
          terminal.width(),
          terminal.palette());
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "cannot write the log " + file)
          .because(String.valueOf(failure))
          .next("correct log_path, or remove it")
          .failure();
    }
  }

  private PrintStream both(PrintStream shown, OutputStream log) {
    return new PrintStream(new Tee(shown, log), true, StandardCharsets.UTF_8);
  }

  /** Passes bytes on and writes each whole line to the log. */
  private final class Tee extends OutputStream {
    private final PrintStream shown;
    private final OutputStream log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Tee(PrintStream shown, OutputStream log) {
      this.shown = shown;
      this.log = log;
    }

    @Override
    public void write(int character) throws IOException {
      write(new byte[] {(byte) character}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      shown.write(bytes, from, length);
      for (int at = from; at < from + length; at++) {
        if (bytes[at] == '\n') {
          entry();
        } else {
          line.write(bytes[at]);
        }
      }
    }

    private void entry() throws IOException {
      String text = COLOUR.matcher(line.toString(StandardCharsets.UTF_8)).replaceAll("");
      line.reset();
      if (text.isBlank()) {
        return;
      }
      String entry =
          LocalDateTime.now(clock).format(TIME)
              + " p="
              + ProcessHandle.current().pid()
              + " u="
              + System.getProperty("user.name", "")
              + " n=hearth INFO| "
              + text
              + "\n";
      log.write(entry.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
      shown.flush();
      log.flush();
    }
  }
}
