package dev.hearth.cli.settings;

import dev.hearth.value.Value;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The values of settings with their types: what was made of them, or their defaults. */
public final class SettingValues {

  private static final Set<String> YES = Set.of("true", "yes", "on", "1", "y", "t");

  private final List<SettingsReview.Made> made;
  private final Path home;
  private final KnownSettings known = KnownSettings.load();

  /**
   * @param made the settings that somebody made
   * @param home what {@code ~} means
   */
  public SettingValues(List<SettingsReview.Made> made, Path home) {
    this.made = made;
    this.home = home;
  }

  /** The value of the setting with that name; empty when there is none. */
  public Optional<Value> of(String name) {
    return known.all().stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .map(
            setting ->
                made.stream()
                    .filter(each -> each.setting().name().equals(name))
                    .map(each -> ((Value.Text) each.value().value()).value())
                    .findFirst()
                    .or(() -> setting.same().stream().filter(text -> !text.isEmpty()).findFirst())
                    .map(text -> value(setting.kind(), text.strip()))
                    .orElse(Value.NULL));
  }

  private Value value(Setting.Kind kind, String text) {
    return switch (kind) {
      case TEXT -> Value.written(text);
      case FLAG -> Value.bool(YES.contains(text.toLowerCase(Locale.ROOT)));
      case NUMBER ->
          text.matches("-?[0-9]+")
              ? new Value.Int(new BigInteger(text))
              : new Value.Real(Double.parseDouble(text));
      case PATH -> path(text);
      case LIST -> list(text, ",", false);
      case PATHLIST -> list(text, ",", true);
      case PATHS -> list(text, ":", true);
    };
  }

  private Value list(String text, String between, boolean paths) {
    return new Value.Seq(
        Arrays.stream(text.split(between))
            .map(String::strip)
            .map(each -> paths ? path(each) : Value.written(each))
            .toList());
  }

  private Value path(String text) {
    boolean own = text.equals("~") || text.startsWith("~/");
    return Value.written(own ? home + text.substring(1) : text);
  }
}
