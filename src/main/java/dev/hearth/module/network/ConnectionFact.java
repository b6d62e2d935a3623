package dev.hearth.module.network;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.Optional;

/**
 * A connection of NetworkManager with its secrets.
 *
 * @param name of the connection
 */
record ConnectionFact(String name) implements Fact<Optional<Connection>> {

  /** Status 10 is NetworkManager's word for a connection that does not exist. */
  private static final String PROBE =
      """
      export LC_ALL=C
      if ! command -v nmcli >/dev/null; then
        echo "nmcli is not on this host; install network-manager first" >&2
        exit 127
      fi
      said=$(nmcli --terse --escape no --show-secrets connection show id "$1")
      code=$?
      case $code in
        0) ;;
        10) exit 0 ;;
        *) exit "$code" ;;
      esac
      printf '%s\\n' "$said"
      nmcli --terse --escape no --fields filename,name connection show 2>/dev/null | while IFS= read -r line; do
        case $line in *:"$1") printf 'file:%s\\n' "${line%:"$1"}" ;; esac
      done
      """;

  @Override
  public String key() {
    return "connection " + name;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, name);
  }

  @Override
  public Optional<Connection> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(
          "NetworkManager does not tell about " + name + ": " + answer.err().strip());
    }
    return answer.out().isBlank() ? Optional.empty() : Optional.of(Connection.parse(answer.out()));
  }
}
