package dev.hearth.cli.settings;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Says what becomes of every setting that somebody made: what Hearth cannot obey is refused where
 * obeying it would change what a run does, and told otherwise; names that do not exist give a
 * warning with the nearest that does.
 */
public final class SettingsReview {

  /** A section's name before that of its entry, which somebody chooses. */
  private static final String SERVERS = "galaxy_server.";

  private final KnownSettings known;

  /** Reviews against these. */
  public SettingsReview(KnownSettings known) {
    this.known = known;
  }

  /**
   * A setting that somebody made.
   *
   * @param setting the setting
   * @param value what was written, and where
   */
  public record Made(Setting setting, Located value) {

    /** What was written. */
    public String text() {
      return ((Value.Text) value.value()).value();
    }

    /** Whether it says something else than the default. */
    public boolean differs() {
      return setting.same().stream().noneMatch(value -> normal(text()).equals(normal(value)));
    }

    private String normal(String written) {
      String text = written.strip().toLowerCase(Locale.ROOT);
      return switch (setting.kind()) {
        case FLAG -> Boolean.toString(List.of("true", "yes", "on", "1", "y", "t").contains(text));
        case LIST -> text.replaceAll("\\s*,\\s*", ",");
        default -> text;
      };
    }
  }

  /**
   * Every known setting that was made, by name: those of the environment beat those of the file.
   *
   * @param file the values of {@code ansible.cfg}
   */
  public List<Made> made(Map<String, Located> file, Map<String, String> environment) {
    List<Made> all = new ArrayList<>();
    for (Setting setting : known.all()) {
      Optional<Located> value =
          setting.variables().stream()
              .filter(environment::containsKey)
              .findFirst()
              .map(variable -> variable(variable, environment))
              .or(
                  () ->
                      setting.keys().stream().filter(file::containsKey).findFirst().map(file::get));
      value.ifPresent(found -> all.add(new Made(setting, found)));
    }
    all.sort(Comparator.comparing(made -> made.setting().name()));
    return all;
  }

  private static Located variable(String name, Map<String, String> environment) {
    String value = environment.getOrDefault(name, "");
    // The value may be a password that somebody put into the wrong variable.
    return new Located(Value.text(value), Location.startOf(Source.of("$" + name, "")));
  }

  /** What to refuse and what to warn of. */
  public List<Diagnostic> findings(Map<String, Located> file, Map<String, String> environment) {
    List<Diagnostic> findings = new ArrayList<>();
    file.forEach((key, value) -> unknownKey(key, value.at()).ifPresent(findings::add));
    environment.keySet().stream()
        .sorted()
        .forEach(name -> unknownVariable(name).ifPresent(findings::add));
    made(file, environment).stream()
        .filter(Made::differs)
        .forEach(made -> finding(made).ifPresent(findings::add));
    return findings;
  }

  private static Optional<Diagnostic> finding(Made made) {
    Setting setting = made.setting();
    return setting.state() == Setting.State.REFUSED
        ? Optional.of(
            Diagnostic.error(
                    made.value().at(), "the setting " + setting.name() + " is not supported")
                .because("passing over it would change what a run does")
                .next(setting.note()))
        : Optional.empty();
  }

  /** One warning for all settings that have no effect; none when there are none. */
  public Optional<Diagnostic> withoutEffect(
      Map<String, Located> file, Map<String, String> environment) {
    List<Made> all = unheeded(file, environment);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.warning(
                all.getFirst().value().at(),
                "settings have no effect: "
                    + String.join(", ", all.stream().map(made -> made.setting().name()).toList()))
            .because("Hearth does not have what they set")
            .next("see what each means here: hearth doctor"));
  }

  /** The settings that have no effect although they should. */
  public List<Made> unheeded(Map<String, Located> file, Map<String, String> environment) {
    return made(file, environment).stream()
        .filter(made -> made.setting().state() == Setting.State.UNHEEDED && made.differs())
        .toList();
  }

  private Optional<Diagnostic> unknownKey(String key, Location at) {
    if (known.key(key).isPresent() || key.startsWith(SERVERS)) {
      return Optional.empty();
    }
    int dot = key.lastIndexOf('.');
    String section = key.substring(0, dot);
    if (!known.sections().contains(section)) {
      // Plugins of collections have sections of their own, which mean nothing here.
      return Nearest.to(section, known.sections())
          .map(
              near ->
                  Diagnostic.warning(at, "there is no section [" + section + "]")
                      .because("its settings have no effect")
                      .next("did you mean [" + near + "]?"));
    }
    String name = key.substring(dot + 1);
    List<String> names =
        known.keysOf(section).stream().map(one -> one.substring(section.length() + 1)).toList();
    return Optional.of(
        Diagnostic.warning(at, "there is no setting '" + name + "' in [" + section + "]")
            .because("it has no effect")
            .next(elsewhere(name).orElseGet(() -> Nearest.hint(name, names, "remove it"))));
  }

  private Optional<String> elsewhere(String name) {
    return known.sections().stream()
        .filter(section -> known.key(section + "." + name).isPresent())
        .findFirst()
        .map(section -> "move it to the section [" + section + "]");
  }

  private Optional<Diagnostic> unknownVariable(String name) {
    if (!name.startsWith("ANSIBLE_")
        || name.equals("ANSIBLE_CONFIG")
        || known.variable(name).isPresent()) {
      return Optional.empty();
    }
    // Playbooks read variables of their own; only what is nearly a setting is probably one.
    return Nearest.to(name, known.variables())
        .filter(near -> Math.abs(near.length() - name.length()) <= 2)
        .map(
            near ->
                Diagnostic.warning("there is no setting with the environment variable " + name)
                    .because("it has no effect")
                    .next("did you mean " + near + "?"));
  }
}
