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
import dev.hearth.playbook.ContentPaths;
import dev.hearth.template.syntax.Extension;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** Whether a text means no; what means neither is for the setting to judge. */
  static boolean isNo(String text) {
    return NO.contains(text.strip().toLowerCase(Locale.ROOT));
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
            : pathsOr("collections_paths", "ANSIBLE_COLLECTIONS_PATHS", "collections"),
        new ContentPaths.Python(
            get("hearth", "python_bridge", "HEARTH_PYTHON_BRIDGE")
                .map(value -> !isNo(value))
                .orElse(true),
            pathsOr("library", "ANSIBLE_LIBRARY", "plugins/modules"),
            pathsOr("module_utils", "ANSIBLE_MODULE_UTILS", "plugins/module_utils"),
            new PythonPackages(environment)));
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

  /** Whether conditions may be of any type, as before 2.19 ({@code allow_broken_conditionals}). */
  boolean allowsBrokenConditionals() {
    return get("defaults", "allow_broken_conditionals", "ANSIBLE_ALLOW_BROKEN_CONDITIONALS")
        .map(value -> !isNo(value))
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
        .filter(value -> isNo(value))
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

  private Path directory() {
    return file.map(Path::toAbsolutePath)
        .map(Path::getParent)
        .orElse(environment.workingDirectory());
  }

  /** A file name relative to a directory, or to the home directory after {@code ~/}. */
  Path path(String name, Path base) {
    return name.startsWith("~/")
        ? environment.home().resolve(name.substring(2))
        : base.resolve(name).normalize();
  }
}
