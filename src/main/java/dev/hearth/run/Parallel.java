package dev.hearth.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Works on many hosts at the same time, each on a virtual thread, so many at once as there are
 * forks. What they tell comes out in the order of the hosts, that of the first one while it still
 * works.
 */
final class Parallel {

  private final int forks;
  private final EventSink sink;

  Parallel(int forks, EventSink sink) {
    this.forks = forks;
    this.sink = sink;
  }

  /** One host's work. */
  interface Work<T> {
    T on(String host, Consumer<Event> tell) throws InterruptedException;
  }

  /** Does the work on all hosts and gives what it made of each, in their order. */
  <T> List<T> on(List<String> hosts, int most, Work<T> work) {
    Semaphore places = new Semaphore(Math.max(1, Math.min(forks, most)), true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Teller<T>> tellers = new ArrayList<>();
      for (String host : hosts) {
        tellers.add(new Teller<>(threads, places, host, work));
      }
      List<T> made = new ArrayList<>();
      try {
        for (Teller<T> teller : tellers) {
          made.add(teller.listen(sink));
        }
      } catch (InterruptedException stopped) {
        threads.shutdownNow();
        throw new Interrupted();
      }
      return made;
    }
  }

  /** One host's thread and the queue between it and the one who listens. */
  private static final class Teller<T> {
    private final LinkedBlockingQueue<Optional<Event>> said = new LinkedBlockingQueue<>();
    private final Future<T> future;

    Teller(ExecutorService threads, Semaphore places, String host, Work<T> work) {
      future =
          threads.submit(
              () -> {
                try {
                  places.acquire();
                  try {
                    return work.on(host, event -> said.add(Optional.of(event)));
                  } finally {
                    places.release();
                  }
                } finally {
                  said.add(Optional.empty());
                }
              });
    }

    T listen(EventSink sink) throws InterruptedException {
      for (Optional<Event> event = said.take(); event.isPresent(); event = said.take()) {
        sink.accept(event.get());
      }
      try {
        return future.get();
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException reason) {
          throw reason;
        }
        throw new IllegalStateException(failed.getCause());
      }
    }
  }
}
