package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.plan.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often tasks were tried again. */
final class RepeatCountTest {

  private static Event again(String host, String task, int left) {
    return new Event.Retrying(host, task, left, Result.ok(), Event.Detail.ALWAYS);
  }

  @Test
  void eachTryOfEachHostCountsAndAllGoesOn() {
    List<Event> passed = new ArrayList<>();
    Map<String, Integer> repeats = new LinkedHashMap<>();
    RepeatCount count = new RepeatCount(passed::add, repeats);
    List<Event> events =
        List.of(
            again("a", "wait", 2),
            again("a", "wait", 1),
            new Event.Said("", "something else"),
            again("b", "wait", 2),
            again("a", "other", 0));

    events.forEach(count::accept);

    assertThat(passed).isEqualTo(events);
    assertThat(repeats).containsExactly(Map.entry("wait", 3), Map.entry("other", 1));
  }
}
