package dev.hearth.plan;

/** How much is known about what a step does. */
public enum Effect {
  /** It makes exactly the change that the verdict describes. */
  KNOWN,
  /**
   * A command of the user's: it may change anything, so check mode cannot predict it and leaves it
   * out.
   */
  UNKNOWN,
  /** It only reads, so check mode runs it as well. */
  READS
}
