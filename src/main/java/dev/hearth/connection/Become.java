package dev.hearth.connection;

import dev.hearth.value.Value;
import java.util.Optional;

/** As whom a script runs. */
public sealed interface Become {

  /** As the user that logged in. */
  Become NOBODY_ELSE = new Self();

  /** As the user that logged in. */
  record Self() implements Become {}

  /**
   * As another user.
   *
   * @param user whose rights
   * @param method {@code sudo}, {@code su} or {@code doas}
   * @param executable the program, when it is not the method's own
   * @param flags options for it, as the user wrote them
   * @param password what to answer when it asks
   * @param directory where it is called, when not in the home of the user that logged in
   */
  record Other(
      String user,
      String method,
      Optional<String> executable,
      Optional<String> flags,
      Optional<Value.Secret> password,
      Optional<String> directory)
      implements Become {}
}
