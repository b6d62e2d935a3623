package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.ssh.SshConnector;
import dev.hearth.ssh.SshEnvironment;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** SSH with this user's keys, agent and configuration. */
final class SshAccess {

  private final Environment environment;
  private final Consumer<Diagnostic> warnings;

  SshAccess(Environment environment, Consumer<Diagnostic> warnings) {
    this.environment = environment;
    this.warnings = warnings;
  }

  /** Opens connections; the caller closes it. */
  SshConnector connector() {
    return new SshConnector(sshEnvironment(), this::passphrase, warnings);
  }

  private SshEnvironment sshEnvironment() {
    return new SshEnvironment(
        environment.home(),
        System.getProperty("user.name", "root"),
        environment.variables(),
        environment.home().resolve(".ssh/config"),
        Path.of("/etc/ssh/ssh_config"));
  }

  private Optional<Value.Secret> passphrase(Path key, int attempt) {
    return new TerminalPrompt(environment)
        .answer("Passphrase for " + key + (attempt == 0 ? ": " : " (wrong, once more): "), true)
        .map(Value.Secret::new);
  }
}
