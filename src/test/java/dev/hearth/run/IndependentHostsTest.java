package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that go through a play by themselves. */
class IndependentHostsTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void beginInTheirOrder(boolean pinned) {
    List<String> hosts = IntStream.range(0, 12).mapToObj(i -> "h" + i).toList();
    for (int round = 0; round < 200; round++) {
      List<String> begun = Collections.synchronizedList(new ArrayList<>());
      new IndependentHosts(1, pinned, event -> {})
          .run(
              hosts,
              (host, turn, sink) -> {
                begun.add(host);
                turn.away(() -> true);
              });

      assertThat(begun).isEqualTo(hosts);
    }
  }
}
