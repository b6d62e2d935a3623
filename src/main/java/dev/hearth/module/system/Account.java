package dev.hearth.module.system;

import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * A user as the host knows it.
 *
 * @param uid number
 * @param gid number of the primary group
 * @param comment the GECOS field
 * @param home home directory
 * @param shell login shell
 * @param primary name of the primary group
 * @param groups names of all other groups it is in
 * @param hash the password's hash; empty when it may not be read
 * @param expires the day of expiry since 1970, if any
 * @param aging how the password ages; empty when that may not be read
 * @param homeExists whether the home directory is there
 */
record Account(
    long uid,
    long gid,
    String comment,
    String home,
    String shell,
    String primary,
    List<String> groups,
    Optional<Value.Secret> hash,
    Optional<Long> expires,
    Optional<Aging> aging,
    boolean homeExists) {

  /** Days as the host writes them: between changes at least and at most, of warning, of grace. */
  record Aging(String least, String most, String warning, String grace) {}

  boolean locked() {
    return hash.map(secret -> secret.reveal().startsWith("!")).orElse(false);
  }

  /** Whether there is a password behind the lock; without one no program takes the lock away. */
  boolean unlockable() {
    return hash.map(secret -> secret.reveal().matches("!+[^!].*")).orElse(false);
  }
}
