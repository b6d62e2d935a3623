package dev.hearth.run;

import dev.hearth.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * One use of a module that a run may come to on a host.
 *
 * @param module its full name
 * @param arguments what it will be asked for; empty when that depends on what the run finds out
 */
public record PlannedTask(String module, Optional<Map<String, Value>> arguments) {}
