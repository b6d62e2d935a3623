package dev.hearth.graph;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service as it is declared.
 *
 * @param name its name
 * @param at where it is declared
 * @param hosts a pattern over the inventory; it has an instance on each
 * @param hostsAt where the pattern is written
 * @param optional whether a host of it that cannot be reached holds back only what needs it
 * @param become whether it is brought up and looked at as root
 * @param needs services that must be ready before it starts
 * @param requires what must be there before it starts and no service makes
 * @param same values that must be the same on several hosts
 * @param up how it is brought up; empty when something else does that
 * @param gates all must pass, in order, before it is ready
 */
public record Service(
    String name,
    Location at,
    String hosts,
    Location hostsAt,
    boolean optional,
    boolean become,
    List<Need> needs,
    List<Gate> requires,
    List<Same> same,
    Optional<Up> up,
    List<Gate> gates) {

  /** Keeps its own copies. */
  public Service {
    needs = List.copyOf(needs);
    requires = List.copyOf(requires);
    same = List.copyOf(same);
    gates = List.copyOf(gates);
  }

  /** Whether another service is among those that it needs itself. */
  public boolean needsOne(Service other) {
    return needs.stream().anyMatch(need -> need.service().equals(other.name()));
  }

  /**
   * What it waits for.
   *
   * @param service the other service
   * @param hosts some hosts of it; empty for all
   * @param at where it is written
   */
  public record Need(String service, Optional<String> hosts, Location at) {}

  /**
   * A value, such as a shared secret, that must be the same on several hosts.
   *
   * @param value what is compared; a template
   * @param hosts the hosts, a pattern
   * @param at where it is written
   */
  public record Same(Located value, String hosts, Location at) {}

  /**
   * How it is brought up and taken down.
   *
   * @param kind which way
   * @param parameters what that needs; may be templates
   * @param source for a Compose project the directory on this machine that the host's one is made
   *     from, relative to the file
   * @param at where it is written
   */
  public record Up(
      Kind kind, Map<String, Located> parameters, Optional<String> source, Location at) {

    /** Keeps its own copy. */
    public Up {
      parameters = Map.copyOf(parameters);
    }

    /** Ways. */
    public enum Kind {
      /** A Compose project. */
      COMPOSE,
      /** A unit of systemd. */
      UNIT,
      /** A role. */
      ROLE
    }
  }
}
