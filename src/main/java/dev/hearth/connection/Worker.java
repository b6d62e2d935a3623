package dev.hearth.connection;

import dev.hearth.connection.FrameWriter.Outgoing;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Renderer;
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
  private @Nullable Sender sender;
  private volatile long heard;
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
    worker.sender = new Sender(host, channel.stdin(), worker::unsent);
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
   *
   * @throws dev.hearth.diag.HearthException when a script cannot be sent at all; nothing is then
   */
  synchronized Batch send(List<Script> scripts) {
    List<String> texts = scripts.stream().map(Renderer::forWire).toList();
    List<Outgoing> frames = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Payload input = scripts.get(i).input();
      Frame frame =
          input instanceof Payload.Dialogue ? expect(UNUSUAL + Nonce.next(random)) : expect();
      frames.add(new Outgoing(frame, texts.get(i), input));
    }
    heard = System.nanoTime();
    Objects.requireNonNull(sender).send(List.copyOf(frames));
    return new Batch(frames.stream().map(Outgoing::frame).toList());
  }

  /** Sends an answer to a script that has asked; returns while it is being written. */
  void answer(String text) {
    Objects.requireNonNull(sender).send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The shell's process id on the host. */
  int pid() {
    return pid;
  }

  /** Whether it can still be spoken to. */
  boolean alive() {
    return lost == null;
  }

  /** For how long nothing was sent to it or heard of it; zero while something is being sent. */
  Duration silence() {
    return Objects.requireNonNull(sender).done()
        ? Duration.ofNanos(System.nanoTime() - heard)
        : Duration.ZERO;
  }

  @Override
  public void stdout(byte[] buffer, int offset, int length) {
    heard(stdout, buffer, offset, length);
  }

  @Override
  public void stderr(byte[] buffer, int offset, int length) {
    heard(stderr, buffer, offset, length);
  }

  private void heard(Demultiplexer stream, byte[] buffer, int offset, int length) {
    heard = System.nanoTime();
    try {
      stream.feed(buffer, offset, length);
    } catch (RuntimeException | Error defect) {
      // Whoever brings the bytes can do nothing about it; who waits for the answer is told.
      ended("the answers of the shell on the host cannot be told apart: " + defect);
      close();
    }
    news.release();
  }

  /** Whoever hears the end of the channel knows the reason better. */
  private void unsent(String reason) {
    awaitEnd(REASON);
    ended(reason);
    close();
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
