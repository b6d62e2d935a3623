package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.Optional;

/**
 * A group of the host's databases.
 *
 * @param name its name
 */
record GroupFact(String name) implements Fact<Optional<Integer>> {

  private static final String PROBE =
      """
      if command -v getent >/dev/null; then getent group "$1"; else grep "^$1:" /etc/group; fi
      exit 0
      """;

  @Override
  public String key() {
    return "group " + name;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, name);
  }

  /** Its number, if there is such a group. */
  @Override
  public Optional<Integer> parse(Outcome.Exited answer) {
    String[] fields = answer.out().strip().split(":", -1);
    return fields.length > 2 && fields[0].equals(name)
        ? Optional.of(Integer.parseInt(fields[2]))
        : Optional.empty();
  }
}
