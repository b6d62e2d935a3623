package dev.hearth.connection;

import dev.hearth.connection.FrameWriter.Outgoing;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes frames to a shell on threads of its own, one batch after the other. */
final class Sender {

  private final String host;
  private final OutputStream stdin;
  private final Consumer<String> broken;
  private @Nullable Thread last;

  /**
   * @param stdin what the shell reads
   * @param broken takes why nothing more can be written
   */
  Sender(String host, OutputStream stdin, Consumer<String> broken) {
    this.host = host;
    this.stdin = stdin;
    this.broken = broken;
  }

  /** Sends frames behind what is still being written, and returns meanwhile. */
  void send(List<Outgoing> frames) {
    inTurn(() -> frames(frames));
  }

  /** The same with bytes for a script that reads what comes. */
  void send(byte[] bytes) {
    inTurn(() -> bytes(bytes));
  }

  private synchronized void inTurn(Runnable writing) {
    Thread before = last;
    last =
        // Writing to a full pipe of this machine holds a thread of the system.
        Thread.ofPlatform()
            .daemon()
            .name("frames to " + host)
            .start(
                () -> {
                  awaitWritten(before);
                  writing.run();
                });
  }

  /** Whether nothing is left to be written. */
  synchronized boolean done() {
    return last == null || !last.isAlive();
  }

  /** Frames must not run into each other; a channel that takes no more ends the writing. */
  private static void awaitWritten(@Nullable Thread before) {
    if (before == null) {
      return;
    }
    try {
      before.join();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("nobody interrupts a writer", impossible);
    }
  }

  private void frames(List<Outgoing> frames) {
    FrameWriter writer = new FrameWriter(stdin);
    for (Outgoing outgoing : frames) {
      try {
        writer.write(outgoing);
        writer.flush();
      } catch (InputChanged changed) {
        outgoing.frame().end(new Frame.Ending.Unsent(changed));
        return;
      } catch (IOException failure) {
        refused(failure);
        return;
      } catch (RuntimeException | Error defect) {
        // Nobody waits for this thread; who waits for the answer would do so for ever.
        broken.accept("a command could not be sent: " + defect);
        return;
      }
    }
  }

  private void bytes(byte[] bytes) {
    try {
      stdin.write(bytes);
      stdin.flush();
    } catch (IOException failure) {
      refused(failure);
    }
  }

  private void refused(IOException failure) {
    broken.accept("the shell on the host takes no more input: " + failure.getMessage());
  }
}
