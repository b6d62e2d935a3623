package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * The SSH key pair of a user.
 *
 * @param user whose
 * @param file the private key; relative to the home directory
 */
record UserKeyFact(String user, String file) implements Fact<UserKeyFact.Key> {

  /** Prints path, public key and fingerprint; sets {@code f} to the private key's path. */
  static final String SHOW =
      AccountFact.ENTRY
          + """
          e=$(entry passwd "$1")
          case $2 in
            /*) f=$2 ;;
            *) f=$(printf '%s' "$e" | cut -d: -f6)/$2 ;;
          esac
          show() {
            printf '%s\\n@@@@\\n' "$f"
            [ -f "$f" ] || return 0
            cat "$f.pub" 2>/dev/null
            printf '@@@@\\n'
            ssh-keygen -l -f "$f" 2>/dev/null
          }
          """;

  /**
   * The answer.
   *
   * @param path of the private key
   * @param publicKey its other half; empty when there is no pair
   * @param fingerprint as ssh-keygen shows it
   */
  record Key(String path, String publicKey, String fingerprint) {

    static Key of(String output) {
      Sections sections = Sections.of(output);
      return new Key(sections.get(0).strip(), sections.get(1).strip(), sections.get(2).strip());
    }

    boolean exists() {
      return !publicKey.isEmpty() || !fingerprint.isEmpty();
    }
  }

  @Override
  public String key() {
    return "userkey " + user + " " + file;
  }

  @Override
  public Script probe() {
    return Script.of(SHOW + "show\nexit 0\n", user, file);
  }

  @Override
  public Key parse(Outcome.Exited answer) {
    return Key.of(answer.out());
  }
}
