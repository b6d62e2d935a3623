package dev.hearth.run;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/** What the run has learnt about all hosts. Tasks of different hosts use it at the same time. */
final class Memory {

  private final ConcurrentMap<String, HostMemory> hosts = new ConcurrentHashMap<>();
  private final FactCache cache;

  /**
   * @param cache what earlier runs learnt, and where later ones find what this one learns
   */
  Memory(FactCache cache) {
    this.cache = cache;
  }

  HostMemory of(String host) {
    return hosts.computeIfAbsent(host, this::recalled);
  }

  void learn(String host, UnaryOperator<HostMemory> lesson) {
    hosts.compute(
        host,
        (name, known) -> {
          HostMemory before = known == null ? recalled(name) : known;
          HostMemory after = lesson.apply(before);
          if (!after.facts().equals(before.facts())) {
            cache.store(name, after.facts());
          }
          return after;
        });
  }

  private HostMemory recalled(String host) {
    return HostMemory.EMPTY.withFacts(cache.load(host));
  }
}
