package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.nio.charset.StandardCharsets;

/**
 * A file's content; empty when there is no file. Bytes are kept one by one as characters up to
 * U+00FF, so that editing a line leaves all others exactly as they are, whatever their encoding.
 *
 * @param path on the host
 */
public record FileBytes(String path) implements Fact<String> {

  @Override
  public String key() {
    return "bytes " + path;
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
    return new String(answer.stdout(), StandardCharsets.ISO_8859_1);
  }
}
