package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.Optional;

/**
 * What the host's Docker engine answers to a question; empty when it knows nothing of that name.
 *
 * @param call the question, which only reads
 */
record EngineFact(EngineCall call) implements Fact<Optional<Value>> {

  static EngineFact of(String path, EngineOptions engine) {
    return new EngineFact(EngineCall.get(path, engine));
  }

  @Override
  public String key() {
    return "docker " + call.path();
  }

  @Override
  public Script probe() {
    return call.script();
  }

  @Override
  public Optional<Value> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot ask Docker: " + answer.err().strip());
    }
    return body(answer.out());
  }

  /** The JSON in an answer; empty for an answer that something is not there. */
  static Optional<Value> body(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    String head = end < 0 ? "" : answer.substring(0, end);
    String text = (end < 0 ? answer : answer.substring(end + 4)).strip();
    if (head.startsWith("HTTP/1.0 404") || head.startsWith("HTTP/1.1 404") || text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(JsonReader.read(text));
  }
}
