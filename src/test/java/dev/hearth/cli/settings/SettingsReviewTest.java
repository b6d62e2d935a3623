package dev.hearth.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Severity;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsReviewTest {

  private final KnownSettings known = KnownSettings.load();
  private final SettingsReview review = new SettingsReview(known);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[defaults]\\nhostkey_checking = no | did you mean 'host_key_checking'? | :2:20",
        "[defaults]\\nbecome = yes | move it to the section [privilege_escalation] | :2:10",
        "[ssh_conection]\\npipelining=1 | did you mean [ssh_connection]? | :2:12",
        "[defaults]\\nnonsense = 1 | remove it | :2:12",
      })
  void warnsOfNamesThatDoNotExist(String text, String hint, String place) {
    assertThat(findings(text, Map.of()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.render()).contains(hint).contains(place);
            });
  }

  @Test
  void warnsOfVariablesThatAreNearlySettings() {
    Map<String, String> environment =
        Map.of("ANSIBLE_INVENTROY", "x", "ANSIBLE_MY_OWN_TOKEN", "x", "ANSIBLE_CONFIG", "x");
    assertThat(findings("", environment))
        .extracting(Diagnostic::next)
        .containsExactly("did you mean ANSIBLE_INVENTORY?");
  }

  @ParameterizedTest
  @CsvSource({
    "private_role_vars, yes, DEFAULT_PRIVATE_ROLE_VARS",
    "error_on_undefined_vars, False, DEFAULT_UNDEFINED_VAR_BEHAVIOR",
    "module_args, x=1, DEFAULT_MODULE_ARGS",
    "'vars_plugins_enabled', 'host_group_vars,community.sops.sops', VARIABLE_PLUGINS_ENABLED",
  })
  void refusesWhatWouldChangeARun(String key, String value, String name) {
    assertThat(findings("[defaults]\n" + key + " = " + value, Map.of()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.render()).contains(name).contains("ansible.cfg:2:");
              assertThat(finding.next()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "no_log, off",
    "error_on_undefined_vars, YES",
    "strategy, mitogen_linear",
    "vars_plugins_enabled, host_group_vars",
    "nocows, 1",
    "retry_files_enabled, False",
    "interpreter_python, auto_silent",
    "forks, 20",
    "stdout_callback, default",
  })
  void passesWhatChangesNothing(String key, String value) {
    String text = "[defaults]\n" + key + " = " + value;
    assertThat(findings(text, Map.of())).isEmpty();
    assertThat(review.withoutEffect(read(text), Map.of())).isEmpty();
  }

  @Test
  void tellsInOneWarningWhatHasNoEffect() {
    Map<String, Located> file = read("[defaults]\nlog_verbosity = 2\npoll_interval = 3\n");
    assertThat(review.withoutEffect(file, Map.of("ANSIBLE_MAX_DIFF_SIZE", "9")).orElseThrow())
        .extracting(Diagnostic::summary)
        .asString()
        .contains("DEFAULT_POLL_INTERVAL, LOG_VERBOSITY, MAX_FILE_SIZE_FOR_DIFF");
  }

  @Test
  void theEnvironmentBeatsTheFile() {
    List<SettingsReview.Made> made =
        review.made(read("[defaults]\nforks = 1\n"), Map.of("ANSIBLE_FORKS", "2"));
    assertThat(made).extracting(SettingsReview.Made::text).containsExactly("2");
  }

  @Test
  void theTableNamesEachKeyAndVariableOnceAndSaysWhy() {
    Set<String> names = new HashSet<>();
    Set<String> variables = new HashSet<>();
    for (Setting setting : known.all()) {
      assertThat(setting.name()).satisfies(name -> assertThat(names.add(name)).isTrue());
      setting.keys().forEach(key -> assertThat(names.add(key)).as(key).isTrue());
      setting.variables().forEach(one -> assertThat(variables.add(one)).as(one).isTrue());
      assertThat(setting.note().isEmpty())
          .as(setting.name())
          .isEqualTo(setting.state() == Setting.State.OBEYED);
    }
    assertThat(known.all()).hasSizeGreaterThan(200);
  }

  private List<Diagnostic> findings(String text, Map<String, String> environment) {
    return review.findings(read(text.replace("\\n", "\n")), environment);
  }

  private static Map<String, Located> read(String text) {
    return ConfigFile.read(new Source("ansible.cfg", text));
  }
}
