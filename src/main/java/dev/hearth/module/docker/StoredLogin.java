package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import java.util.Optional;

/**
 * What a store of the host's, such as {@code pass}, holds for a registry; empty when it holds
 * nothing.
 *
 * @param store the end of the name of docker's program for it
 * @param registry as it was logged in to
 */
record StoredLogin(String store, String registry) implements Fact<Optional<StoredLogin.Login>> {

  private static final String PROBE =
      """
      command -v "docker-credential-$1" >/dev/null || {
        echo "there is no program docker-credential-$1 on this host, which docker's settings name" >&2
        exit 2
      }
      said=$(printf '%s\\n' "$2" | "docker-credential-$1" get 2>/dev/null) || exit 0
      printf '%s\\n' "$said"
      """;

  /**
   * A user and a password.
   *
   * @param user the user
   * @param password the password
   */
  record Login(String user, String password) {}

  @Override
  public String key() {
    return "login at " + registry + " in " + store;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, store, registry);
  }

  @Override
  public Optional<Login> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    return answer.out().isBlank()
        ? Optional.empty()
        : EngineObject.of(Optional.of(JsonReader.read(answer.out())))
            .map(told -> new Login(told.text("Username"), told.text("Secret")));
  }
}
