package dev.hearth.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a receipt holds after runs, and which of two copies is the newer. */
final class ReceiptTest {

  private static Entry.Intended intended(String run, int step) {
    return new Entry.Intended(step, run, "t", "p:1:1", "w", "0", "", List.of());
  }

  private static Entry.Ended ended(String run, int step, String how) {
    return new Entry.Ended(
        step,
        run,
        how.isEmpty() ? OptionalInt.of(0) : OptionalInt.empty(),
        how,
        List.of(),
        List.of());
  }

  private static Journal file(Receipt receipt) {
    return Journal.of("receipt", receipt.bytes());
  }

  private static Journal after(Journal before, String run, Entry... entries) {
    return file(Receipt.of(before).after(run, "h", "1.0", before.digits(), List.of(entries)));
  }

  @Test
  void growsWithEachRunAndLosesWhatIsUndone() {
    Journal first =
        after(
            file(Receipt.empty("h", "1.0")),
            "A",
            intended("A", 1),
            ended("A", 1, ""),
            intended("A", 2),
            ended("A", 2, Receipt.NOT_BEGUN),
            intended("A", 3));
    Journal second =
        after(
            first, "B", intended("B", 1), ended("B", 1, ""), new Entry.Undone(1, "A", "done", ""));

    assertThat(Receipt.of(first).steps())
        .extracting(step -> step.intended().step())
        .containsExactly(1, 3);
    assertThat(Receipt.of(second).steps())
        .extracting(step -> step.intended().run() + step.intended().step())
        .containsExactly("A3", "B1");
    assertThat(Receipt.of(second).steps().getFirst().ended()).isEmpty();
  }

  @Test
  void theCopyThatWasMadeFromTheOtherIsTheNewer() {
    Journal old = after(file(Receipt.empty("h", "1.0")), "A", intended("A", 1));
    Journal middle = after(old, "B", intended("B", 1));
    Journal fresh = after(middle, "C", intended("C", 1));
    Journal apart = after(old, "D", intended("D", 1));

    assertThat(Receipt.newer(old, fresh)).contains(fresh);
    assertThat(Receipt.newer(fresh, old)).contains(fresh);
    assertThat(Receipt.newer(fresh, fresh)).contains(fresh);
    assertThat(Receipt.newer(null, old)).contains(old);
    assertThat(Receipt.newer(old, null)).contains(old);
    assertThat(Receipt.newer(null, null)).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> Receipt.newer(fresh, apart))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("not made from each other");
  }
}
