package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.template.TemplateFailure;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import java.util.Set;

/** What is known of the host that does the work for another one. */
final class Delegation {

  /** What the play and the task say, which holds for whoever does the work. */
  private static final Set<Level> OF_THE_TASK =
      Set.of(
          Level.ROLE_DEFAULTS,
          Level.PLAY_VARS,
          Level.PLAY_VARS_PROMPT,
          Level.PLAY_VARS_FILES,
          Level.ROLE_VARS,
          Level.BLOCK_VARS,
          Level.TASK_VARS,
          Level.ROLE_PARAMS,
          Level.INCLUDE_PARAMS);

  private Delegation() {}

  /**
   * The variables that say how to get into the host. A name that the inventory does not have is
   * taken as an address.
   *
   * @throws TemplateFailure when there is no name
   */
  static Layers scope(Services services, String worker, Layers taskScope) {
    if (worker.isBlank()) {
      throw new TemplateFailure(
          Diagnostic.error(Magic.place(), "delegate_to names no host")
              .next("name a host or an address"));
    }
    return services.scopes().outside(worker).withThose(OF_THE_TASK, taskScope);
  }
}
