package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopItemsTest {

  private static final Result SKIPPED = Result.skip("no");

  @Test
  void oneChangedItemMakesTheSumChanged() {
    Result sum = LoopItems.sum(List.of(Result.ok(), Result.changedNow(), SKIPPED));

    assertThat(sum.changed()).isTrue();
    assertThat(sum.failed()).isFalse();
    assertThat(sum.skipped()).isFalse();
    assertThat(sum.values()).containsEntry("msg", Value.text("All items completed"));
    assertThat(sum.values().get("results"))
        .isInstanceOfSatisfying(Value.Seq.class, all -> assertThat(all.items()).hasSize(3));
  }

  @Test
  void oneFailedItemMakesTheSumFailed() {
    Result sum = LoopItems.sum(List.of(Result.ok(), Result.failure("x"), Result.ok()));

    assertThat(sum.failed()).isTrue();
    assertThat(sum.values()).containsEntry("msg", Value.text("One or more items failed"));
  }

  @Test
  void onlySkippedItemsMakeTheSumSkipped() {
    Result sum = LoopItems.sum(List.of(SKIPPED, SKIPPED));

    assertThat(sum.skipped()).isTrue();
    assertThat(sum.values()).containsEntry("msg", Value.text("All items skipped"));
  }
}
