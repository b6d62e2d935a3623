package dev.hearth.module.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.PythonJson;
import dev.hearth.value.JsonReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The differences are those that jsondiff 2.1 dumps for the same values. */
final class JsonDifferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                         | {"a": {"b": 1}}            | {"$replace": {"a": {"b": 1}}}
          {"s": {"A": 1}}            | {"s": {"A": 1}}            | {}
          {"s": {"A": ["x=1", "y=2"], "B": 2}} | {"s": {"A": ["x=1", "y=3"], "B": 2}} | {"s": {"A": {"$insert": [[1, "y=3"]], "$delete": [1]}}}
          {"s": {"A": 1, "B": {"c": []}}} | {"s": {"A": 1}}       | {"s": {"$delete": ["B"]}}
          {"s": [1, 2, 3]}           | {"s": [2, 3, 4]}           | {"s": {"$insert": [[2, 4]], "$delete": [0]}}
          {"s": [{"a": 1, "b": 2}, 5]} | {"s": [{"a": 1, "b": 3}, 5, 6]} | {"s": {"0": {"b": 3}, "$insert": [[2, 6]]}}
          {"s": {"a": 1}, "t": {"a": 1}} | {"t": {"a": 2}, "u": null} | {"t": {"a": 2}, "u": null, "$delete": ["s"]}
          {"s": [1]}                 | {"s": [2]}                 | {"s": [2]}
          {"l": [[1, 2], [3]]}       | {"l": [[1], [3, 4]]}       | {"l": {"0": {"$delete": [1]}, "1": {"$insert": [[1, 4]]}}}
          {"a": {"x": 1, "y": 2}}    | {"a": {"x": 1, "y": {"z": 1}}} | {"a": {"y": {"$replace": {"z": 1}}}}
          {"l": [1, 2, 3, 4, 5]}     | {"l": [1, 3, 5]}           | {"l": {"$delete": [3, 1]}}
          """)
  void saysWhatJsondiffSays(String before, String after, String difference) {
    JsonDifference found = JsonDifference.of(JsonReader.read(before), JsonReader.read(after));

    assertThat(PythonJson.write(found.shown()).reveal()).isEqualTo(difference);
  }
}
