package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A mapping that is not plain data: computed while it is read, or changed by methods. */
public interface Mapping extends Value.Dynamic {

  /** The value under a key, or null when there is none. */
  @Nullable Value get(Value key);

  /** The keys in their order. */
  Collection<Value> keys();
}
