package dev.hearth.template;

import dev.hearth.value.Value;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that is computed while it is read, such as {@code hostvars} (host name to {@link
 * Templar#view} of that host's scope). What {@link #get} returns is taken as it is if it is data,
 * and resolved in the reading template's scope where it holds templates.
 */
public interface LazyMapping extends Value.Dynamic {

  /** The value under a key, or null when there is none. */
  @Nullable Value get(Value key);

  /** The keys in their order. */
  Collection<Value> keys();
}
