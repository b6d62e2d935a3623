package dev.hearth.run;

import java.util.List;

/** The user stopped the run. */
public final class Interrupted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> cut;

  /** The run was stopped while it waited. */
  public Interrupted() {
    this(List.of());
  }

  /** The run was stopped in the middle of a task on these hosts. */
  Interrupted(List<String> cut) {
    super("stopped");
    this.cut = List.copyOf(cut);
  }

  /** The hosts on which a task was under way; it was ended there. */
  public List<String> cut() {
    return cut;
  }
}
