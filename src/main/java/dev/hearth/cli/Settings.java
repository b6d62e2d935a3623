package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.InventoryServices;
import dev.hearth.run.Invocation;
import dev.hearth.vars.HashBehaviour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Settings from {@code ansible.cfg} and the environment, with Ansible's names. The file is the
 * first that exists of {@code $ANSIBLE_CONFIG}, {@code ./ansible.cfg}, {@code ~/.ansible.cfg} and
 * {@code /etc/ansible/ansible.cfg}; a variable of the environment beats it.
 */
final class Settings {

  private static final Set<String> YES = Set.of("true", "yes", "on", "1", "y", "t");
  private static final Set<String> NO = Set.of("false", "no", "off", "0");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Environment environment;
  private final Optional<Path> file;

  Settings(Environment environment) {
    this.environment = environment;
    this.file = firstFile();
    file.ifPresent(this::read);
  }

  /** The configuration file that is used. */
  Optional<Path> file() {
    return file;
  }

  /** A setting: from that variable of the environment, else from that key of a section. */
  Optional<String> get(String section, String key, String variable) {
    return Optional.ofNullable(environment.variables().get(variable))
        .or(() -> Optional.ofNullable(values.get(section + "." + key)))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** A setting that is on or off. */
  boolean flag(String section, String key, String variable, boolean otherwise) {
    return get(section, key, variable)
        .map(text -> YES.contains(text.toLowerCase(Locale.ROOT)))
        .orElse(otherwise);
  }

  /**
   * The same as paths; those of the file are relative to it. Several are separated as the setting
   * demands.
   */
  List<Path> paths(String section, String key, String variable, String separator) {
    Optional<String> fromEnvironment =
        Optional.ofNullable(environment.variables().get(variable)).filter(text -> !text.isBlank());
    Path base = fromEnvironment.isPresent() ? environment.workingDirectory() : directory();
    return get(section, key, variable)
        .map(
            text ->
                List.of(text.split(separator)).stream()
                    .map(String::strip)
                    .map(name -> path(name, base))
                    .toList())
        .orElse(List.of());
  }

  /**
   * How mappings of several levels are combined.
   *
   * @throws dev.hearth.diag.HearthException if the setting is neither {@code replace} nor {@code
   *     merge}
   */
  HashBehaviour hashBehaviour() {
    String written = get("defaults", "hash_behaviour", "ANSIBLE_HASH_BEHAVIOUR").orElse("replace");
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "replace" -> HashBehaviour.REPLACE;
      case "merge" -> HashBehaviour.MERGE;
      default ->
          throw Diagnostic.error(
                  ExitCode.INVALID, "hash_behaviour is '" + written + "' in the settings")
              .because("it says what becomes of a mapping that is defined at several levels")
              .next("write 'replace' or 'merge'")
              .failure();
    };
  }

  /** How a run is called, as its playbooks can read it. */
  Invocation invocation(List<String> sources, Optional<String> limit) {
    return new Invocation(
        sources.stream()
            .map(
                source ->
                    source.contains(",")
                        ? source
                        : path(source, environment.workingDirectory())
                            .toAbsolutePath()
                            .normalize()
                            .toString())
            .toList(),
        limit,
        file,
        get("defaults", "inject_facts_as_vars", "ANSIBLE_INJECT_FACT_VARS")
            .map(value -> !NO.contains(value.toLowerCase(Locale.ROOT)))
            .orElse(true));
  }

  /** What a person who switched off host key checking must know; Hearth never does without it. */
  Optional<Diagnostic> hostKeyWarning() {
    return get("defaults", "host_key_checking", "ANSIBLE_HOST_KEY_CHECKING")
        .filter(value -> NO.contains(value.toLowerCase(Locale.ROOT)))
        .map(
            value ->
                Diagnostic.warning(
                        "host_key_checking is off in the settings; Hearth checks host keys all the same")
                    .because(
                        "secrets go over this connection, and an unchecked key lets anybody read them")
                    .next("pin each host's key once: hearth trust HOST"));
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
    return get("inventory", "ignore_extensions", "ANSIBLE_INVENTORY_IGNORE")
        .or(() -> get("defaults", "inventory_ignore_extensions", "ANSIBLE_INVENTORY_IGNORE"))
        .map(Settings::words)
        .orElse(InventoryServices.IGNORED_ENDINGS);
  }

  /** Expressions for more such names. */
  List<Pattern> ignoredNames() {
    Optional<String> written =
        get("inventory", "ignore_patterns", "ANSIBLE_INVENTORY_IGNORE_REGEX")
            .or(
                () ->
                    get("defaults", "inventory_ignore_patterns", "ANSIBLE_INVENTORY_IGNORE_REGEX"));
    try {
      return written.map(Settings::words).orElse(List.of()).stream().map(Pattern::compile).toList();
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

  private Path directory() {
    return file.map(Path::toAbsolutePath)
        .map(Path::getParent)
        .orElse(environment.workingDirectory());
  }

  private Path path(String name, Path base) {
    return name.startsWith("~/")
        ? environment.home().resolve(name.substring(2))
        : base.resolve(name).normalize();
  }

  private Optional<Path> firstFile() {
    Optional<Path> named =
        Optional.ofNullable(environment.variables().get("ANSIBLE_CONFIG")).map(Path::of);
    List<Path> places =
        named
            .map(List::of)
            .orElse(
                List.of(
                    environment.workingDirectory().resolve("ansible.cfg"),
                    environment.home().resolve(".ansible.cfg"),
                    Path.of("/etc/ansible/ansible.cfg")));
    return places.stream().filter(Files::isRegularFile).findFirst();
  }

  private void read(Path config) {
    String section = "";
    try {
      for (String line : Files.readAllLines(config, StandardCharsets.UTF_8)) {
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          section = text.substring(1, text.length() - 1).strip();
        } else if (!text.isEmpty() && text.charAt(0) != '#' && text.charAt(0) != ';') {
          put(section, text);
        }
      }
    } catch (IOException unreadable) {
      throw Diagnostic.error(ExitCode.INVALID, "cannot read " + config)
          .because(String.valueOf(unreadable.getMessage()))
          .next("check that it is a text file that you may read")
          .failure();
    }
  }

  private void put(String section, String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    int end = equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
    if (end > 0) {
      String value = line.substring(end + 1).strip();
      int comment = value.indexOf(" ;");
      values.put(
          section + "." + line.substring(0, end).strip(),
          comment < 0 ? value : value.substring(0, comment).strip());
    }
  }
}
