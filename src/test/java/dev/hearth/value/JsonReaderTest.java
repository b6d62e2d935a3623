package dev.hearth.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void readsEveryKindOfValue() {
    Value value =
        JsonReader.read(
            " {\"a\": [1, -2.5, 1e3, true, false, null, \"x\\n\\u00e9\\\"\"], \"b\": {}}");
    assertThat(value)
        .isEqualTo(
            Value.Dict.ofTexts(
                Map.of(
                    "a",
                    Value.Seq.of(
                        Value.number(1),
                        new Value.Real(-2.5),
                        new Value.Real(1000),
                        Value.bool(true),
                        Value.bool(false),
                        Value.NULL,
                        Value.text("x\né\"")),
                    "b",
                    Value.Dict.EMPTY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[1,]", "{\"a\" 1}", "01", "'a'", "[1] 2", "\"\\x\"", "\"a", "tru", "+1"})
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not JSON: expected");
  }

  @Test
  void refusesToNestForEver() {
    assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
        .hasMessageContaining("less than 200 levels");
  }
}
