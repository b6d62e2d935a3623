package dev.hearth.module.net;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code community.general.telegram}: a call of Telegram's interface for bots, made by the host.
 */
public final class Telegram implements Module<Telegram.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The token of the bot; it never becomes an argument of a program.")
          Value.Textual token,
      @Arg(doc = "What the method is told, such as `chat_id` and `text`.")
          Map<String, Value> apiArgs,
      @Arg(doc = "The method of the interface.", defaultsTo = "SendMessage") String apiMethod) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.telegram",
        Args.class,
        "Sends a message through a bot of Telegram, or calls another method of its interface. Check"
            + " mode sends nothing.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Map<String, Value> arguments = new LinkedHashMap<>(want.apiArgs());
    for (String usual : List.of("chat_id", "parse_mode", "text")) {
      arguments.putIfAbsent(usual, Value.NULL);
    }
    if (Value.text("plain").equals(arguments.get("parse_mode"))) {
      arguments.remove("parse_mode");
    }
    Value.Textual url =
        new Value.Secret(
            "https://api.telegram.org/bot"
                + URLEncoder.encode(want.token().reveal(), StandardCharsets.UTF_8)
                + "/"
                + want.apiMethod());
    WebCall call = WebCall.post(url, Map.of(), PythonJson.write(Value.Dict.ofTexts(arguments)));
    return new Verdict.Changes(
        List.of(
            Step.change(
                "call " + want.apiMethod() + " of Telegram",
                call.script(),
                new Undo.Impossible("a message that was sent stays"))),
        List.of(),
        Result.ok(),
        ends -> {
          WebCall.Answer answer = WebCall.Answer.of(ends.getLast());
          if (answer.status() == 200) {
            return Result.changedNow();
          }
          Value error = answer.json().get("description");
          return Result.failure(
                  answer.status() < 0
                      ? "the message was not sent: " + answer.text()
                      : "the message was not sent; Telegram answered with status "
                          + answer.status())
              .with("telegram_error", error == null ? Value.text("") : error);
        },
        false);
  }
}
