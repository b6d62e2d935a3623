package dev.hearth.vars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class AllCoresTest {

  @Test
  void keepsTheOrder() {
    List<Integer> all = IntStream.range(0, 500).boxed().toList();
    assertThat(AllCores.map(all, number -> number * 2))
        .containsExactlyElementsOf(all.stream().map(number -> number * 2).toList());
    assertThat(AllCores.map(List.of(), number -> number)).isEmpty();
  }

  @Test
  @Timeout(60)
  void doesTwoAtOnce() {
    CyclicBarrier both = new CyclicBarrier(2);
    List<Integer> places =
        AllCores.map(
            List.of(1, 2),
            number -> {
              try {
                return both.await();
              } catch (InterruptedException | BrokenBarrierException alone) {
                throw new IllegalStateException(alone);
              }
            });
    assertThat(places).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void theFirstFailureOfTheirOrderCounts() {
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    for (int round = 0; round < 50; round++) {
      done.clear();
      assertThatThrownBy(
              () ->
                  AllCores.map(
                      IntStream.range(0, 100).boxed().toList(),
                      number -> {
                        if (number == 7 || number == 8) {
                          throw new IllegalArgumentException("no " + number);
                        }
                        return done.add(number);
                      }))
          .hasMessage("no 7");
      assertThat(done).as("those before it").contains(0, 1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void keepsAnInterruptForItsCaller() {
    Thread.currentThread().interrupt();
    assertThat(AllCores.map(List.of(1, 2, 3), number -> number)).containsExactly(1, 2, 3);
    assertThat(Thread.interrupted()).isTrue();
  }
}
