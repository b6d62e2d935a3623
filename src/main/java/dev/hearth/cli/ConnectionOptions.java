package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.module.CommandLine;
import dev.hearth.run.RunOptions;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to connect and as whom to work. */
final class ConnectionOptions {

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "log in as this user")
  private @Nullable String user;

  @Option(
      names = {"--private-key", "--key-file"},
      paramLabel = "FILE",
      description = "log in with this key")
  private @Nullable Path privateKey;

  @Option(
      names = {"-c", "--connection"},
      paramLabel = "KIND",
      description = "ssh or local")
  private @Nullable String connection;

  @Option(
      names = {"-T", "--timeout"},
      paramLabel = "SECONDS",
      description = "give up connecting after this time")
  private @Nullable Integer timeout;

  @Option(
      names = "--ssh-common-args",
      paramLabel = "ARGS",
      parameterConsumer = DashedText.class,
      description = "options as for ssh, such as '-o ProxyJump=gate'")
  private @Nullable String sshCommonArgs;

  @Option(
      names = "--ssh-extra-args",
      paramLabel = "ARGS",
      parameterConsumer = DashedText.class,
      description = "the same")
  private @Nullable String sshExtraArgs;

  @Option(
      names = {"-k", "--ask-pass"},
      description = "ask for the SSH password")
  private boolean askPass;

  @Option(
      names = {"--connection-password-file", "--conn-pass-file"},
      paramLabel = "FILE",
      description = "file with the SSH password")
  private @Nullable Path passwordFile;

  @Option(
      names = {"-b", "--become"},
      description = "work as another user (root unless told otherwise)")
  private boolean become;

  @Option(names = "--become-user", paramLabel = "USER", description = "as this user")
  private @Nullable String becomeUser;

  @Option(names = "--become-method", paramLabel = "METHOD", description = "sudo, su or doas")
  private @Nullable String becomeMethod;

  @Option(
      names = {"-K", "--ask-become-pass"},
      description = "ask for the password that sudo wants")
  private boolean askBecomePass;

  @Option(
      names = {"--become-password-file", "--become-pass-file"},
      paramLabel = "FILE",
      description = "file with the password that sudo wants")
  private @Nullable Path becomePasswordFile;

  /** All of it, with the settings behind the options; asks for passwords where that was wanted. */
  RunOptions.ConnectionOptions resolve(Settings settings, Environment environment) {
    TerminalPrompt prompt = new TerminalPrompt(environment);
    Optional<Value.Secret> password =
        secret(
            askPass || settings.flag("defaults", "ask_pass", "ANSIBLE_ASK_PASS", false),
            "SSH password: ",
            file(passwordFile, settings, "connection_password_file"),
            prompt);
    String becomeQuestion =
        password.isPresent() ? "BECOME password[defaults to SSH password]: " : "BECOME password: ";
    Optional<Value.Secret> becomePassword =
        secret(
                askBecomePass
                    || settings.flag(
                        "privilege_escalation",
                        "become_ask_pass",
                        "ANSIBLE_BECOME_ASK_PASS",
                        false),
                becomeQuestion,
                file(becomePasswordFile, settings, "become_password_file"),
                prompt)
            .flatMap(typed -> typed.reveal().isEmpty() ? password : Optional.of(typed));
    return new RunOptions.ConnectionOptions(
        Optional.ofNullable(connection)
            .or(() -> settings.get("defaults", "transport", "ANSIBLE_TRANSPORT"))
            .orElse("ssh"),
        Optional.ofNullable(user)
            .or(() -> settings.get("defaults", "remote_user", "ANSIBLE_REMOTE_USER")),
        Optional.ofNullable(privateKey)
            .or(
                () ->
                    settings
                        .paths("defaults", "private_key_file", "ANSIBLE_PRIVATE_KEY_FILE", "\u0000")
                        .stream()
                        .findFirst()),
        Duration.ofSeconds(timeoutSeconds(settings)),
        sshArgs(settings),
        password,
        become || settings.flag("privilege_escalation", "become", "ANSIBLE_BECOME", false),
        Optional.ofNullable(becomeUser)
            .or(() -> settings.get("privilege_escalation", "become_user", "ANSIBLE_BECOME_USER")),
        Optional.ofNullable(becomeMethod)
            .or(
                () ->
                    settings.get("privilege_escalation", "become_method", "ANSIBLE_BECOME_METHOD"))
            .orElse("sudo"),
        becomePassword);
  }

  private long timeoutSeconds(Settings settings) {
    return timeout != null
        ? timeout
        : settings.number("defaults", "timeout", "ANSIBLE_TIMEOUT").orElse(10);
  }

  /** The file of an option, else of the setting. */
  private static @Nullable Path file(@Nullable Path option, Settings settings, String key) {
    return option != null
        ? option
        : settings
            .paths("defaults", key, "ANSIBLE_" + key.toUpperCase(Locale.ROOT), "\u0000")
            .stream()
            .findFirst()
            .orElse(null);
  }

  private List<String> sshArgs(Settings settings) {
    List<String> words = new ArrayList<>();
    settings
        .get("ssh_connection", "ssh_args", "ANSIBLE_SSH_ARGS")
        .ifPresent(text -> words.addAll(CommandLine.split(text)));
    settings
        .get("ssh_connection", "ssh_common_args", "ANSIBLE_SSH_COMMON_ARGS")
        .ifPresent(text -> words.addAll(CommandLine.split(text)));
    Optional.ofNullable(sshCommonArgs).ifPresent(text -> words.addAll(CommandLine.split(text)));
    Optional.ofNullable(sshExtraArgs)
        .or(() -> settings.get("ssh_connection", "ssh_extra_args", "ANSIBLE_SSH_EXTRA_ARGS"))
        .ifPresent(text -> words.addAll(CommandLine.split(text)));
    return words;
  }

  private static Optional<Value.Secret> secret(
      boolean ask, String question, @Nullable Path file, TerminalPrompt prompt) {
    if (file != null) {
      try {
        return Optional.of(
            new Value.Secret(Files.readString(file, StandardCharsets.UTF_8).strip()));
      } catch (IOException unreadable) {
        throw Diagnostic.error(ExitCode.NOT_FOUND, "cannot read the password file " + file)
            .because(String.valueOf(unreadable.getMessage()))
            .next("check its name, and that you may read it")
            .failure();
      }
    }
    return ask ? Optional.of(new Value.Secret(new String(prompt.ask(question)))) : Optional.empty();
  }
}
