package dev.hearth.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Gives a sign of life again and again, until it is closed or a sign cannot be given. */
public final class Heartbeat implements AutoCloseable {

  private final Duration every;
  private final Runnable sign;
  private final Thread thread;
  private volatile boolean closed;

  private Heartbeat(String name, Duration every, Runnable sign) {
    this.every = every;
    this.sign = sign;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::beat);
  }

  /**
   * Begins; the first sign comes after the first pause.
   *
   * @param sign gives it; when it throws anything there is no way any more, which whoever needs the
   *     way finds out for himself
   */
  public static Heartbeat start(String name, Duration every, Runnable sign) {
    Heartbeat beats = new Heartbeat(name, every, sign);
    beats.thread.start();
    return beats;
  }

  private void beat() {
    try {
      while (!closed) {
        TimeUnit.NANOSECONDS.sleep(every.toNanos());
        sign.run();
      }
    } catch (InterruptedException | RuntimeException over) {
      return;
    }
  }

  /** A sign that is being given may still come to its end. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
