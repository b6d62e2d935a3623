package dev.hearth.module.net;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * What a service's interface says.
 *
 * @param about what it is asked for, without secrets
 * @param call the question, which changes nothing
 */
record WebAnswer(String about, WebCall call) implements Fact<WebCall.Answer> {

  @Override
  public String key() {
    return "web " + about;
  }

  @Override
  public Script probe() {
    return call.script();
  }

  @Override
  public WebCall.Answer parse(Outcome.Exited answer) {
    return WebCall.Answer.of(answer);
  }
}
