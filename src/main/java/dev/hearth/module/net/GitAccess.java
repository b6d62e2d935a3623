package dev.hearth.module.net;

import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a repository is reached. A user and password in its address are taken out: git would write
 * them into its configuration and show them in the list of processes.
 *
 * @param url without user and password
 * @param user for the server; empty for none
 * @param password for the server
 * @param ssh how git calls ssh; empty for its own way
 * @param executable the git program; empty for the one that the host finds
 * @param umask for what git makes, octal digits; empty for the user's own
 */
record GitAccess(
    String url, String user, Value.Textual password, String ssh, String executable, String umask) {

  /**
   * Shell functions: {@code git} calls the program that the task names, {@code git_access WORDS}
   * does so with the credentials of the environment. Nobody is asked at a terminal.
   */
  static final String FUNCTION =
      """
      export GIT_TERMINAL_PROMPT=0
      export GIT_SSH_COMMAND="${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}"
      [ -z "$HEARTH_GIT_UMASK" ] || umask "$HEARTH_GIT_UMASK"
      git() {
        command "${HEARTH_GIT:-git}" "$@"
      }
      git_access() {
        if [ -n "$HEARTH_GIT_USER" ]; then
          git -c credential.helper= -c 'credential.helper=!f() {
            echo "username=$HEARTH_GIT_USER"
            echo "password=$HEARTH_GIT_PASSWORD"
          }; f' "$@"
        else
          git "$@"
        fi
      }
      """;

  private static final Pattern CREDENTIALS =
      Pattern.compile("(https?://)([^/@:]*)(?::([^/@]*))?@(.*)", Pattern.DOTALL);

  static GitAccess of(Value.Textual repository, String ssh, String executable, String umask) {
    Matcher parts = CREDENTIALS.matcher(repository.reveal());
    if (!parts.matches()) {
      return new GitAccess(repository.reveal(), "", Value.text(""), ssh, executable, umask);
    }
    String password = parts.group(3) == null ? "" : parts.group(3);
    return new GitAccess(
        parts.group(1) + parts.group(4),
        decoded(parts.group(2)),
        new Value.Secret(decoded(password)),
        ssh,
        executable,
        umask);
  }

  private static String decoded(String text) {
    return java.net.URLDecoder.decode(
        text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** How the program is called when no server is asked. */
  Map<String, Word> calling() {
    Map<String, Word> environment = new TreeMap<>();
    if (!executable.isEmpty()) {
      environment.put("HEARTH_GIT", Word.of(executable));
    }
    if (!umask.isEmpty()) {
      environment.put("HEARTH_GIT_UMASK", Word.of(umask));
    }
    return environment;
  }

  Map<String, Word> environment() {
    Map<String, Word> environment = calling();
    environment.put("HEARTH_GIT_USER", Word.of(user));
    environment.put("HEARTH_GIT_PASSWORD", Word.of(password));
    if (!ssh.isEmpty()) {
      environment.put("GIT_SSH_COMMAND", Word.of(ssh));
    }
    return environment;
  }
}
