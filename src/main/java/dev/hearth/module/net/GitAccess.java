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
 */
record GitAccess(String url, String user, Value.Textual password, String ssh) {

  /**
   * A shell function {@code git_access WORDS} that calls git with the credentials of the
   * environment and never asks a person.
   */
  static final String FUNCTION =
      """
      export GIT_TERMINAL_PROMPT=0
      export GIT_SSH_COMMAND="${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}"
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

  static GitAccess of(Value.Textual repository, String ssh) {
    Matcher parts = CREDENTIALS.matcher(repository.reveal());
    if (!parts.matches()) {
      return new GitAccess(repository.reveal(), "", Value.text(""), ssh);
    }
    String password = parts.group(3) == null ? "" : parts.group(3);
    return new GitAccess(
        parts.group(1) + parts.group(4),
        decoded(parts.group(2)),
        new Value.Secret(decoded(password)),
        ssh);
  }

  private static String decoded(String text) {
    return java.net.URLDecoder.decode(
        text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
  }

  Map<String, Word> environment() {
    Map<String, Word> environment = new TreeMap<>();
    environment.put("HEARTH_GIT_USER", Word.of(user));
    environment.put("HEARTH_GIT_PASSWORD", Word.of(password));
    if (!ssh.isEmpty()) {
      environment.put("GIT_SSH_COMMAND", Word.of(ssh));
    }
    return environment;
  }
}
