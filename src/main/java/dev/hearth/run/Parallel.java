package dev.hearth.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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

  /**
   * What came of the work.
   *
   * @param all what it made of each host, in their order
   * @param cut hosts on which it was stopped in the middle; nothing was made of them
   */
  record Made<T>(List<T> all, List<String> cut) {}

  /**
   * Does the work on all hosts. When this thread is interrupted, the work that is under way is
   * interrupted too and waited for; what is finished counts.
   *
   * @throws Interrupted when this thread was interrupted before
   */
  <T> Made<T> on(List<String> hosts, int most, Work<T> work) {
    if (Thread.interrupted()) {
      throw new Interrupted();
    }
    Semaphore places = new Semaphore(Math.max(1, Math.min(forks, most)), true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Teller<T>> tellers = new ArrayList<>();
      CountDownLatch before = new CountDownLatch(0);
      for (String host : hosts) {
        Teller<T> teller = new Teller<>(threads, places, before, host, work);
        tellers.add(teller);
        before = teller.begun;
      }
      List<T> made = new ArrayList<>();
      try {
        for (Teller<T> teller : tellers) {
          made.add(teller.listen(sink));
        }
        return new Made<>(made, List.of());
      } catch (InterruptedException stopped) {
        List<Teller<T>> rest = tellers.subList(made.size(), tellers.size());
        List<Teller<T>> finished = rest.stream().filter(teller -> teller.future.isDone()).toList();
        threads.shutdownNow();
        finished.forEach(teller -> made.add(teller.rest(sink)));
        List<String> cut =
            rest.stream()
                .filter(teller -> !finished.contains(teller))
                .map(teller -> teller.host)
                .toList();
        if (cut.isEmpty()) {
          Thread.currentThread().interrupt();
        }
        return new Made<>(made, cut);
      }
    }
  }

  /** One host's thread and the queue between it and the one who listens. */
  private static final class Teller<T> {
    private final LinkedBlockingQueue<Optional<Event>> said = new LinkedBlockingQueue<>();
    private final String host;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Future<T> future;

    /**
     * @param before opens when the host before this one has begun: they begin in their order
     */
    Teller(
        ExecutorService threads,
        Semaphore places,
        CountDownLatch before,
        String host,
        Work<T> work) {
      this.host = host;
      future =
          threads.submit(
              () -> {
                try {
                  before.await();
                  places.acquire();
                  begun.countDown();
                  try {
                    return work.on(host, event -> said.add(Optional.of(event)));
                  } finally {
                    places.release();
                  }
                } finally {
                  begun.countDown();
                  said.add(Optional.empty());
                }
              });
    }

    T listen(EventSink sink) throws InterruptedException {
      for (Optional<Event> event = said.take(); event.isPresent(); event = said.take()) {
        sink.accept(event.get());
      }
      return made();
    }

    /** What a thread that has ended said and made. */
    T rest(EventSink sink) {
      for (Optional<Event> event = said.poll();
          event != null && event.isPresent();
          event = said.poll()) {
        sink.accept(event.get());
      }
      try {
        return made();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException("it has ended", impossible);
      }
    }

    private T made() throws InterruptedException {
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
