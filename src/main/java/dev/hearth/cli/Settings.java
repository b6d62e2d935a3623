package dev.hearth.cli;

import dev.hearth.cli.settings.ConfigFile;
import dev.hearth.cli.settings.ConfigPlaces;
import dev.hearth.cli.settings.KnownSettings;
import dev.hearth.cli.settings.SettingValues;
import dev.hearth.cli.settings.SettingsReview;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Severity;
import dev.hearth.diag.Source;
import dev.hearth.inventory.InventoryServices;
import dev.hearth.playbook.ContentPaths;
import dev.hearth.run.FactCache;
import dev.hearth.run.Gathering;
import dev.hearth.run.Invocation;
import dev.hearth.run.JsonFactCache;
import dev.hearth.template.syntax.Extension;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.HashBehaviour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Settings from {@code ansible.cfg} (see {@link ConfigPlaces}) and the environment, with Ansible's
 * names; a variable of the environment beats the file.
 */
final class Settings {

  private static final Set<String> YES = Set.of("true", "yes", "on", "1", "y", "t");
  private static final Set<String> NO = Set.of("false", "no", "off", "0");

  private final Environment environment;
  private final ConfigPlaces places;
  private final Optional<Path> file;
  private final Map<String, Located> values;
  private final SettingsReview review = new SettingsReview(KnownSettings.load());

  Settings(Environment environment) {
    this.environment = environment;
    this.places =
        ConfigPlaces.find(
            environment.variables(), environment.workingDirectory(), environment.home());
    this.file = places.file();
    this.values = file.map(ConfigFile::read).orElse(Map.of());
  }

  /**
   * Warns of settings that do not exist or have no effect.
   *
   * @throws dev.hearth.diag.HearthException for settings that are not supported and would change
   *     what a run does
   */
  List<Diagnostic> reviewed() {
    List<Diagnostic> findings = new ArrayList<>(places.warnings());
    findings.addAll(review.findings(values, environment.variables()));
    List<Diagnostic> errors =
        findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new HearthException(errors);
    }
    hostKeyWarning().ifPresent(findings::add);
    review.withoutEffect(values, environment.variables()).ifPresent(findings::add);
    return findings;
  }

  /** Each setting that has no effect, for somebody who wants to know why. */
  List<Diagnostic> withoutEffect() {
    return review.unheeded(values, environment.variables()).stream()
        .map(
            made ->
                Diagnostic.warning(
                        made.value().at(),
                        "the setting " + made.setting().name() + " has no effect")
                    .next(made.setting().note()))
        .toList();
  }

  /** The settings that somebody made, by name. */
  List<SettingsReview.Made> made() {
    return review.made(values, environment.variables());
  }

  /** The configuration file that is used. */
  Optional<Path> file() {
    return file;
  }

  /** A setting: from that variable of the environment, else from that key of a section. */
  Optional<String> get(String section, String key, String variable) {
    return Optional.ofNullable(environment.variables().get(variable))
        .or(
            () ->
                Optional.ofNullable(values.get(section + "." + key))
                    .map(value -> ((Value.Text) value.value()).value()))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /**
   * A whole number of at least 0.
   *
   * @throws HearthException if something else is written
   */
  Optional<Integer> number(String section, String key, String variable) {
    return get(section, key, variable)
        .map(
            text -> {
              try {
                return Integer.parseUnsignedInt(text);
              } catch (NumberFormatException wrong) {
                throw notANumber(section, key, variable, text);
              }
            });
  }

  private HearthException notANumber(String section, String key, String variable, String text) {
    String summary = "'" + text + "' is no number for the setting '" + key + "'";
    Located written = values.get(section + "." + key);
    return (environment.variables().containsKey(variable) || written == null
            ? Diagnostic.error(ExitCode.INVALID, summary).because(variable + " says it")
            : Diagnostic.error(written.at(), summary))
        .next("write a whole number")
        .failure();
  }

  /** Where a setting is made. */
  Location place(String section, String key, String variable) {
    Located written = values.get(section + "." + key);
    return environment.variables().containsKey(variable) || written == null
        // The value itself stays unseen: it may be a password in the wrong variable.
        ? Location.startOf(Source.of("$" + variable, ""))
        : written.at();
  }

  /** A setting that is on or off. */
  boolean flag(String section, String key, String variable, boolean otherwise) {
    return get(section, key, variable).map(Settings::isYes).orElse(otherwise);
  }

  /** Whether a text means yes. */
  static boolean isYes(String text) {
    return YES.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  /** A file name as a setting means it: those of the file are relative to it. */
  Path resolved(String name, boolean inFile) {
    return path(name, inFile ? directory() : environment.workingDirectory());
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

  /** Where roles and collections are, by the settings or in Ansible's usual places. */
  ContentPaths contentPaths() {
    return new ContentPaths(
        pathsOr("roles_path", "ANSIBLE_ROLES_PATH", "roles", "/etc/ansible/roles"),
        get("defaults", "collections_path", "ANSIBLE_COLLECTIONS_PATH").isPresent()
            ? paths("defaults", "collections_path", "ANSIBLE_COLLECTIONS_PATH", ":")
            : pathsOr("collections_paths", "ANSIBLE_COLLECTIONS_PATHS", "collections"));
  }

  private List<Path> pathsOr(String key, String variable, String kind, String... more) {
    List<Path> written = paths("defaults", key, variable, ":");
    if (!written.isEmpty()) {
      return written;
    }
    List<Path> usual = new ArrayList<>();
    usual.add(
        get("defaults", "home", "ANSIBLE_HOME")
            .map(home -> paths("defaults", "home", "ANSIBLE_HOME", "\0").getFirst())
            .orElseGet(() -> environment.home().resolve(".ansible"))
            .resolve(kind));
    usual.add(Path.of("/usr/share/ansible").resolve(kind));
    List.of(more).forEach(path -> usual.add(Path.of(path)));
    return usual;
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

  /** This machine's Python; where one usually is when there is none. */
  private Path python() {
    return Arrays.stream(environment.variables().getOrDefault("PATH", "").split(":"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "python3"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(Path.of("/usr/bin/python3"));
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
            .orElse(true),
        gathering(),
        python(),
        get("defaults", "ansible_managed", "").orElse("Ansible managed"));
  }

  private Gathering gathering() {
    String written = get("defaults", "gathering", "ANSIBLE_GATHERING").orElse("implicit");
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "implicit" -> Gathering.IMPLICIT;
      case "explicit" -> Gathering.EXPLICIT;
      case "smart" -> Gathering.SMART;
      default ->
          throw Diagnostic.error(ExitCode.INVALID, "gathering is '" + written + "' in the settings")
              .because("it says when plays collect facts")
              .next("write 'implicit', 'explicit' or 'smart'")
              .failure();
    };
  }

  /**
   * What keeps facts from one run to the next.
   *
   * @param warnings takes why something is not cached
   * @throws dev.hearth.diag.HearthException if the settings name another kind than {@code memory}
   *     or {@code jsonfile}, no directory, or no number of seconds
   */
  FactCache factCache(Consumer<Diagnostic> warnings) {
    String kind =
        get("defaults", "fact_caching", "ANSIBLE_CACHE_PLUGIN")
            .orElse("memory")
            .replace("ansible.builtin.", "")
            .replace("community.general.", "");
    switch (kind) {
      case "memory" -> {
        return FactCache.NONE;
      }
      case "jsonfile" -> {
        List<Path> directory =
            paths("defaults", "fact_caching_connection", "ANSIBLE_CACHE_PLUGIN_CONNECTION", ",");
        if (directory.isEmpty()) {
          throw Diagnostic.error(ExitCode.INVALID, "fact_caching = jsonfile names no directory")
              .next("set fact_caching_connection to a directory")
              .failure();
        }
        return new JsonFactCache(
            directory.getFirst(),
            get("defaults", "fact_caching_prefix", "ANSIBLE_CACHE_PLUGIN_PREFIX").orElse(""),
            cacheTimeout(),
            InstantSource.system(),
            warnings);
      }
      default ->
          throw Diagnostic.error(ExitCode.INVALID, "Hearth has no fact cache '" + kind + "'")
              .because("fact_caching takes memory or jsonfile")
              .next("write one of them, or remove fact_caching")
              .failure();
    }
  }

  private Duration cacheTimeout() {
    String seconds =
        get("defaults", "fact_caching_timeout", "ANSIBLE_CACHE_PLUGIN_TIMEOUT").orElse("86400");
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(seconds)));
    } catch (NumberFormatException noNumber) {
      throw Diagnostic.error(
              ExitCode.INVALID, "fact_caching_timeout is '" + seconds + "' in the settings")
          .next("write a number of seconds; 0 for ever")
          .failure();
    }
  }

  /** Whether conditions may be of any type, as before 2.19 ({@code allow_broken_conditionals}). */
  boolean allowsBrokenConditionals() {
    return get("defaults", "allow_broken_conditionals", "ANSIBLE_ALLOW_BROKEN_CONDITIONALS")
        .map(value -> !NO.contains(value.toLowerCase(Locale.ROOT)))
        .orElse(false);
  }

  /**
   * The extensions of Jinja that are switched on ({@code jinja2_extensions}).
   *
   * @throws dev.hearth.diag.HearthException for one that Hearth does not have
   */
  Set<Extension> templateExtensions() {
    Set<Extension> extensions = EnumSet.noneOf(Extension.class);
    for (String name :
        get("defaults", "jinja2_extensions", "ANSIBLE_JINJA2_EXTENSIONS").orElse("").split(",")) {
      if (!name.isBlank()) {
        extensions.add(
            Extension.of(name.strip())
                .orElseThrow(
                    () ->
                        Diagnostic.error(
                                ExitCode.INVALID,
                                "there is no extension '" + name.strip() + "' of templates")
                            .because("Hearth has jinja2.ext.do and jinja2.ext.loopcontrols")
                            .next("remove it from jinja2_extensions")
                            .failure()));
      }
    }
    return extensions;
  }

  /** The value of a setting by its name, as the {@code config} lookup gives it. */
  Optional<Value> named(String name) {
    return new SettingValues(review.made(values, environment.variables()), environment.home())
        .of(name);
  }

  /** What a person who switched off host key checking must know; Hearth never does without it. */
  private Optional<Diagnostic> hostKeyWarning() {
    return get("defaults", "host_key_checking", "ANSIBLE_HOST_KEY_CHECKING")
        .filter(value -> NO.contains(value.toLowerCase(Locale.ROOT)))
        .map(
            value ->
                Diagnostic.warning(
                        "host_key_checking is off in the settings; Hearth checks host keys all the"
                            + " same")
                    .because(
                        "secrets go over this connection, and an unchecked key lets anybody read"
                            + " them")
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
}
