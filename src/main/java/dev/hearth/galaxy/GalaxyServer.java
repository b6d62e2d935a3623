package dev.hearth.galaxy;

import dev.hearth.value.Value;
import java.net.URI;
import java.util.Optional;

/**
 * A Galaxy server as the settings name it.
 *
 * @param name its name in the settings, or its address
 * @param url its address
 * @param login the value of the {@code Authorization} header
 */
public record GalaxyServer(String name, URI url, Optional<Value.Secret> login) {

  /** The login of a token of Galaxy's own. */
  public static Value.Secret token(Value.Secret token) {
    return new Value.Secret("Token " + token.reveal());
  }

  /** The login of a name and a password. */
  public static Value.Secret password(String user, Value.Secret password) {
    return Http.basic(new Value.Secret(user + ":" + password.reveal()));
  }
}
