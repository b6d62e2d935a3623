package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * A user's home directory.
 *
 * @param user its name; empty for the user that runs the script
 */
public record HomeDirectory(String user) implements Fact<String> {

  private static final String PROBE =
      """
      if [ -z "$1" ]; then
        printf '%s\\n' "$HOME"
      elif command -v getent >/dev/null 2>&1; then
        getent passwd "$1" | cut -d: -f6
      else
        while IFS=: read -r name _ _ _ _ home _; do
          [ "$name" != "$1" ] || printf '%s\\n' "$home"
        done </etc/passwd
      fi
      """;

  @Override
  public String key() {
    return "home " + user;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, user);
  }

  @Override
  public String parse(Outcome.Exited answer) {
    String home = answer.out().strip();
    if (!home.startsWith("/")) {
      throw new UnreadableFact("the host knows no home directory of the user '" + user + "'");
    }
    return home;
  }
}
