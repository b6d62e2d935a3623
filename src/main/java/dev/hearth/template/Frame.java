package dev.hearth.template;

import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a template itself made: one frame for each loop round, macro call or block. */
final class Frame {

  private final @Nullable Frame outer;
  private @Nullable Map<String, Value> names;

  Frame(@Nullable Frame outer) {
    this.outer = outer;
  }

  @Nullable Value find(String name) {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      Map<String, Value> own = frame.names;
      Value found = own == null ? null : own.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  void set(String name, Value value) {
    Map<String, Value> own = names;
    if (own == null) {
      own = new HashMap<>();
      names = own;
    }
    own.put(name, value);
  }

  /** Sets the name where it is already set, or in the outermost frame. */
  void replace(String name, Value value) {
    Frame frame = this;
    while (frame.outer != null && (frame.names == null || !frame.names.containsKey(name))) {
      frame = frame.outer;
    }
    frame.set(name, value);
  }

  Frame root() {
    Frame frame = this;
    while (frame.outer != null) {
      frame = frame.outer;
    }
    return frame;
  }

  /** The names set in this frame itself. */
  Map<String, Value> own() {
    return names == null ? Map.of() : new LinkedHashMap<>(names);
  }
}
