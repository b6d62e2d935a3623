package dev.hearth.cli;

import dev.hearth.cli.settings.Setting;
import dev.hearth.cli.settings.SettingsReview;
import dev.hearth.diag.ExitCode;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code hearth config}: the settings that somebody made, as {@code ansible-config dump} shows
 * them.
 */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Show the settings of ansible.cfg and the environment, and what becomes of them.",
    footer = {"", "Example: hearth config dump"})
final class ConfigCommand implements Callable<Integer> {

  private final Environment environment;

  ConfigCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return dump(true);
  }

  /** Prints the settings. */
  @Command(
      name = "dump",
      mixinStandardHelpOptions = true,
      description = "Show each setting that was made, where, and what Hearth does with it.")
  int dump(
      @Option(names = "--only-changed", description = "the default: only settings that were made")
          boolean onlyChanged) {
    Settings settings = new Settings(environment);
    Map<String, String> lines = new TreeMap<>();
    settings.file().ifPresent(file -> lines.put("CONFIG_FILE", "CONFIG_FILE() = " + file));
    for (SettingsReview.Made made : settings.made()) {
      if (made.differs()) {
        lines.put(made.setting().name(), line(made, settings));
      }
    }
    PrintStream out = environment.out();
    lines.values().forEach(out::println);
    out.flush();
    return ExitCode.OK.number();
  }

  private static String line(SettingsReview.Made made, Settings settings) {
    String origin = made.value().at().source().name();
    return made.setting().name()
        + "("
        + (origin.startsWith("$") ? "env: " + origin.substring(1) : origin)
        + ") = "
        + shown(made, settings)
        + remark(made.setting());
  }

  /** The value as Python prints it. */
  private static String shown(SettingsReview.Made made, Settings settings) {
    boolean file = !made.value().at().source().name().startsWith("$");
    return switch (made.setting().kind()) {
      case FLAG -> Settings.isYes(made.text()) ? "True" : "False";
      case LIST -> list(List.of(made.text().split(",")));
      case PATH -> settings.resolved(made.text(), file).toString();
      case PATHS -> paths(made.text().split(":"), settings, file);
      case PATHLIST -> paths(made.text().split(","), settings, file);
      case TEXT, NUMBER -> made.text();
    };
  }

  private static String paths(String[] names, Settings settings, boolean file) {
    return list(
        List.of(names).stream()
            .map(String::strip)
            .map(name -> settings.resolved(name, file))
            .map(Path::toString)
            .toList());
  }

  private static String list(List<String> items) {
    return Printed.str(
        new Value.Seq(items.stream().map(String::strip).<Value>map(Value::text).toList()));
  }

  private static String remark(Setting setting) {
    return switch (setting.state()) {
      case OBEYED -> "";
      case HARMLESS -> "  # needs nothing: " + setting.note();
      case UNHEEDED -> "  # no effect: " + setting.note();
      case REFUSED -> "  # refused: " + setting.note();
    };
  }
}
