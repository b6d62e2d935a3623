package dev.hearth.view;

import java.time.Duration;

/**
 * One test case of a JUnit report: a task on a host.
 *
 * @param name {@code [host] play: task arguments}
 * @param place the class: where the task is written
 * @param took how long it took
 * @param outcome how it ended
 * @param message why, unless it passed
 * @param output what came back
 */
record JunitCase(
    String name, String place, Duration took, Outcome outcome, String message, String output) {

  /** How a test case ended, and what an element tells of it. */
  enum Outcome {
    /** Well. */
    PASSED("system-out"),
    /** It went well, and somebody wanted it not to. */
    FAILED("failure"),
    /** It went wrong. */
    ERROR("error"),
    /** It did not apply. */
    SKIPPED("skipped");

    private final String element;

    Outcome(String element) {
      this.element = element;
    }

    /** The name of the element. */
    String element() {
      return element;
    }
  }
}
