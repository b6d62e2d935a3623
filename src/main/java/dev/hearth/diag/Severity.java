package dev.hearth.diag;

/** How much a diagnostic weighs. */
public enum Severity {
  /** The run does not start, or stops. */
  ERROR,
  /** Worth knowing; the run goes on. */
  WARNING
}
