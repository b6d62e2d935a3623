package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * Who may use a file, as {@code getfacl} says it.
 *
 * @param path the file
 * @param recursive everything below as well
 * @param follow whether links are followed
 */
record AclFact(String path, boolean recursive, boolean follow) implements Fact<List<String>> {

  private static final String PROBE =
      """
      if ! command -v getfacl >/dev/null; then
        echo "getfacl is not on this host; install the package acl" >&2
        exit 127
      fi
      exec getfacl --absolute-names $2 -- "$1"
      """;

  @Override
  public String key() {
    return "acl " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path, recursive ? follow ? "-RL" : "-RP" : "");
  }

  @Override
  public List<String> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    return answer.out().lines().toList();
  }
}
