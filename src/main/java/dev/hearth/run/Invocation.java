package dev.hearth.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the run was called, as far as playbooks can read it, and the settings that concern variables.
 *
 * @param inventorySources the sources as {@code ansible_inventory_sources} shows them
 * @param limit what {@code --limit} said
 * @param configFile the configuration file that is used
 * @param injectFacts whether each fact is a variable of its own, too ({@code inject_facts_as_vars})
 * @param gathering when plays collect facts
 * @param python where this machine's Python is, or would be
 * @param managed what templates say of who made a file ({@code ansible_managed})
 * @param debugs whether every failure stops for the debugger ({@code enable_task_debugger})
 */
public record Invocation(
    List<String> inventorySources,
    Optional<String> limit,
    Optional<Path> configFile,
    boolean injectFacts,
    Gathering gathering,
    Path python,
    String managed,
    boolean debugs) {

  /** Keeps its own copy. */
  public Invocation {
    inventorySources = List.copyOf(inventorySources);
  }
}
