package dev.hearth.template;

import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Mapping;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code namespace()} makes: attributes that can be set from inside loops and blocks. */
public final class NamespaceObject implements Attributed, Mapping {

  private final Map<String, Value> attributes;

  /** A namespace with these attributes to begin with. */
  public NamespaceObject(Map<String, Value> attributes) {
    this.attributes = new LinkedHashMap<>(attributes);
  }

  void set(String name, Value value) {
    attributes.put(name, value);
  }

  @Override
  public @Nullable Value attribute(String name) {
    return attributes.get(name);
  }

  @Override
  public @Nullable Value get(Value key) {
    return attributes.get(Printed.str(key));
  }

  @Override
  public Collection<Value> keys() {
    return List.copyOf(attributes.keySet().stream().map(Value::text).toList());
  }

  @Override
  public String typeName() {
    return "Namespace";
  }

  @Override
  public String printed() {
    return "<Namespace>";
  }
}
