package dev.hearth.connection;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One long-lived shell on a host that answers frames, see {@link WorkerProgram}. */
final class Worker implements Receiver {

  /** How long to wait for the channel itself to say why it broke. */
  private static final Duration REASON = Duration.ofSeconds(2);

  /**
   * Begins the mark of an answer that is read as it comes: output that ends like the beginning of
   * the mark is held back, and a question must not be.
   */
  private static final String UNUSUAL = "\036";

  private final String host;
  private final SecureRandom random;
  private final Demultiplexer stdout = new Demultiplexer(Frame::out);
  private final Demultiplexer stderr = new Demultiplexer(Frame::err);
  private final Set<Frame> pending = ConcurrentHashMap.newKeySet();
  private final Semaphore news = new Semaphore(0);
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile @Nullable String lost;
  private @Nullable ShellChannel channel;
  private @Nullable Thread writer;
  private int pid;

  private Worker(String host, SecureRandom random) {
    this.host = host;
    this.random = random;
  }

  /**
   * Starts a shell and waits until it greets.
   *
   * @throws Unreachable when the host gives no shell
   * @throws BecomeRefused when it gives none to that user
   */
  static Worker start(
      String host, ChannelOpener opener, Become become, Duration limit, SecureRandom random) {
    Worker worker = new Worker(host, random);
    Elevation elevation = Elevation.of(become, Nonce.next(random));
    Frame greeting = worker.expect();
    ShellChannel channel =
        opener.open(elevation.command(WorkerProgram.text(greeting.nonce())), worker);
    worker.channel = channel;
    try {
      worker.pid = worker.converse(greeting, elevation, channel, limit);
      return worker;
    } catch (RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /** Waits for the greeting; answers one question for a password. */
  private int converse(Frame greeting, Elevation elevation, ShellChannel channel, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    boolean answered = false;
    while (!greeting.ending().isDone()) {
      // busybox's su asks on its standard output.
      int questions =
          elevation.questions(greeting.err().before().text())
              + elevation.questions(greeting.out().before().text());
      if (questions > (answered ? 1 : 0)) {
        if (answered || elevation.password().isEmpty()) {
          throw (answered ? ElevationFailure.WRONG_PASSWORD : ElevationFailure.NO_PASSWORD)
              .on(host, elevation, greeting.err().before().text());
        }
        answer(channel.stdin(), elevation);
        answered = true;
      }
      if (!waitForNews(end - System.nanoTime())) {
        throw silent(elevation, limit);
      }
    }
    return switch (greeting.ending().join()) {
      case Frame.Ending.Status status -> status.code();
      case Frame.Ending.Lost ended -> throw refused(elevation, greeting, ended.reason(), answered);
      case Frame.Ending.Unsent unsent ->
          throw new IllegalStateException("a greeting has no input", unsent.why());
    };
  }

  private boolean waitForNews(long nanos) {
    try {
      boolean some = news.tryAcquire(nanos, TimeUnit.NANOSECONDS);
      news.drainPermits();
      return some;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RunStopped(host);
    }
  }

  private static void answer(OutputStream stdin, Elevation elevation) {
    try {
      String line = elevation.password().orElseThrow().reveal() + "\n";
      stdin.write(line.getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException broken) {
      // The channel has ended; the receiver is told why.
      return;
    }
  }

  private RuntimeException silent(Elevation elevation, Duration limit) {
    String waited = " gave no answer within " + limit.toSeconds() + " s";
    if (elevation.user().isEmpty()) {
      return new Unreachable(
          Diagnostic.error(ExitCode.UNREACHABLE, host + ": the shell" + waited)
              .next("log in by hand and see what the user's login shell waits for"));
    }
    return new BecomeRefused(
        Diagnostic.error(
                ExitCode.BECOME,
                host + ": cannot become " + elevation.user() + ": " + elevation.method() + waited)
            .next("try the same by hand; a slow name service is a frequent reason"));
  }

  private RuntimeException refused(
      Elevation elevation, Frame greeting, String reason, boolean answered) {
    String errors = greeting.err().before().text();
    if (!elevation.user().isEmpty()) {
      ElevationFailure failure = ElevationFailure.in(elevation.withoutPrompt(errors));
      boolean wrong = answered && failure == ElevationFailure.NO_PASSWORD;
      return (wrong ? ElevationFailure.WRONG_PASSWORD : failure).on(host, elevation, errors);
    }
    String written = HostText.lastLines(greeting.out().before().text() + "\n" + errors);
    return new Unreachable(
        Diagnostic.error(
                ExitCode.UNREACHABLE, host + ": the user's login shell gave no POSIX shell")
            .because(written.isEmpty() ? reason : written)
            .next("check that the user may run commands on the host and that /bin/sh is there"));
  }

  private Frame expect() {
    return expect(Nonce.next(random));
  }

  private Frame expect(String nonce) {
    Frame frame = new Frame(nonce, this::forget);
    pending.add(frame);
    stdout.expect(frame);
    stderr.expect(frame);
    String reason = lost;
    if (reason != null) {
      frame.end(new Frame.Ending.Lost(reason));
    }
    return frame;
  }

  private void forget(Frame frame) {
    pending.remove(frame);
    news.release();
  }

  /**
   * Sends frames for all scripts at once, behind those that are still being written; returns while
   * they are being written.
   */
  synchronized Batch send(List<Script> scripts) {
    List<Frame> frames = new ArrayList<>();
    scripts.forEach(
        script ->
            frames.add(
                script.input() instanceof Payload.Dialogue
                    ? expect(UNUSUAL + Nonce.next(random))
                    : expect()));
    Thread before = writer;
    writer =
        // Writing to a full pipe of this machine holds a thread of the system.
        Thread.ofPlatform()
            .daemon()
            .name("frames to " + host)
            .start(
                () -> {
                  awaitWritten(before);
                  write(List.copyOf(frames), scripts);
                });
    return new Batch(frames);
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

  private void write(List<Frame> frames, List<Script> scripts) {
    ShellChannel to = Objects.requireNonNull(channel);
    FrameWriter writer = new FrameWriter(to.stdin());
    for (int i = 0; i < frames.size(); i++) {
      try {
        writer.write(frames.get(i), scripts.get(i));
        writer.flush();
      } catch (InputChanged changed) {
        frames.get(i).end(new Frame.Ending.Unsent(changed));
        return;
      } catch (IOException broken) {
        // Whoever hears the end of the channel knows the reason better.
        awaitEnd(REASON);
        ended("the shell on the host takes no more input: " + broken.getMessage());
        return;
      }
    }
  }

  /** What a script that is answered reads; to be written to once it has begun. */
  OutputStream stdin() {
    return Objects.requireNonNull(channel).stdin();
  }

  /** The shell's process id on the host. */
  int pid() {
    return pid;
  }

  /** Whether it can still be spoken to. */
  boolean alive() {
    return lost == null;
  }

  @Override
  public void stdout(byte[] buffer, int offset, int length) {
    stdout.feed(buffer, offset, length);
    news.release();
  }

  @Override
  public void stderr(byte[] buffer, int offset, int length) {
    stderr.feed(buffer, offset, length);
    news.release();
  }

  @Override
  public void ended(String reason) {
    if (lost == null) {
      lost = reason;
    }
    pending.forEach(frame -> frame.end(new Frame.Ending.Lost(reason)));
    end.countDown();
  }

  /** Waits until the shell has said all that it had to say. */
  void awaitEnd(Duration limit) {
    try {
      end.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the shell go; it ends by itself when it reads the end of its input. */
  void close() {
    if (channel != null) {
      channel.close();
    }
  }

  /** Frames on their way. */
  record Batch(List<Frame> frames) {

    /** Keeps its own copy. */
    Batch {
      frames = List.copyOf(frames);
    }
  }
}
