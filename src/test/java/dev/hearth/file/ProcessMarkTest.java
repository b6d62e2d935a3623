package dev.hearth.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessMarkTest {

  @Test
  void thisProcessLives() {
    assertThat(ProcessMark.own().isAlive()).isTrue();
    assertThat(ProcessMark.read(ProcessMark.own() + "\n")).contains(ProcessMark.own());
  }

  @Test
  void anotherWithTheSameNumberIsNotTheOneThatIsMeant() {
    assertThat(new ProcessMark(ProcessMark.own().pid(), 1).isAlive()).isFalse();
  }

  @Test
  void oneThatNobodyAskedHowItEndedDoesNotLive() throws Exception {
    try (EndedProcess ended = new EndedProcess()) {
      assertThat(new ProcessMark(ended.pid(), ended.started()).isAlive()).isFalse();
      assertThat(new ProcessMark(ended.pid(), 0).isAlive()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1 2 3", "one 2", "1 2001-01-01T00:00:00Z"})
  void whatIsNoMarkIsNone(String text) {
    assertThat(ProcessMark.read(text)).isEmpty();
  }
}
