package dev.hearth.module;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.plan.Verdict;
import java.util.List;

/**
 * Knows how to bring one kind of thing into a wanted state. A module never executes: it reads facts
 * and decides. It has no way to a connection, the disk, a clock or the environment.
 *
 * @param <A> its arguments: a record whose components carry {@link Arg}
 */
public interface Module<A extends Record> {

  /** Its name, arguments and short documentation. */
  Spec<A> spec();

  /** The facts that it will certainly ask for, so that they come in one round trip. */
  default List<Fact<?>> reads(A want) {
    return List.of();
  }

  /**
   * Whether it moves files between this machine and the host: {@code delegate_to} then names the
   * machine that they come from, not the one that is changed.
   */
  default boolean transfers() {
    return false;
  }

  /**
   * Decides what has to be done.
   *
   * @throws Refusal when the arguments contradict each other or the host
   */
  Verdict plan(A want, Facts host);
}
