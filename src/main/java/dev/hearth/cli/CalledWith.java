package dev.hearth.cli;

import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * How a run was called, as {@code -vvvv} shows it: in the words of {@code ansible-playbook}, with
 * its defaults, and without the values of extra variables, which may be secrets.
 */
final class CalledWith {

  private final ParseResult given;
  private final Path here;
  private final List<String> lines = new ArrayList<>();

  private CalledWith(ParseResult given, Path here) {
    this.given = given;
    this.here = here;
  }

  /**
   * The lines.
   *
   * @param verbosity how often {@code -v} was given
   * @param forks hosts that are worked on at the same time
   * @param inventory where the inventory comes from
   */
  static List<String> lines(
      ParseResult given, Path here, int verbosity, int forks, List<String> inventory) {
    return new CalledWith(given, here).all(verbosity, forks, inventory);
  }

  private List<String> all(int verbosity, int forks, List<String> inventory) {
    String files = String.join(" ", positional());
    if (!files.isEmpty()) {
      lines.add("Positional arguments: " + files);
    }
    lines.add("verbosity: " + verbosity);
    text("private_key_file", "--private-key", this::absolute);
    text("remote_user", "--user", value -> value);
    lines.add("connection: " + value("--connection").orElse("ssh"));
    text("timeout", "--timeout", value -> value);
    text("ssh_common_args", "--ssh-common-args", value -> value);
    text("ssh_extra_args", "--ssh-extra-args", value -> value);
    flag("ask_pass", "--ask-pass");
    text("connection_password_file", "--connection-password-file", this::absolute);
    flag("force_handlers", "--force-handlers");
    flag("become", "--become");
    lines.add("become_method: " + value("--become-method").orElse("sudo"));
    text("become_user", "--become-user", value -> value);
    flag("become_ask_pass", "--ask-become-pass");
    text("become_password_file", "--become-password-file", this::absolute);
    List<String> tags = commas("--tags");
    list("tags", tags.isEmpty() ? List.of("all") : tags);
    list("skip_tags", commas("--skip-tags"));
    flag("check", "--check");
    flag("diff", "--diff");
    list("inventory", inventory.stream().map(this::source).toList());
    text("subset", "--limit", value -> value);
    flag("flush_cache", "--flush-cache");
    list("extra_vars", extraVars());
    list("vault_ids", values("--vault-id"));
    flag("ask_vault_pass", "--ask-vault-pass");
    list(
        "vault_password_files",
        values("--vault-password-file").stream().map(this::absolute).toList());
    lines.add("forks: " + forks);
    flag("step", "--step");
    text("start_at_task", "--start-at-task", value -> value);
    return List.copyOf(lines);
  }

  private List<String> positional() {
    List<String> all = new ArrayList<>();
    for (PositionalParamSpec each : given.matchedPositionals()) {
      each.originalStringValues().stream().filter(word -> !all.contains(word)).forEach(all::add);
    }
    return all;
  }

  private void flag(String name, String option) {
    if (given.hasMatchedOption(option)) {
      lines.add(name + ": True");
    }
  }

  private void text(String name, String option, UnaryOperator<String> shown) {
    value(option).map(shown).ifPresent(value -> lines.add(name + ": " + value));
  }

  /** As Python prints a tuple. */
  private void list(String name, List<String> values) {
    if (!values.isEmpty()) {
      List<String> words = values.stream().map(each -> Printed.repr(Value.text(each))).toList();
      lines.add(name + ": (" + String.join(", ", words) + (words.size() == 1 ? ",)" : ")"));
    }
  }

  private Optional<String> value(String option) {
    List<String> all = values(option);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  private List<String> values(String option) {
    OptionSpec matched = given.matchedOption(option);
    if (matched != null) {
      return matched.originalStringValues();
    }
    // An option that takes its word by itself does not count as matched.
    OptionSpec known = given.commandSpec().findOption(option);
    return known != null
            && known.parameterConsumer() != null
            && known.getValue() instanceof String word
        ? List.of(word)
        : List.of();
  }

  private List<String> commas(String option) {
    return values(option).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private List<String> extraVars() {
    return values("--extra-vars").stream()
        .map(value -> value.startsWith("@") ? "@" + absolute(value.substring(1)) : hidden(value))
        .toList();
  }

  private static String hidden(String variables) {
    return GivenArguments.withoutValues(List.of("-e", variables)).getLast();
  }

  /** A list of hosts is no file. */
  private String source(String inventory) {
    return inventory.contains(",") ? inventory : absolute(inventory);
  }

  private String absolute(String file) {
    return here.resolve(file).normalize().toString();
  }
}
