package dev.hearth.run;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Whose turn it is to touch the state of a play. With the linear strategy one walk has it for
 * itself; where each host walks alone, a walk gives its turn away while its host works.
 */
final class Turn {

  private final Optional<ReentrantLock> baton;
  private final Optional<Semaphore> places;

  private Turn(Optional<ReentrantLock> baton, Optional<Semaphore> places) {
    this.baton = baton;
    this.places = places;
  }

  /** There is only one walk. */
  static Turn alone() {
    return new Turn(Optional.empty(), Optional.empty());
  }

  /**
   * There are several walks.
   *
   * @param places one is taken while a host works; none when the walk has one all the time
   */
  static Turn shared(ReentrantLock baton, Optional<Semaphore> places) {
    return new Turn(Optional.of(baton), places);
  }

  /** Whether every host walks alone. */
  boolean isShared() {
    return baton.isPresent();
  }

  /** Works without the turn, which others may take meanwhile. */
  <T> T away(Supplier<T> work) {
    baton.ifPresent(ReentrantLock::unlock);
    try {
      places.ifPresent(Turn::take);
      try {
        return work.get();
      } finally {
        places.ifPresent(Semaphore::release);
      }
    } finally {
      baton.ifPresent(ReentrantLock::lock);
    }
  }

  /** Does something that needs the turn, waiting for it. */
  <T> T inside(Supplier<T> work) {
    baton.ifPresent(ReentrantLock::lock);
    try {
      return work.get();
    } finally {
      baton.ifPresent(ReentrantLock::unlock);
    }
  }

  private static void take(Semaphore places) {
    try {
      places.acquire();
    } catch (InterruptedException stopped) {
      throw new Interrupted();
    }
  }
}
