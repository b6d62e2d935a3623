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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.slack}: a message to a channel of Slack, sent by the host. */
public final class Slack implements Module<Slack.Args> {

  private static final List<String> DOMAINS = List.of("slack.com", "slack-gov.com");

  /** The parameters. */
  public record Args(
      @Arg(doc = "The domain; an old one, or `slack-gov.com`.") Optional<String> domain,
      @Arg(
              doc =
                  "The token: three parts with slashes of a webhook, or `xox...` of the interface."
                      + " It never becomes an argument of a program.")
          Value.Textual token,
      @Arg(doc = "The message.") Optional<Value.Textual> msg,
      @Arg(doc = "The channel, `#name` or its id.") Optional<String> channel,
      @Arg(doc = "The thread that it answers in.") Optional<String> threadId,
      @Arg(doc = "A message that is changed instead, by its `ts`.") Optional<String> messageId,
      @Arg(doc = "The sender's name.", defaultsTo = "Ansible") String username,
      @Arg(doc = "The sender's picture.", defaultsTo = "https://docs.ansible.com/favicon.ico")
          String iconUrl,
      @Arg(doc = "An emoji instead of that.") Optional<String> iconEmoji,
      @Arg(
              doc = "Make links of names.",
              choices = {"0", "1"},
              defaultsTo = "1")
          String linkNames,
      @Arg(
              doc = "How Slack reads the text.",
              choices = {"full", "none"})
          Optional<String> parse,
      @Arg(doc = "Whether the server's certificate must be good.", defaultsTo = "true")
          boolean validateCerts,
      @Arg(
              doc = "The bar beside it: normal, good, warning, danger or a hex value.",
              defaultsTo = "normal")
          String color,
      @Arg(doc = "Attachments as Slack describes them.") List<Map<String, Value>> attachments,
      @Arg(doc = "Blocks as Slack describes them.") List<Map<String, Value>> blocks,
      @Arg(
              doc = "Whether the channel gets a `#` in front; `auto` where it seems a name.",
              choices = {"always", "auto", "never"},
              defaultsTo = "auto")
          String prependHash) {

    /** The interface, rather than a webhook. */
    private boolean api() {
      return token.reveal().matches("xox[abp]-\\S+");
    }

    private String host() {
      return domain.filter(DOMAINS::contains).orElse("slack.com");
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.slack",
        Args.class,
        "Sends a message to a channel of Slack, or changes one. Check mode sends nothing.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!List.of("normal", "good", "warning", "danger").contains(want.color())
        && !want.color().matches("#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})")) {
      throw new Refusal(
          "Color value specified should be either one of normal, good, warning, danger or any"
              + " valid hex value with length 3 or 6.");
    }
    if (want.messageId().isPresent()) {
      Value.Dict message = message(want, host);
      if (same(want, message)) {
        return Verdict.satisfied(told(Result.ok(), message));
      }
    }
    Value.Textual payload = PythonJson.write(Value.Dict.ofTexts(payload(want)));
    Map<String, Value.Textual> headers = new LinkedHashMap<>();
    headers.put("Accept", Value.text("application/json"));
    if (want.api()) {
      headers.put("Authorization", new Value.Secret("Bearer " + want.token().reveal()));
    }
    WebCall call = WebCall.post(address(want), headers, payload).insecure(!want.validateCerts());
    return new Verdict.Changes(
        List.of(
            Step.change(
                "send a message to Slack",
                call.script(),
                new Undo.Impossible("a message that was sent stays"))),
        List.of(),
        Result.changedNow(),
        ends -> result(want, payload, WebCall.Answer.of(ends.getLast())),
        false);
  }

  private static Value.Textual address(Args want) {
    String token = want.token().reveal();
    if (token.chars().filter(letter -> letter == '/').count() >= 2) {
      return new Value.Secret("https://hooks." + want.host() + "/services/" + token);
    }
    if (want.api()) {
      return Value.text(
          "https://"
              + want.host()
              + (want.messageId().isPresent() ? "/api/chat.update" : "/api/chat.postMessage"));
    }
    if (want.domain().isEmpty()) {
      throw new Refusal(
          "token is not one of an incoming webhook, whose three parts have slashes between them;"
              + " take it from the webhook's address, or set domain for a token of the old kind");
    }
    return new Value.Secret(
        "https://" + want.domain().get() + "/services/hooks/incoming-webhook?token=" + token);
  }

  /** The message that is to be changed. */
  private static Value.Dict message(Args want, Facts host) {
    String question =
        "channel="
            + URLEncoder.encode(want.channel().orElse("None"), StandardCharsets.UTF_8)
            + "&ts="
            + want.messageId().orElseThrow()
            + "&limit=1&inclusive=true";
    WebCall.Answer answer =
        host.get(
            new WebAnswer(
                "slack message " + want.messageId().get(),
                WebCall.get(
                        Value.text(
                            "https://" + want.host() + "/api/conversations.history?" + question),
                        Map.of(
                            "Authorization", new Value.Secret("Bearer " + want.token().reveal())))
                    .insecure(!want.validateCerts())));
    if (answer.status() != 200 || Value.bool(false).equals(answer.json().get("ok"))) {
      throw new Refusal(
          "failed to get slack message: "
              + (answer.json().get("error") instanceof Value.Textual error
                  ? error.reveal()
                  : "status " + answer.status()));
    }
    if (answer.json().get("messages") instanceof Value.Seq list
        && list.items().size() == 1
        && list.items().getFirst() instanceof Value.Dict message) {
      return message;
    }
    throw new Refusal("no messages matching ts: " + want.messageId().get());
  }

  private static boolean same(Args want, Value.Dict message) {
    return equal(message, "icon_url", Optional.of(Value.text(want.iconUrl())))
        && equal(message, "icon_emoji", want.iconEmoji().map(Value::text))
        && equal(message, "color", Optional.of(Value.text(want.color())))
        && equal(message, "attachments", list(want.attachments()))
        && equal(message, "blocks", list(want.blocks()))
        && equal(
            message, "link_names", Optional.of(Value.number(Long.parseLong(want.linkNames()))));
  }

  private static boolean equal(Value.Dict message, String name, Optional<? extends Value> wanted) {
    return Optional.<Value>ofNullable(message.get(name)).equals(wanted.map(value -> (Value) value));
  }

  private static Optional<Value> list(List<Map<String, Value>> all) {
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Value.Seq(all.stream().<Value>map(Value.Dict::ofTexts).toList()));
  }

  private static Map<String, Value> payload(Args want) {
    Map<String, Value> payload = new LinkedHashMap<>();
    List<Value> attachments = new ArrayList<>();
    want.msg()
        .ifPresent(
            text -> {
              if (want.color().equals("normal")) {
                payload.put("text", text);
              } else {
                Map<String, Value> colored = new LinkedHashMap<>();
                colored.put("text", text);
                colored.put("color", Value.text(want.color()));
                colored.put("mrkdwn_in", Value.Seq.of(Value.text("text")));
                attachments.add(Value.Dict.ofTexts(colored));
              }
            });
    want.channel().ifPresent(name -> payload.put("channel", Value.text(channel(want, name))));
    want.threadId().ifPresent(thread -> payload.put("thread_ts", Value.text(thread)));
    payload.put("username", Value.text(want.username()));
    want.iconEmoji()
        .ifPresentOrElse(
            emoji -> payload.put("icon_emoji", Value.text(emoji)),
            () -> payload.put("icon_url", Value.text(want.iconUrl())));
    payload.put("link_names", Value.number(Long.parseLong(want.linkNames())));
    want.parse().ifPresent(how -> payload.put("parse", Value.text(how)));
    want.messageId().ifPresent(ts -> payload.put("ts", Value.text(ts)));
    for (Map<String, Value> attachment : want.attachments()) {
      Map<String, Value> whole = new LinkedHashMap<>(attachment);
      if (!whole.containsKey("fallback")) {
        whole.put("fallback", whole.getOrDefault("text", Value.text("")));
      }
      attachments.add(Value.Dict.ofTexts(whole));
    }
    if (!attachments.isEmpty()) {
      payload.put("attachments", new Value.Seq(attachments));
    }
    list(want.blocks()).ifPresent(blocks -> payload.put("blocks", blocks));
    return payload;
  }

  private static String channel(Args want, String name) {
    boolean known = name.matches("(?s)(#|@|C0|GF|G0|CP).*");
    return want.prependHash().equals("always") || want.prependHash().equals("auto") && !known
        ? "#" + name
        : name;
  }

  private static Result result(Args want, Value.Textual payload, WebCall.Answer answer) {
    if (answer.status() != 200) {
      return Result.failure(
          "failed to send to Slack: "
              + (answer.status() < 0 ? answer.text() : "HTTP status " + answer.status()));
    }
    if (!want.api()) {
      return Result.ok().with("msg", "OK");
    }
    Value.Dict said = answer.json();
    if (!Value.bool(true).equals(said.get("ok"))) {
      Value error = said.get("error");
      return Result.failure("Slack API error").with("error", error == null ? said : error);
    }
    return told(Result.changedNow(), said).with("api", said).with("payload", payload);
  }

  private static Result told(Result result, Value.Dict message) {
    Result all = result;
    for (String name : List.of("ts", "channel")) {
      Value value = message.get(name);
      all = value == null ? all : all.with(name, value);
    }
    return all;
  }
}
