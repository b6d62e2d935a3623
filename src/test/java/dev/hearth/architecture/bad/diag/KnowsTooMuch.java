package dev.hearth.architecture.bad.diag;

import dev.hearth.architecture.bad.run.EndsTheProcess;

/** The lowest room uses the highest, and so they form a cycle. */
public final class KnowsTooMuch {

  /** Points upwards. */
  public EndsTheProcess upwards() {
    return new EndsTheProcess();
  }
}
