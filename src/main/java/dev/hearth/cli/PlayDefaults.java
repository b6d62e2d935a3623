package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Keyword;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The settings that hold where no play, block or task says anything else. */
final class PlayDefaults {

  private static final List<String> STRATEGIES = List.of("linear", "free", "host_pinned");

  private final Settings settings;
  private final Map<Keyword, Located> defaults = new EnumMap<>(Keyword.class);

  private PlayDefaults(Settings settings) {
    this.settings = settings;
  }

  /**
   * The keywords that settings stand for.
   *
   * @throws dev.hearth.diag.HearthException for a strategy that Hearth does not have
   */
  static Map<Keyword, Located> of(Settings settings) {
    PlayDefaults all = new PlayDefaults(settings);
    all.flag(Keyword.ANY_ERRORS_FATAL, "any_errors_fatal", "ANSIBLE_ANY_ERRORS_FATAL");
    all.flag(Keyword.NO_LOG, "no_log", "ANSIBLE_NO_LOG");
    all.number(Keyword.TIMEOUT, "task_timeout", "ANSIBLE_TASK_TIMEOUT");
    all.number(Keyword.PORT, "remote_port", "ANSIBLE_REMOTE_PORT");
    all.text(Keyword.BECOME_EXE, "become_exe", "ANSIBLE_BECOME_EXE");
    all.text(Keyword.BECOME_FLAGS, "become_flags", "ANSIBLE_BECOME_FLAGS");
    all.strategy();
    return all.defaults;
  }

  private void flag(Keyword keyword, String key, String variable) {
    if (settings.flag("defaults", key, variable, false)) {
      put(keyword, Value.bool(true), "defaults", key, variable);
    }
  }

  private void number(Keyword keyword, String key, String variable) {
    settings
        .number("defaults", key, variable)
        .filter(number -> number > 0)
        .ifPresent(number -> put(keyword, Value.number(number), "defaults", key, variable));
  }

  private void text(Keyword keyword, String key, String variable) {
    String section = "privilege_escalation";
    settings
        .get(section, key, variable)
        .ifPresent(text -> put(keyword, Value.text(text), section, key, variable));
  }

  private void strategy() {
    String key = "strategy";
    String variable = "ANSIBLE_STRATEGY";
    String written = settings.get("defaults", key, variable).orElse("linear");
    // Mitogen makes Ansible quicker; what a play does is the same.
    String name = written.replace("ansible.builtin.", "").replaceFirst("^mitogen_", "");
    if (!STRATEGIES.contains(name)) {
      throw Diagnostic.error(
              at("defaults", key, variable), "there is no strategy '" + written + "'")
          .because("Hearth has " + String.join(", ", STRATEGIES))
          .next(Nearest.hint(name, STRATEGIES, "remove the setting"))
          .failure();
    }
    if (!name.equals("linear")) {
      put(Keyword.STRATEGY, Value.text(name), "defaults", key, variable);
    }
  }

  private void put(Keyword keyword, Value value, String section, String key, String variable) {
    defaults.put(keyword, new Located(value, at(section, key, variable)));
  }

  private Location at(String section, String key, String variable) {
    return settings.place(section, key, variable);
  }
}
