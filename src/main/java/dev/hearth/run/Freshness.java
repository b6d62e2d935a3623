package dev.hearth.run;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether what was read of hosts before its task can still be believed: until any task on any host
 * of the run does more than read. One machine may stand in the inventory under two names, share its
 * files with others or be changed through another one, so it is all hosts that are doubted.
 */
final class Freshness {

  private static final long NEVER = -1;

  private final AtomicLong changes = new AtomicLong();

  /**
   * @param ever whether anything is read before its task at all
   */
  Freshness(boolean ever) {
    if (!ever) {
      spoilForGood();
    }
  }

  /** The present moment: two are equal when nothing happened in between. */
  long now() {
    return changes.get();
  }

  /** Whether anything may be read before its task. */
  boolean possible() {
    return changes.get() != NEVER;
  }

  /** Something happens or happened that may have changed a host. */
  void spoil() {
    changes.updateAndGet(count -> count == NEVER ? NEVER : count + 1);
  }

  /** From now on something may change a host at any time. */
  void spoilForGood() {
    changes.set(NEVER);
  }
}
