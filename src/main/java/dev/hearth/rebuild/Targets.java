package dev.hearth.rebuild;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a rebuild is held against.
 *
 * @param rto how long it may take until all services are ready, without waiting for people
 * @param rpo how old what comes back may be: the snapshots, and the newest rows where they are
 *     known
 * @param services how long single services may take
 */
public record Targets(
    Optional<Duration> rto, Optional<Duration> rpo, Map<String, Duration> services) {

  /** There are none. */
  public static final Targets NONE = new Targets(Optional.empty(), Optional.empty(), Map.of());

  /** Keeps its own copy. */
  public Targets {
    services = Map.copyOf(services);
  }
}
