package dev.hearth.ssh;

import java.nio.file.Path;
import java.util.Map;

/**
 * What of this machine decides how SSH is done.
 *
 * @param home the user's home directory
 * @param user the user's name here
 * @param variables environment variables; {@code SSH_AUTH_SOCK} is one of them
 * @param userConfig the user's ssh_config
 * @param systemConfig the machine's ssh_config
 */
public record SshEnvironment(
    Path home, String user, Map<String, String> variables, Path userConfig, Path systemConfig) {

  /** Keeps its own copy. */
  public SshEnvironment {
    variables = Map.copyOf(variables);
  }

  /** As it is for this process. */
  public static SshEnvironment ofThisProcess() {
    Path home = Path.of(System.getProperty("user.home"));
    return new SshEnvironment(
        home,
        System.getProperty("user.name"),
        System.getenv(),
        home.resolve(".ssh/config"),
        Path.of("/etc/ssh/ssh_config"));
  }
}
