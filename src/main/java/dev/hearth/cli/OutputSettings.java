package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Nearest;
import dev.hearth.view.ConsoleStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a run is shown, by {@code ansible.cfg} and the environment. */
final class OutputSettings {

  private static final String DEFAULTS = "defaults";

  /** What is written instead of a callback that Hearth does not have. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "json", "run with --json, which writes one JSON object a line",
          "jsonl", "run with --json, which writes one JSON object a line",
          "oneline", "use 'minimal'; ansible-core removes 'oneline' in 2.23",
          "null", "send standard output to /dev/null",
          "unixy", "use 'default' with display_ok_hosts = false",
          "dense", "use 'default' with display_ok_hosts = false",
          "selective", "use 'default' with display_ok_hosts = false",
          "actionable",
              "use 'default' with display_ok_hosts = false and display_skipped_hosts = false",
          "skippy", "use 'default' with display_skipped_hosts = false",
          "tree", "run with --json and store what you need");

  private static final Map<String, Callback> CALLBACKS =
      Map.of(
          "default", Callback.DEFAULT,
          "minimal", Callback.MINIMAL,
          "yaml", Callback.YAML,
          "debug", Callback.DEBUG);

  private final Settings settings;

  OutputSettings(Settings settings) {
    this.settings = settings;
  }

  /** The ways to show a run that Hearth has. */
  enum Callback {
    /** Ansible's own. */
    DEFAULT,
    /** One block for each result. */
    MINIMAL,
    /** {@code community.general.yaml}. */
    YAML,
    /** {@code ansible.posix.debug}. */
    DEBUG
  }

  /** The names that {@code stdout_callback} can have. */
  static List<String> callbacks() {
    return CALLBACKS.keySet().stream().sorted().toList();
  }

  /**
   * What {@code stdout_callback} names.
   *
   * @throws dev.hearth.diag.HearthException for one that Hearth does not have
   */
  Callback callback() {
    String name =
        settings.get(DEFAULTS, "stdout_callback", "ANSIBLE_STDOUT_CALLBACK").orElse("default");
    String last = name.substring(name.lastIndexOf('.') + 1);
    Callback known = CALLBACKS.get(last);
    if (known == null) {
      throw Diagnostic.error(ExitCode.INVALID, "there is no stdout_callback '" + name + "'")
          .because("Hearth has " + String.join(", ", callbacks()))
          .next(
              INSTEAD.getOrDefault(
                  last, Nearest.hint(last, callbacks(), "use 'default' or run with --json")))
          .failure();
    }
    return known;
  }

  /**
   * How the console is to look.
   *
   * @throws dev.hearth.diag.HearthException for a value that is none
   */
  ConsoleStyle style() {
    ConsoleStyle usual = ConsoleStyle.DEFAULT;
    return new ConsoleStyle(
        format(),
        settings
            .get(DEFAULTS, "callback_format_pretty", "ANSIBLE_CALLBACK_FORMAT_PRETTY")
            .map(value -> bool("callback_format_pretty", value)),
        flag("display_skipped_hosts", usual.skippedHosts()),
        flag("display_ok_hosts", usual.okHosts()),
        flag("display_failed_stderr", usual.failuresToErr()),
        flag("show_per_host_start", usual.hostStarts()),
        flag("check_mode_markers", usual.checkMarkers()),
        flag("show_custom_stats", usual.customStats()),
        flag("show_task_path_on_failure", usual.taskPathOnFailure()),
        number("diff", "context", "ANSIBLE_DIFF_CONTEXT", usual.diffContext()));
  }

  /** {@code verbosity}, which {@code -v} adds to. */
  int verbosity() {
    return number(DEFAULTS, "verbosity", "ANSIBLE_VERBOSITY", 0);
  }

  /** Callbacks of {@code callbacks_enabled}, by their last names. */
  List<String> enabled() {
    List<String> names = new ArrayList<>();
    settings
        .get(DEFAULTS, "callbacks_enabled", "ANSIBLE_CALLBACKS_ENABLED")
        .ifPresent(
            list -> {
              for (String name : list.split(",")) {
                if (!name.isBlank()) {
                  names.add(name.strip().substring(name.strip().lastIndexOf('.') + 1));
                }
              }
            });
    return List.copyOf(names);
  }

  private ConsoleStyle.Format format() {
    Callback callback = callback();
    if (callback == Callback.YAML) {
      return ConsoleStyle.Format.YAML_CALLBACK;
    }
    if (callback == Callback.DEBUG) {
      return ConsoleStyle.Format.OUTPUT_APART;
    }
    String written =
        settings
            .get(DEFAULTS, "callback_result_format", "ANSIBLE_CALLBACK_RESULT_FORMAT")
            .orElse("json");
    return switch (written) {
      case "json" -> ConsoleStyle.Format.JSON;
      case "yaml" -> ConsoleStyle.Format.YAML;
      default -> throw wrong("callback_result_format", written, "write json or yaml").failure();
    };
  }

  private boolean flag(String key, boolean otherwise) {
    return settings
        .get(DEFAULTS, key, "ANSIBLE_" + key.toUpperCase(Locale.ROOT))
        .map(value -> bool(key, value))
        .orElse(otherwise);
  }

  private static boolean bool(String key, String written) {
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1", "t", "y" -> true;
      case "false", "no", "off", "0", "f", "n" -> false;
      default -> throw wrong(key, written, "write true or false").failure();
    };
  }

  private int number(String section, String key, String variable, int otherwise) {
    Optional<String> written = settings.get(section, key, variable);
    try {
      return written.map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException none) {
      throw wrong(key, written.orElse(""), "write a number").failure();
    }
  }

  private static Diagnostic wrong(String key, String written, String next) {
    return Diagnostic.error(ExitCode.INVALID, "the setting " + key + " cannot be '" + written + "'")
        .next(next);
  }
}
