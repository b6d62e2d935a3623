package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that says which hosts there are.
 *
 * @param file the executable file
 * @param workingDirectory where it is started
 * @param environment the environment variables that it sees
 * @param patience how long it may take
 */
record InventoryProgram(
    Path file, Path workingDirectory, Map<String, String> environment, Duration patience) {

  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final int SHOWN_LINES = 5;

  /** What one stream of it said, read on a thread of its own. */
  private static final class Drain {
    private final InputStream from;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread thread;

    Drain(InputStream from) {
      this.from = from;
      this.thread = Thread.ofPlatform().daemon().name("output of an inventory").start(this::read);
    }

    private void read() {
      try {
        byte[] chunk = new byte[8192];
        for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
          synchronized (bytes) {
            bytes.write(chunk, 0, Math.min(count, MOST_BYTES - bytes.size()));
          }
        }
      } catch (IOException ended) {
        // The program was stopped; what it said until then is enough.
      }
    }

    /** Whether the stream came to its end in time: a child of the program may hold it open. */
    boolean ended(long milliseconds) throws InterruptedException {
      return thread.join(Duration.ofMillis(Math.max(1, milliseconds)));
    }

    String text() {
      synchronized (bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
      }
    }

    byte[] whole() {
      synchronized (bytes) {
        return bytes.toByteArray();
      }
    }
  }

  /**
   * Whether the kernel can run a file: it may be executed and names an interpreter or is binary.
   */
  static boolean is(Path file) {
    return Files.isExecutable(file) && looksLikeOne(file);
  }

  /** Whether a file is made to be run, be it executable or not. */
  static boolean looksLikeOne(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      String start = new String(content.readNBytes(4), StandardCharsets.ISO_8859_1);
      return start.startsWith("#!") || start.equals("\u007fELF");
    } catch (IOException unreadable) {
      // Opening it in earnest tells why.
      return false;
    }
  }

  /**
   * What it prints for these arguments.
   *
   * @throws HearthException if it cannot be started, fails, takes too long or prints no UTF-8
   */
  Source ask(String... arguments) {
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    try {
      // Java throws away what is in a process's pipe, and its end, once the process has ended; what
      // a
      // child of it still says gets lost, or not, by chance. It does not meddle with another's
      // pipe.
      List<Process> started =
          ProcessBuilder.startPipeline(List.of(builder, new ProcessBuilder("/bin/cat")));
      return finished(started.getFirst(), started.getLast(), String.join(" ", command));
    } catch (IOException failure) {
      throw refused("the inventory program " + file + " cannot be run")
          .because(String.valueOf(failure.getMessage()))
          .next("check that the interpreter in its first line exists: head -1 " + file)
          .failure();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw refused("the inventory program " + file + " was interrupted").failure();
    }
  }

  /**
   * @param carrier passes the program's output on
   */
  private Source finished(Process process, Process carrier, String command)
      throws InterruptedException {
    Drain output = new Drain(carrier.getInputStream());
    Drain errors = new Drain(process.getErrorStream());
    long end = System.nanoTime() + patience.toNanos();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
          || !output.ended(left(end))) {
        throw refused("the inventory program " + file + " does not come to an end")
            .because(
                "'" + command + "' was stopped after " + patience.toSeconds() + " s" + said(errors))
            .next(
                "run it by hand and see; if it needs longer, set HEARTH_INVENTORY_TIMEOUT to more"
                    + " seconds")
            .failure();
      }
    } finally {
      // Its children hold our end of the streams open, so they end with it.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      // Of one that has ended this would throw away what it said last.
      if (process.isAlive()) {
        process.destroyForcibly();
      }
      carrier.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      errors.ended(left(end));
      throw refused("the inventory program " + file + " failed")
          .because("'" + command + "' ended with status " + process.exitValue() + said(errors))
          .next("run it by hand and see: " + command)
          .failure();
    }
    return new Source("output of " + command, text(output.whole(), command));
  }

  private static long left(long end) {
    return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
  }

  private static String said(Drain errors) {
    List<String> lines = errors.text().strip().lines().toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
    return last.isEmpty() ? "; it said nothing" : "; it said:\n" + String.join("\n", last);
  }

  private static String text(byte[] printed, String command) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(printed)).toString();
    } catch (CharacterCodingException notText) {
      throw refused("the output of '" + command + "' is not UTF-8")
          .because("an inventory program prints JSON")
          .next("run it by hand and see: " + command)
          .failure();
    }
  }

  private static Diagnostic refused(String summary) {
    return Diagnostic.error(ExitCode.INVALID, summary);
  }
}
