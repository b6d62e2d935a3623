package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * A file's content as text; empty when there is no file.
 *
 * @param path on the host
 */
public record FileText(String path) implements Fact<String> {

  @Override
  public String key() {
    return "text " + path;
  }

  @Override
  public Script probe() {
    return Script.of("[ ! -e \"$1\" ] || cat -- \"$1\"\n", path);
  }

  @Override
  public String parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot read " + path + ": " + answer.err().strip());
    }
    return answer.out();
  }
}
