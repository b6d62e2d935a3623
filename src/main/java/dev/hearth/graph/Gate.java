package dev.hearth.graph;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a service is known to be ready.
 *
 * @param kind what is looked at
 * @param parameters what that needs; may be templates
 * @param every how long to wait between two looks
 * @param passes how often in a row it must pass
 * @param deadline when to give up
 * @param hints texts in a log or an answer, and what they mean
 * @param from the hosts from which it is asked, a pattern; empty for the service's own
 * @param at where it is written
 */
public record Gate(
    Kind kind,
    Map<String, Located> parameters,
    Duration every,
    int passes,
    Duration deadline,
    Map<String, String> hints,
    Optional<String> from,
    Location at) {

  /** Keeps its own copies, in order. */
  public Gate {
    parameters = Map.copyOf(parameters);
    hints = Collections.unmodifiableMap(new LinkedHashMap<>(hints));
  }

  /** What is looked at. */
  public enum Kind {
    /** The answer to a request. */
    HTTP,
    /** Whether a port accepts connections. */
    TCP,
    /** Whether a port speaks TLS for a name. */
    TLS,
    /** Whether a name has an address. */
    DNS,
    /** Whether a container runs, is healthy and does not restart. */
    CONTAINER,
    /** Whether a command ends well. */
    COMMAND,
    /** The same for one that proves meaning, such as reading a canary; runs last. */
    DEEP
  }
}
