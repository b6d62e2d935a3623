package dev.hearth.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits, and can be interrupted. */
final class Waiting {

  private Waiting() {}

  /** Waits so many seconds. */
  static void seconds(double seconds) throws InterruptedException {
    Duration time = Keywords.duration(seconds);
    if (!time.isZero() && new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody opens this latch");
    }
  }
}
