package dev.hearth.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  private static Value sample() {
    Map<Value, Value> entries = new LinkedHashMap<>();
    entries.put(Value.text("b"), Value.Seq.of(Value.number(1), Value.NULL, Value.bool(true)));
    entries.put(Value.text("a"), Value.text("q\"\\\n\u0001ü😀"));
    entries.put(Value.number(3), Value.Dict.EMPTY);
    entries.put(Value.text("pw"), new Value.Secret("hunter2"));
    return new Value.Dict(entries);
  }

  @Test
  void writesLikePython() {
    assertThat(Json.write(sample()))
        .isEqualTo(
            "{\"b\": [1, null, true], \"a\": \"q\\\"\\\\\\n\\u0001ü😀\", \"3\": {}, \"pw\": \"***\"}");
    assertThat(Json.write(sample(), Json.Style.PLAIN.sort().indent(4).escaped().revealing()))
        .isEqualTo(
            """
            {
                "3": {},
                "a": "q\\"\\\\\\n\\u0001\\u00fc\\ud83d\\ude00",
                "b": [
                    1,
                    null,
                    true
                ],
                "pw": "hunter2"
            }""");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0,1.0",
    "-0.5,-0.5",
    "1e15,1000000000000000.0",
    "1e16,1e+16",
    "1.5e300,1.5e+300",
    "0.0001,0.0001",
    "0.00001,1e-05",
    "123456.789,123456.789",
    "-2.5e-7,-2.5e-07",
    "0,0.0",
  })
  void writesFloatsLikePython(double number, String expected) {
    assertThat(Json.write(new Value.Real(number))).isEqualTo(expected);
  }

  @Test
  void readsWhatItWrites() {
    String text = Json.write(sample(), Json.Style.PLAIN.revealing());
    Value.Dict read = (Value.Dict) Json.read(text);
    assertThat(Json.write(read)).isEqualTo(text);
    assertThat(Json.read("123456789012345678901234567890").toString())
        .contains("123456789012345678901234567890");
    assertThat(Json.read("[1.50, -1e3, NaN, -Infinity]"))
        .isEqualTo(
            Value.Seq.of(
                new Value.Real(1.5),
                new Value.Real(-1000),
                new Value.Real(Double.NaN),
                new Value.Real(Double.NEGATIVE_INFINITY)));
    assertThat(Json.read("{\"a\": 1, \"a\": \"{{ x }}\"}"))
        .isEqualTo(Value.Dict.ofTexts(Map.of("a", Value.text("{{ x }}"))));
    assertThat(Json.read(new Source("s", "\"x\"", true))).isEqualTo(new Value.Secret("x"));
  }

  @Test
  void saysWhereJsonIsBroken() {
    assertThatThrownBy(() -> Json.read("{\"a\": 1,\n  b}"))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("not valid JSON")
        .hasMessageContaining("JSON:2:");
    assertThatThrownBy(() -> Json.read("")).hasMessageContaining("there is no value");
    assertThatThrownBy(() -> Json.read("1 2")).hasMessageContaining("something follows");
    assertThatThrownBy(() -> Json.read("[1,")).isInstanceOf(HearthException.class);
    assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(HearthException.class);
    assertThatThrownBy(() -> Json.read(new Source("s", "hunter2", true)))
        .isInstanceOf(HearthException.class)
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void neverWritesWhatIsNoData() {
    assertThatThrownBy(() -> Json.write(Value.OMIT)).isInstanceOf(IllegalArgumentException.class);
  }
}
