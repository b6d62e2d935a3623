package dev.hearth.run;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/** What the run has learnt about all hosts. Tasks of different hosts use it at the same time. */
final class Memory {

  private final ConcurrentMap<String, HostMemory> hosts = new ConcurrentHashMap<>();

  HostMemory of(String host) {
    return hosts.getOrDefault(host, HostMemory.EMPTY);
  }

  void learn(String host, UnaryOperator<HostMemory> lesson) {
    hosts.compute(host, (name, known) -> lesson.apply(known == null ? HostMemory.EMPTY : known));
  }
}
