package dev.hearth.vars;

import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What becomes of a mapping that is defined at several levels, as {@code hash_behaviour} of
 * ansible.cfg says.
 */
public enum HashBehaviour {
  /** The strongest definition alone counts. */
  REPLACE,
  /** Mappings are merged key by key, to any depth; lists and everything else are replaced. */
  MERGE;

  /** What a stronger value makes of a weaker one. */
  public Value combined(Value weaker, Value stronger) {
    return this == MERGE
            && weaker instanceof Value.Dict base
            && stronger instanceof Value.Dict patch
        ? merged(base, patch)
        : stronger;
  }

  private Value.Dict merged(Value.Dict base, Value.Dict patch) {
    Map<Value, Value> all = new LinkedHashMap<>(base.entries());
    patch.entries().forEach((key, value) -> all.merge(key, value, this::combined));
    return new Value.Dict(all);
  }
}
