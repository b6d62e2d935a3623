package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a registry says to a user and a password. The engine asks it; nobody is logged in by that.
 *
 * @param registry where
 * @param user who
 * @param password what is shown to it
 * @param engine which engine asks
 */
record RegistryAnswer(String registry, String user, Value.Textual password, EngineOptions engine)
    implements Fact<RegistryAnswer.Answer> {

  /**
   * The answer.
   *
   * @param refused why they are not good
   * @param told what the engine tells when they are
   */
  record Answer(Optional<String> refused, Value told) {}

  @Override
  public String key() {
    return "registry " + registry + " to " + user;
  }

  @Override
  public Script probe() {
    Map<String, Value> credentials = new LinkedHashMap<>();
    credentials.put("username", Value.text(user));
    credentials.put("password", password);
    credentials.put("serveraddress", Value.text(registry));
    return EngineCall.post("/auth", engine).sending(Value.Dict.ofTexts(credentials)).script();
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (answer.ok()) {
      Optional<Value> told = EngineFact.body(answer.out());
      return new Answer(Optional.empty(), told.orElse(Value.Dict.EMPTY));
    }
    if (answer.code() != 1) {
      throw new UnreadableFact("cannot ask Docker: " + answer.err().strip());
    }
    return new Answer(Optional.of(answer.err().strip()), Value.Dict.EMPTY);
  }
}
