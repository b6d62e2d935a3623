package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import java.util.List;

/**
 * Playbooks as far as they could be read, with everything that is wrong with them.
 *
 * @param playbooks what could be made of them; entries with mistakes are left out
 * @param findings errors and warnings, in the order in which they were made
 * @param complete whether every file and role that is named could be read
 */
public record LoadedPlaybooks(
    List<Playbook> playbooks, List<Diagnostic> findings, boolean complete) {

  /** Keeps its own copies. */
  public LoadedPlaybooks {
    playbooks = List.copyOf(playbooks);
    findings = List.copyOf(findings);
  }
}
