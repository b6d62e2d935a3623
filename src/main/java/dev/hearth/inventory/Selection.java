package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import java.util.List;

/**
 * What a pattern chose.
 *
 * @param hosts the hosts, none twice; may be empty
 * @param warnings the parts of the pattern that matched nothing, each with the nearest name
 */
public record Selection(List<Host> hosts, List<Diagnostic> warnings) {

  /** Keeps its own copies. */
  public Selection {
    hosts = List.copyOf(hosts);
    warnings = List.copyOf(warnings);
  }
}
