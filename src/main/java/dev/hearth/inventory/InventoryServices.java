package dev.hearth.inventory;

import dev.hearth.diag.SourceFiles;
import dev.hearth.template.Templar;
import dev.hearth.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/**
 * What inventory sources need besides themselves.
 *
 * @param files opens files and decrypts those that are vaults as a whole
 * @param adjacent {@code group_vars} and {@code host_vars}, for plugins that ask for them
 * @param templar evaluates the expressions of inventory plugins
 * @param extraVars what {@code -e} said, for plugins that ask for it
 * @param environment the environment variables that inventory programs see
 * @param patience how long an inventory program may take
 * @param combine what a later definition of a variable makes of an earlier one, for the same host
 *     or group; the first argument is the earlier
 * @param ignoredEndings ends of the names that are left out when a directory is read
 * @param ignoredNames expressions for more such names
 */
public record InventoryServices(
    SourceFiles files,
    AdjacentVariables adjacent,
    Templar templar,
    Map<String, Value> extraVars,
    Map<String, String> environment,
    Duration patience,
    BinaryOperator<Value> combine,
    List<String> ignoredEndings,
    List<Pattern> ignoredNames) {

  /** What is left out of a directory unless the settings say otherwise. */
  public static final List<String> IGNORED_ENDINGS =
      List.of(
          "~", ".orig", ".cfg", ".retry", ".pyc", ".pyo", ".bak", ".swp", ".rpm", ".md", ".txt",
          ".rst");

  /** How long an inventory program may take unless somebody says otherwise. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Keeps its own copies. */
  public InventoryServices {
    extraVars = Map.copyOf(extraVars);
    environment = Map.copyOf(environment);
    ignoredEndings = List.copyOf(ignoredEndings);
    ignoredNames = List.copyOf(ignoredNames);
  }
}
