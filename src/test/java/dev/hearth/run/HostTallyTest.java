package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostTallyTest {

  private static final HostTally NONE = HostTally.of("h1");

  @Test
  void aChangedTaskIsAlsoOk() {
    assertThat(NONE.plus(Event.Status.OK).plus(Event.Status.CHANGED))
        .isEqualTo(new HostTally("h1", 2, 1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void anIgnoredFailureIsOkAndIgnored() {
    assertThat(NONE.plus(Event.Status.IGNORED))
        .isEqualTo(new HostTally("h1", 1, 0, 0, 0, 0, 0, 1, 0));
    assertThat(NONE.plus(Event.Status.IGNORED).changedToo())
        .isEqualTo(new HostTally("h1", 1, 1, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void aRescuedFailureIsNoFailure() {
    assertThat(NONE.plus(Event.Status.FAILED).rescuedOne())
        .isEqualTo(new HostTally("h1", 0, 0, 0, 0, 0, 1, 0, 0));
  }

  @Test
  void lostHosts() {
    assertThat(NONE.plus(Event.Status.UNREACHABLE))
        .isEqualTo(new HostTally("h1", 0, 0, 1, 0, 0, 0, 0, 0));
    assertThat(NONE.plus(Event.Status.SKIPPED))
        .isEqualTo(new HostTally("h1", 0, 0, 0, 0, 1, 0, 0, 0));
  }
}
