package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping that a template made and that its methods may change while the template runs. */
public final class MutableDict implements Mapping {

  private final Map<Value, Value> entries;

  /** A mapping with these entries to begin with. */
  public MutableDict(Map<Value, Value> entries) {
    this.entries = new LinkedHashMap<>(entries);
  }

  @Override
  public @Nullable Value get(Value key) {
    return Mappings.find(entries, key);
  }

  @Override
  public Collection<Value> keys() {
    return List.copyOf(entries.keySet());
  }

  /** The entries, to be changed. */
  Map<Value, Value> live() {
    return entries;
  }

  /** The entries as they are now. */
  public Map<Value, Value> entries() {
    return new LinkedHashMap<>(entries);
  }
}
