package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ParallelTest {

  private static final List<String> HOSTS = List.of("h1", "h2", "h3", "h4", "h5", "h6");

  private final List<Event> told = new ArrayList<>();

  /** Later hosts finish first: each waits for the one behind it. */
  @Test
  void eventsAndResultsComeInTheOrderOfTheHosts() {
    List<CountDownLatch> done = HOSTS.stream().map(host -> new CountDownLatch(1)).toList();

    List<String> made =
        new Parallel(HOSTS.size(), told::add)
            .on(
                HOSTS,
                Integer.MAX_VALUE,
                (host, tell) -> {
                  int index = HOSTS.indexOf(host);
                  if (index + 1 < HOSTS.size()) {
                    done.get(index + 1).await();
                  }
                  tell.accept(event(host + " first"));
                  tell.accept(event(host + " second"));
                  done.get(index).countDown();
                  return host + " made";
                })
            .all();

    assertThat(made).containsExactlyElementsOf(HOSTS.stream().map(h -> h + " made").toList());
    assertThat(told)
        .containsExactlyElementsOf(
            HOSTS.stream()
                .flatMap(host -> List.of(event(host + " first"), event(host + " second")).stream())
                .toList());
  }

  @Test
  void noMoreHostsWorkAtOnceThanThereAreForks() {
    assertThat(mostAtOnce(2, Integer.MAX_VALUE)).isLessThanOrEqualTo(2);
  }

  @Test
  void throttleBoundsBelowTheForks() {
    assertThat(mostAtOnce(6, 1)).isEqualTo(1);
  }

  @Test
  void allForksAreUsed() {
    CountDownLatch three = new CountDownLatch(3);

    List<Boolean> made =
        new Parallel(3, told::add)
            .on(
                HOSTS.subList(0, 3),
                Integer.MAX_VALUE,
                (host, tell) -> {
                  three.countDown();
                  three.await();
                  return true;
                })
            .all();

    assertThat(made).containsExactly(true, true, true);
  }

  @Test
  void aFailureOfTheWorkItselfReachesTheCaller() {
    assertThatThrownBy(
            () ->
                new Parallel(2, told::add)
                    .on(
                        HOSTS,
                        Integer.MAX_VALUE,
                        (host, tell) -> {
                          throw new IllegalArgumentException("defect on " + host);
                        }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("defect on h1");
  }

  private int mostAtOnce(int forks, int throttle) {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    new Parallel(forks, told::add)
        .on(
            HOSTS,
            throttle,
            (host, tell) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              return now.decrementAndGet();
            });
    return most.get();
  }

  private static Event event(String text) {
    return new Event.Warned(Diagnostic.error(ExitCode.INVALID, text));
  }

  @Test
  void whenItIsInterruptedWhatIsFinishedCountsAndTheRestIsEnded() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    List<Event> heard = new ArrayList<>();
    Parallel parallel = new Parallel(2, heard::add);
    AtomicReference<Parallel.Made<String>> made = new AtomicReference<>();
    AtomicReference<Boolean> refused = new AtomicReference<>();
    Thread run =
        new Thread(
            () -> {
              made.set(
                  parallel.on(
                      List.of("h1", "h2"),
                      Integer.MAX_VALUE,
                      (host, tell) -> {
                        if (host.equals("h2")) {
                          tell.accept(event("h2 done"));
                          second.countDown();
                          return host;
                        }
                        try {
                          new CountDownLatch(1).await();
                        } finally {
                          ended.countDown();
                        }
                        return host;
                      }));
              Thread.currentThread().interrupt();
              refused.set(
                  catchThrowable(() -> parallel.on(List.of("h2"), 1, (host, tell) -> host))
                      instanceof Interrupted);
            });
    run.start();
    second.await();
    while (run.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    run.interrupt();
    run.join();

    assertThat(ended.getCount()).isZero();
    assertThat(made.get().cut()).contains("h1");
    assertThat(made.get().all().size() + made.get().cut().size()).isEqualTo(2);
    assertThat(refused.get()).isTrue();
  }
}
