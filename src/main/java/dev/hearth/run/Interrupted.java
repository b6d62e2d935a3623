package dev.hearth.run;

/** The user stopped the run. */
public final class Interrupted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The run was stopped while it waited. */
  public Interrupted() {
    super("stopped");
  }
}
