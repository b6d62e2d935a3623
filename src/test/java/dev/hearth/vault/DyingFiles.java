package dev.hearth.vault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Real files that fail, or die, at one step. A death leaves everything as it is at that moment: no
 * later step does anything, so nothing is cleaned up, as after SIGKILL.
 */
final class DyingFiles implements FileLayer {

  /** What happens at the chosen step. */
  enum End {
    /** The step fails; what follows works. */
    FAILURE,
    /** The process dies before the step. */
    DEATH_BEFORE,
    /** The process dies after the step. */
    DEATH_AFTER,
    /** A write is cut in the middle by a full disk. */
    FULL,
    /** The process dies in the middle of a write. */
    DEATH_WITHIN
  }

  /** SIGKILL: not an exception that anybody handles. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private interface Step {
    void run() throws IOException;
  }

  private final DiskFiles real = new DiskFiles();
  private final int at;
  private final End end;
  private final Runnable killer;
  private int steps;
  private boolean dead;

  /** Files that never fail, to count the steps. */
  DyingFiles() {
    this(-1, End.FAILURE);
  }

  DyingFiles(int at, End end) {
    this(
        at,
        end,
        () -> {
          throw new Death();
        });
  }

  /** The same with another way to die. */
  DyingFiles(int at, End end, Runnable killer) {
    this.at = at;
    this.end = end;
    this.killer = killer;
  }

  int steps() {
    return steps;
  }

  private void step(Step whole, Step part) throws IOException {
    if (dead) {
      throw new Death();
    }
    boolean now = steps++ == at;
    if (!now) {
      whole.run();
      return;
    }
    switch (end) {
      case FAILURE -> throw new IOException("Input/output error");
      case FULL -> {
        part.run();
        throw new IOException("No space left on device");
      }
      case DEATH_BEFORE -> {
        dead = true;
        killer.run();
      }
      case DEATH_WITHIN -> {
        dead = true;
        part.run();
        killer.run();
      }
      case DEATH_AFTER -> {
        whole.run();
        dead = true;
        killer.run();
      }
    }
  }

  private void step(Step whole) throws IOException {
    step(whole, () -> {});
  }

  @Override
  public void create(Path file) throws IOException {
    step(() -> real.create(file));
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    step(() -> real.createDirectory(directory));
  }

  /** Each eighth of what is written is a step of its own. */
  @Override
  public void append(Path file, byte[] content) throws IOException {
    int eighth = content.length / 8 + 1;
    for (int from = 0; from < content.length; from += eighth) {
      int to = Math.min(content.length, from + eighth);
      byte[] piece = Arrays.copyOfRange(content, from, to);
      byte[] half = Arrays.copyOf(piece, piece.length / 2);
      step(() -> real.append(file, piece), () -> real.append(file, half));
    }
  }

  @Override
  public void overwrite(Path file) throws IOException {
    step(() -> real.overwrite(file));
  }

  @Override
  public void flush(Path file) throws IOException {
    step(() -> real.flush(file));
  }

  @Override
  public void takeOver(Path from, Path to, FileAccess access) throws IOException {
    step(() -> real.takeOver(from, to, access));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step(() -> real.rename(from, to));
  }

  @Override
  public void delete(Path file) throws IOException {
    step(() -> real.delete(file));
  }
}
