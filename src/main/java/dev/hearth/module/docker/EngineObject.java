package dev.hearth.module.docker;

import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something as the engine describes it.
 *
 * @param description the engine's own words
 */
record EngineObject(Value.Dict description) {

  static Optional<EngineObject> of(Optional<Value> answer) {
    return answer.filter(Value.Dict.class::isInstance).map(it -> new EngineObject((Value.Dict) it));
  }

  /** What stands at the end of these keys; null when a key is missing on the way. */
  Value at(String... keys) {
    Value here = description;
    for (String key : keys) {
      @Nullable Value next = here instanceof Value.Dict mapping ? mapping.get(key) : null;
      if (next == null) {
        return Value.NULL;
      }
      here = next;
    }
    return here;
  }

  String text(String... keys) {
    return at(keys) instanceof Value.Textual text ? text.reveal() : "";
  }

  boolean flag(String... keys) {
    return at(keys).equals(Value.Bool.TRUE);
  }

  List<Value> items(String... keys) {
    return at(keys) instanceof Value.Seq list ? list.items() : List.of();
  }

  /** A mapping by text keys, in order. */
  Map<String, Value> entries(String... keys) {
    Map<String, Value> entries = new LinkedHashMap<>();
    if (at(keys) instanceof Value.Dict mapping) {
      mapping
          .entries()
          .forEach(
              (key, value) -> {
                if (key instanceof Value.Textual name) {
                  entries.put(name.reveal(), value);
                }
              });
    }
    return entries;
  }
}
