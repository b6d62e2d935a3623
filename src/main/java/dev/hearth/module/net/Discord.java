package dev.hearth.module.net;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.discord}: a message to a channel of Discord, sent by the host. */
public final class Discord implements Module<Discord.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The number of the webhook.") String webhookId,
      @Arg(doc = "The token of the webhook; it never becomes an argument of a program.")
          Value.Textual webhookToken,
      @Arg(doc = "The message.") Optional<Value.Textual> content,
      @Arg(doc = "Another name for the sender.") Optional<String> username,
      @Arg(doc = "Another picture for the sender.") Optional<String> avatarUrl,
      @Arg(doc = "Have it read aloud.", defaultsTo = "false") boolean tts,
      @Arg(doc = "Up to ten boxes as Discord describes them.") List<Map<String, Value>> embeds) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.discord",
        Args.class,
        "Sends a message to a channel of Discord. Check mode sends nothing.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.content().isEmpty() && want.embeds().isEmpty()) {
      throw new Refusal("one of the following is required: content, embeds");
    }
    Map<String, Value> payload = new LinkedHashMap<>();
    payload.put("content", want.content().<Value>map(text -> text).orElse(Value.NULL));
    payload.put("username", want.username().<Value>map(Value::text).orElse(Value.NULL));
    payload.put("avatar_url", want.avatarUrl().<Value>map(Value::text).orElse(Value.NULL));
    payload.put("tts", Value.bool(want.tts()));
    payload.put(
        "embeds",
        want.embeds().isEmpty()
            ? Value.NULL
            : new Value.Seq(want.embeds().stream().<Value>map(Value.Dict::ofTexts).toList()));
    Value.Textual url =
        new Value.Secret(
            "https://discord.com/api/webhooks/"
                + want.webhookId()
                + "/"
                + want.webhookToken().reveal());
    WebCall call = WebCall.post(url, Map.of(), PythonJson.write(Value.Dict.ofTexts(payload)));
    return new Verdict.Changes(
        List.of(
            Step.change(
                "send a message to Discord",
                call.script(),
                new Undo.Impossible("a message that was sent stays"))),
        List.of(),
        Result.ok().with("http_code", ""),
        ends -> {
          WebCall.Answer answer = WebCall.Answer.of(ends.getLast());
          Result result =
              answer.status() == 204 || answer.status() == 200
                  ? Result.changedNow()
                  : Result.failure(
                          "Discord did not take the message: "
                              + (answer.status() < 0
                                  ? answer.text()
                                  : "HTTP status " + answer.status()))
                      .with("response", answer.json());
          return result.with("http_code", answer.status());
        },
        false);
  }
}
