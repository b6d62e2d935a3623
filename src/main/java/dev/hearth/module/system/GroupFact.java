package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;

/**
 * A group of the host's databases and what the host changes groups with.
 *
 * @param name its name
 * @param number a number that may be another group's; empty when it does not matter
 * @param local whether only the host's own files count
 */
record GroupFact(String name, String number, boolean local) implements Fact<GroupFact.Answer> {

  /** What is usual, the programs of the package shadow, is not told. */
  private static final String PROBE =
      """
      entry group "$1"
      o=
      [ -z "$2" ] || o=$(holder group "$2")
      if [ -n "$o" ] && [ "$o" != "$1" ]; then echo "taken $o"; fi
      t=$(tools)
      [ "$t" = shadow ] || echo "tools ${t:-none}"
      exit 0
      """;

  /**
   * The answer.
   *
   * @param gid its number, if there is such a group
   * @param holder another group that has the number already
   * @param tools what the host changes groups with
   */
  record Answer(Optional<Integer> gid, Optional<String> holder, AccountTools.Kind tools) {}

  @Override
  public String key() {
    return (local ? "local group " : "group ") + name;
  }

  @Override
  public Script probe() {
    return Script.of(
        AccountFact.FUNCTIONS + (local ? AccountFact.LOCAL : "") + PROBE, name, number);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    Optional<Integer> gid = Optional.empty();
    Optional<String> holder = Optional.empty();
    AccountTools.Kind tools = AccountTools.Kind.SHADOW;
    for (String line : answer.out().lines().toList()) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && fields[0].equals(name)) {
        gid = Optional.of(Integer.parseInt(fields[2]));
      } else if (line.startsWith("taken ")) {
        holder = Optional.of(line.substring("taken ".length()));
      } else if (line.startsWith("tools ")) {
        tools = AccountTools.Kind.among(List.of(line.substring("tools ".length())));
      }
    }
    return new Answer(gid, holder, tools);
  }
}
