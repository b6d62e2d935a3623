package dev.hearth.run;

import dev.hearth.value.Value;
import java.util.Map;

/** Keeps the facts of hosts from one run to the next ({@code fact_caching}). */
public interface FactCache {

  /** Keeps nothing: facts live as long as the run ({@code fact_caching = memory}). */
  FactCache NONE =
      new FactCache() {
        @Override
        public Map<String, Value> load(String host) {
          return Map.of();
        }

        @Override
        public void store(String host, Map<String, Value> facts) {
          // The run's own memory has them.
        }
      };

  /** What earlier runs found out about a host, by the names under which it was found. */
  Map<String, Value> load(String host);

  /** Keeps these facts of a host instead of those before; none removes them. */
  void store(String host, Map<String, Value> facts);
}
