package dev.hearth.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the ends of scripts. A worker that says nothing for long is looked at: when it waits
 * for a frame while its answer is waited for here, one of the two was lost, and neither would ever
 * notice.
 */
final class Vigil {

  private final Duration silence;
  private final Predicate<Worker> idle;

  /**
   * @param silence after so long a worker is looked at for the first time
   * @param idle whether a worker waits for a frame
   */
  Vigil(Duration silence, Predicate<Worker> idle) {
    this.silence = silence;
    this.idle = idle;
  }

  /**
   * How a frame ended.
   *
   * @return null when it did not end in time, or this thread is interrupted
   */
  Frame.@Nullable Ending ending(Worker worker, Frame frame, Optional<Duration> deadline) {
    long begin = System.nanoTime();
    Duration patience = silence;
    while (true) {
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      Duration next = patience.minus(worker.silence());
      Optional<Duration> left = deadline.map(limit -> limit.minus(waited));
      boolean last = left.isPresent() && left.get().compareTo(next) <= 0;
      Frame.@Nullable Ending ending = within(frame, last ? left.get() : next);
      if (ending != null || last || Thread.currentThread().isInterrupted()) {
        return ending;
      }
      if (worker.silence().compareTo(patience) >= 0) {
        if (idle.test(worker)) {
          worker.ended(
              "the shell on the host waits for a command and never told the last one's end");
        }
        // What takes long is looked at ever less often.
        patience = patience.multipliedBy(2);
      }
    }
  }

  /**
   * How a frame ended.
   *
   * @return null when it did not within that time, or this thread is interrupted
   */
  static Frame.@Nullable Ending within(Frame frame, Duration limit) {
    try {
      return frame.ending().get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return null;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a frame always ends normally", impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
