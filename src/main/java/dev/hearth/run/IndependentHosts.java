package dev.hearth.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The strategies {@code free} and {@code host_pinned}: every host goes through the play as fast as
 * it can, so many at once as there are forks. With {@code free} hosts take turns task by task; with
 * {@code host_pinned} a host that has begun goes on to the end.
 */
final class IndependentHosts {

  private final ReentrantLock baton = new ReentrantLock(true);
  private final Semaphore places;
  private final boolean pinned;
  private final EventSink sink;

  /** The task whose banner was shown last. */
  private Event.@Nullable TaskStarted shown;

  IndependentHosts(int forks, boolean pinned, EventSink sink) {
    this.places = new Semaphore(forks, true);
    this.pinned = pinned;
    this.sink = sink;
  }

  /** One host's way through the play. */
  interface Walk {
    void through(String host, Turn turn, EventSink sink);
  }

  /** Lets all hosts walk and waits for them. */
  void run(List<String> hosts, Walk walk) {
    Turn turn = Turn.shared(baton, pinned ? Optional.empty() : Optional.of(places));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      CountDownLatch before = new CountDownLatch(0);
      for (String host : hosts) {
        CountDownLatch previous = before;
        CountDownLatch begun = new CountDownLatch(1);
        before = begun;
        all.add(
            threads.submit(
                () -> begin(turn, previous, begun, () -> walk.through(host, turn, new Banners()))));
      }
      try {
        for (Future<?> each : all) {
          each.get();
        }
      } catch (InterruptedException stopped) {
        threads.shutdownNow();
        throw new Interrupted();
      } catch (ExecutionException failed) {
        threads.shutdownNow();
        if (failed.getCause() instanceof RuntimeException reason) {
          throw reason;
        }
        throw new IllegalStateException(failed.getCause());
      }
    }
  }

  /** Hosts begin in their order: none asks for its place or its turn before the one before it. */
  private void begin(Turn turn, CountDownLatch previous, CountDownLatch begun, Runnable work) {
    boolean placed = false;
    try {
      previous.await();
      if (pinned) {
        places.acquire();
        placed = true;
      }
      turn.inside(
          () -> {
            begun.countDown();
            work.run();
            return true;
          });
    } catch (InterruptedException stopped) {
      throw new Interrupted();
    } finally {
      begun.countDown();
      if (placed) {
        places.release();
      }
    }
  }

  private static boolean shows(Event event) {
    return event instanceof Event.HostDone
        || event instanceof Event.Included
        || event instanceof Event.Retrying;
  }

  /** Shows a task's banner when it has a result to show, and not twice in a row. */
  private final class Banners implements EventSink {
    private Event.@Nullable TaskStarted waiting;

    @Override
    public void accept(Event event) {
      baton.lock();
      try {
        if (event instanceof Event.TaskStarted started) {
          waiting = started;
          return;
        }
        Event.TaskStarted banner = waiting;
        if (banner != null && shows(event) && !banner.equals(shown)) {
          sink.accept(banner);
          shown = banner;
        }
        sink.accept(event);
      } finally {
        baton.unlock();
      }
    }
  }
}
