package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A compression that Java does not know: the archive is unpacked by this machine's own program,
 * which sees nothing but its standard input, and what comes out is read as any other archive.
 */
enum Decompressor {
  /** {@code .tar.bz2}. */
  BZIP2("bzip2", "bzip2", "BZh"),
  /** {@code .tar.xz}. */
  XZ("xz", "xz-utils", "\u00fd7z");

  /** Archives are filled up with zeros, but not with so many. */
  private static final int MOST_BEHIND = 1 << 20;

  private final String program;
  private final String debian;
  private final String start;

  Decompressor(String program, String debian, String start) {
    this.program = program;
    this.debian = debian;
    this.start = start;
  }

  /** What reads the inside of an archive. */
  @FunctionalInterface
  interface Reader {
    void read(InputStream inside) throws IOException;
  }

  /** The one for a file that begins so, if it needs one. */
  static Optional<Decompressor> of(byte[] begin) {
    String text = new String(begin, StandardCharsets.ISO_8859_1);
    for (Decompressor each : values()) {
      if (text.startsWith(each.start)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads what is inside of a file.
   *
   * @throws IOException when it is damaged
   * @throws dev.hearth.diag.HearthException when the program is not there
   */
  void read(Path file, String shown, Location at, Reader reader) throws IOException {
    Process process = start(file, shown, at);
    try (InputStream inside = new BufferedInputStream(process.getInputStream())) {
      reader.read(inside);
      if (inside.readNBytes(MOST_BEHIND).length == MOST_BEHIND) {
        throw new IOException("there is too much behind its end");
      }
      if (process.waitFor() != 0) {
        throw new IOException(program + " says that it is damaged");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Path file, String shown, Location at) {
    try {
      return new ProcessBuilder(program, "-d", "-c")
          .redirectInput(file.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException missing) {
      throw Diagnostic.error(at, "cannot unpack " + shown)
          .exit(ExitCode.FAILED)
          .because("it is compressed with " + program + ", and this machine has no such program")
          .next("install " + debian + ", or use a .tar.gz")
          .failure();
    }
  }
}
