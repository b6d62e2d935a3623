package dev.hearth.template;

/** A value cannot be told without doing something, and it was asked for in advance only. */
public final class Postponed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Because of this lookup. */
  public Postponed(String lookup) {
    super("the lookup '" + lookup + "' is run only when its task comes", null, false, false);
  }
}
