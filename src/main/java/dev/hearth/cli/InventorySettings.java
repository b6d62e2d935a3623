package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.InventoryServices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Settings of how inventory sources are read. */
final class InventorySettings {

  private final Settings settings;
  private final Environment environment;

  InventorySettings(Settings settings, Environment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** How long an inventory program may take. */
  Duration inventoryPatience() {
    String seconds = environment.variables().get("HEARTH_INVENTORY_TIMEOUT");
    if (seconds == null) {
      return InventoryServices.PATIENCE;
    }
    try {
      return Duration.ofSeconds(Math.max(1, Long.parseLong(seconds.strip())));
    } catch (NumberFormatException wrong) {
      throw Diagnostic.error(ExitCode.INVALID, "HEARTH_INVENTORY_TIMEOUT is '" + seconds + "'")
          .next("write a number of seconds")
          .failure();
    }
  }

  /** Ends of the names that are left out of a directory of inventories. */
  List<String> ignoredEndings() {
    return settings
        .get("inventory", "ignore_extensions", "ANSIBLE_INVENTORY_IGNORE")
        .or(
            () ->
                settings.get("defaults", "inventory_ignore_extensions", "ANSIBLE_INVENTORY_IGNORE"))
        .map(InventorySettings::words)
        .orElse(InventoryServices.IGNORED_ENDINGS);
  }

  /** Expressions for more such names. */
  List<Pattern> ignoredNames() {
    Optional<String> written =
        settings
            .get("inventory", "ignore_patterns", "ANSIBLE_INVENTORY_IGNORE_REGEX")
            .or(
                () ->
                    settings.get(
                        "defaults", "inventory_ignore_patterns", "ANSIBLE_INVENTORY_IGNORE_REGEX"));
    try {
      return written.map(InventorySettings::words).orElse(List.of()).stream()
          .map(Pattern::compile)
          .toList();
    } catch (PatternSyntaxException wrong) {
      throw Diagnostic.error(
              ExitCode.INVALID, "the setting 'inventory_ignore_patterns' is no expression")
          .because(String.valueOf(wrong.getDescription()))
          .next("write regular expressions with commas between them")
          .failure();
    }
  }

  private static List<String> words(String list) {
    return List.of(list.split(",")).stream()
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
