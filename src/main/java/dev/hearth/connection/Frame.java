package dev.hearth.connection;

import dev.hearth.shell.Outcome;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One script on its way: how its answer is recognised, and what came of it so far. */
final class Frame {

  /** How the answer ended: with an exit status, or because the channel did. */
  sealed interface Ending {
    /** The exit status came on both streams. */
    record Status(int code) implements Ending {}

    /** The channel ended first. */
    record Lost(String reason) implements Ending {}

    /** The input could not be sent. */
    record Unsent(InputChanged why) implements Ending {}
  }

  private final String nonce;
  private final Consumer<Frame> whenEnded;
  private final Part out = new Part();
  private final Part err = new Part();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();

  /**
   * A frame that nothing has come of yet.
   *
   * @param nonce marks its answer
   * @param whenEnded is told once
   */
  Frame(String nonce, Consumer<Frame> whenEnded) {
    this.nonce = nonce;
    this.whenEnded = whenEnded;
  }

  /** It ended; only the first ending counts. */
  void end(Ending how) {
    if (ending.complete(how)) {
      whenEnded.accept(this);
    }
  }

  /** One of the two streams of the answer. */
  static final class Part {
    private final BoundedOutput before = new BoundedOutput(64 * 1024);
    private final BoundedOutput content = new BoundedOutput(BoundedOutput.LIMIT);
    private volatile boolean started;
    private volatile boolean finished;
    private @Nullable Consumer<byte[]> ear;

    /** What came before the answer began; of interest only while a worker starts. */
    BoundedOutput before() {
      return before;
    }

    /** What the script wrote. */
    BoundedOutput content() {
      return content;
    }

    /** The script wrote more. */
    synchronized void write(byte[] buffer, int offset, int length) {
      content.add(buffer, offset, length);
      if (ear != null && length > 0) {
        ear.accept(Arrays.copyOfRange(buffer, offset, offset + length));
      }
    }

    /** From now on all that the script writes is told at once, and first what it wrote before. */
    synchronized void tell(Consumer<byte[]> listener) {
      byte[] before = content.bytes();
      if (before.length > 0) {
        listener.accept(before);
      }
      ear = listener;
    }

    void start() {
      started = true;
    }
  }

  String nonce() {
    return nonce;
  }

  Part out() {
    return out;
  }

  Part err() {
    return err;
  }

  CompletableFuture<Ending> ending() {
    return ending;
  }

  /** Whether the host has certainly begun to run it. */
  boolean started() {
    return out.started || err.started;
  }

  /** The status came on one stream; the frame is finished when it came on both. */
  synchronized void finish(Part part, int status) {
    part.finished = true;
    if (out.finished && err.finished) {
      end(new Ending.Status(status));
    }
  }

  /** The outcome, once the ending is a status. */
  Outcome.Exited exited(Ending.Status status) {
    return new Outcome.Exited(status.code(), out.content.bytes(), err.content.bytes());
  }
}
