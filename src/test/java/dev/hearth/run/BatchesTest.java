package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void aNumber() {
    assertThat(sizes(5, Value.number(2))).containsExactly(2, 2, 1);
  }

  @Test
  void aPercentageOfAllHostsAndAtLeastOne() {
    assertThat(sizes(10, Value.text("30%"))).containsExactly(3, 3, 3, 1);
    assertThat(sizes(3, Value.text("10%"))).containsExactly(1, 1, 1);
  }

  @Test
  void theLastOfAListRepeats() {
    assertThat(sizes(8, list(Value.number(1), Value.text("25%"), Value.text("3"))))
        .containsExactly(1, 2, 3, 2);
  }

  @Test
  void zeroMeansAll() {
    assertThat(sizes(4, Value.number(0))).containsExactly(4);
  }

  @Test
  void everyHostIsInExactlyOneBatchAndTheOrderStays() {
    List<String> hosts = hosts(7);
    assertThat(
            Batches.of(hosts, list(Value.number(2), Value.number(3)), located(Value.number(2)))
                .stream()
                .flatMap(List::stream))
        .containsExactlyElementsOf(hosts);
  }

  @Test
  void anythingElseIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> sizes(3, Value.text("some")))
        .isInstanceOfSatisfying(
            TemplateFailure.class,
            failure -> {
              assertThat(failure.diagnostic().summary()).contains("'some'");
              assertThat(failure.diagnostic().at()).isPresent();
              assertThat(failure.diagnostic().next()).contains("percentage");
            });
  }

  private static List<Integer> sizes(int hosts, Value serial) {
    return Batches.of(hosts(hosts), serial, located(serial)).stream().map(List::size).toList();
  }

  private static List<String> hosts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "h" + i).toList();
  }

  private static Value list(Value... items) {
    return new Value.Seq(List.of(items));
  }

  private static Located located(Value value) {
    return new Located(value, Location.startOf(Source.of("play.yml", "serial: x\n")));
  }
}
