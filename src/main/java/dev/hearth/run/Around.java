package dev.hearth.run;

import dev.hearth.playbook.Block;

/**
 * What stands around a task and still runs on a host that fails in it.
 *
 * @param rescue whether a block's {@code rescue} takes the host up, so that the failure counts as
 *     rescued
 * @param always whether an {@code always} runs, or the handlers that {@code force_handlers} runs at
 *     the section's end
 * @param near whether the innermost block has one of these, not only one around it
 */
record Around(boolean rescue, boolean always, boolean near) {

  static final Around NOTHING = new Around(false, false, false);

  /** Around a section whose handlers run on hosts that failed too. */
  static final Around FORCED_HANDLERS = new Around(false, true, false);

  /** Around the tasks of a block. */
  Around body(Block block) {
    boolean rescues = !block.rescue().isEmpty();
    boolean passes = !block.always().isEmpty();
    return new Around(rescue || rescues, always || passes, rescues || passes);
  }

  /** Around the tasks of a block's rescue. */
  Around rescue(Block block) {
    boolean passes = !block.always().isEmpty();
    return new Around(rescue, always || passes, passes);
  }

  /** Around tasks that are included here, or those of a block's always. */
  Around inner() {
    return new Around(rescue, always, false);
  }

  /**
   * Whether the host is lost with the failure: {@code max_fail_percentage} counts it then, and not
   * one that has anything left to run.
   */
  boolean loses() {
    return !rescue && !always;
  }
}
