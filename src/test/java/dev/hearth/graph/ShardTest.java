package dev.hearth.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a run that need nothing of each other. */
final class ShardTest {

  private static final List<String> HOSTS = List.of("a", "b", "c", "d", "e");

  private static List<String> part(String shard, String services) {
    Bootstrap bootstrap = BootstrapReader.read(Source.of("bootstrap.yml", services));
    return Shard.parse(shard)
        .part(HOSTS, bootstrap.services(), service -> List.of(service.hosts().split(":")));
  }

  private static final String LAB =
      """
      services:
        core: {hosts: a, gates: [{tcp: {port: 1}, deadline: 1s}]}
        agent: {hosts: "d:away", needs: [core], gates: [{tcp: {port: 1}, deadline: 1s}]}
        far: {hosts: e, needs: [agent], gates: [{tcp: {port: 1}, deadline: 1s}]}
        alone: {hosts: b, gates: [{tcp: {port: 1}, deadline: 1s}]}
      """;

  @Test
  void whatNeedsEachOtherStaysTogether() {
    assertThat(part("1/2", LAB)).containsExactly("a", "c", "d", "e");
    assertThat(part("2/2", LAB)).containsExactly("b");
    assertThat(part("1/1", LAB)).isEqualTo(HOSTS);
    assertThat(part("4/4", LAB)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyHostIsInExactlyOnePart(int parts) {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= parts; i++) {
      all.addAll(part(i + "/" + parts, LAB));
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(HOSTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0/2", "3/2", "a/b", "1/0", "-1/2"})
  void whatIsNoShardIsRefused(String text) {
    assertThatThrownBy(() -> Shard.parse(text)).hasMessageContaining("is no shard");
  }
}
