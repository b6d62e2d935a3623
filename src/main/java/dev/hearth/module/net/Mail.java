package dev.hearth.module.net;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Effect;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code community.general.mail}: a mail, sent by the host with curl. */
public final class Mail implements Module<Mail.Args> {

  /** Base64 never has such a line. */
  private static final String BOUNDARY = "=-=hearth=-=";

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The subject.",
              aliases = {"msg"})
          Value.Textual subject,
      @Arg(doc = "The text; the subject without one.") Optional<Value.Textual> body,
      @Arg(
              doc = "Who sends it.",
              aliases = {"from"},
              defaultsTo = "root")
          String sender,
      @Arg(
              doc = "Who gets it.",
              aliases = {"recipients"},
              defaultsTo = "root")
          List<String> to,
      @Arg(doc = "Who gets a copy.") List<String> cc,
      @Arg(doc = "Who gets a copy that the others do not see.") List<String> bcc,
      @Arg(doc = "The mail server.", defaultsTo = "localhost") String host,
      @Arg(doc = "Its port.", defaultsTo = "25") int port,
      @Arg(doc = "The name that the host gives itself.") Optional<String> ehlohost,
      @Arg(doc = "User for the server.") Optional<String> username,
      @Arg(doc = "Password for the server; it never becomes an argument of a program.")
          Optional<Value.Textual> password,
      @Arg(
              doc =
                  "Encrypted from the start (`always`, and on port 465), after STARTTLS, if the"
                      + " server offers that (`try`), or never. The certificate is not checked, as"
                      + " with Ansible.",
              choices = {"always", "never", "starttls", "try"},
              defaultsTo = "try")
          String secure,
      @Arg(doc = "Files on the host that go with it.") List<String> attach,
      @Arg(doc = "Further header lines, `Name=value`.") List<String> headers,
      @Arg(doc = "How the text is written.", defaultsTo = "utf-8") String charset,
      @Arg(
              doc = "What the text is.",
              choices = {"html", "plain"},
              defaultsTo = "plain")
          String subtype,
      @Arg(doc = "Seconds that the server may take.", defaultsTo = "20") int timeout,
      @Arg(doc = "The domain in the message's id.", defaultsTo = "ansible")
          String messageIdDomain) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.mail",
        Args.class,
        "Sends a mail. Check mode sends nothing. When the server refuses some of the recipients,"
            + " the others get it and the result tells who did not; with a curl older than 7.69"
            + " nobody gets it then and the task fails.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.username().isPresent() != want.password().isPresent()) {
      throw new Refusal("parameters are required together: password, username");
    }
    Payload config = config(want).payload();
    List<String> words = new ArrayList<>();
    words.add(Long.toString(config.length()));
    words.add(want.messageIdDomain());
    words.add(BOUNDARY);
    words.addAll(want.attach());
    Script script =
        Script.of(MailScript.TEXT, words.toArray(String[]::new))
            .reading(new Payload.Joined(List.of(config, Payload.of(message(want)))));
    return new Verdict.Changes(
        List.of(
            new Step(
                "send a mail to " + String.join(", ", want.to()),
                script,
                Effect.UNKNOWN,
                new Undo.Impossible("a mail that was sent stays"))),
        List.of(),
        Result.skip("remote module (mail) does not support check mode"),
        ends -> result(ends.getLast()),
        false);
  }

  private static Result result(Outcome.Exited end) {
    if (!end.ok()) {
      return Result.failure("Failed to send mail: " + end.err().strip()).with("rc", 1);
    }
    Map<String, Value> refused = new LinkedHashMap<>();
    for (String line : end.out().lines().toList()) {
      String[] words = line.split(" ", 3);
      if (words.length > 1 && words[0].matches("\\d{3}")) {
        refused.put(
            words[1],
            Value.Seq.of(
                Value.number(Long.parseLong(words[0])),
                Value.text(words.length > 2 ? words[2] : "")));
      }
    }
    return Result.ok()
        .with(
            "msg",
            refused.isEmpty()
                ? "Mail sent successfully"
                : "Failed to send mail to at least one recipient")
        .with("result", Value.Dict.ofTexts(refused));
  }

  private static CurlConfig config(Args want) {
    boolean tls =
        want.secure().equals("always") || want.secure().equals("try") && want.port() == 465;
    CurlConfig config =
        new CurlConfig()
            .set(
                "url",
                Value.text(
                    (tls ? "smtps://" : "smtp://")
                        + want.host()
                        + ":"
                        + want.port()
                        + want.ehlohost().map(name -> "/" + name).orElse("")))
            .set("mail-from", Value.text(address(want.sender())))
            .set("max-time", Value.text(Integer.toString(want.timeout() * 3)))
            .set("connect-timeout", Value.text(Integer.toString(want.timeout())))
            .flag("crlf");
    if (!want.secure().equals("never")) {
      config.flag("insecure");
    }
    if (!tls && want.secure().equals("starttls")) {
      config.flag("ssl-reqd");
    } else if (!tls && want.secure().equals("try")) {
      config.flag("ssl");
    }
    Set<String> all = new LinkedHashSet<>();
    for (List<String> list : List.of(want.to(), want.cc(), want.bcc())) {
      list.forEach(each -> all.add(address(each)));
    }
    all.forEach(each -> config.set("mail-rcpt", Value.text(each)));
    want.username()
        .ifPresent(
            name ->
                config.set(
                    "user", new Value.Secret(name + ":" + want.password().orElseThrow().reveal())));
    return config;
  }

  /** The address alone, of {@code Name <name@host>}. */
  private static String address(String text) {
    int open = text.lastIndexOf('<');
    int close = text.lastIndexOf('>');
    return (open >= 0 && close > open ? text.substring(open + 1, close) : text).strip();
  }

  private static Value.Textual message(Args want) {
    StringBuilder text = new StringBuilder();
    people(text, want, "From", List.of(want.sender()));
    header(text, want, "Subject", want.subject().reveal());
    people(text, want, "To", want.to());
    if (!want.cc().isEmpty()) {
      people(text, want, "Cc", want.cc());
    }
    boolean mailer = false;
    for (String given : want.headers()) {
      for (String one : given.split("\\|")) {
        int equals = one.indexOf('=');
        if (equals > 0) {
          String name = one.substring(0, equals).strip();
          mailer |= name.equalsIgnoreCase("X-Mailer");
          header(text, want, name, one.substring(equals + 1).strip());
        }
      }
    }
    if (!mailer) {
      header(text, want, "X-Mailer", "Hearth");
    }
    text.append("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"")
        .append(BOUNDARY)
        .append("\"\n\nMultipart message\n--")
        .append(BOUNDARY)
        .append("\nContent-Type: text/")
        .append(want.subtype())
        .append("; charset=\"")
        .append(charset(want).name().toLowerCase(Locale.ROOT))
        .append("\"\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n")
        .append(
            Base64.getMimeEncoder(76, new byte[] {'\n'})
                .encodeToString(
                    (want.body()
                                .map(Value.Textual::reveal)
                                .filter(body -> !body.isEmpty())
                                .orElse(want.subject().reveal())
                            + "\n\n")
                        .getBytes(charset(want))))
        .append('\n');
    boolean secret =
        want.subject() instanceof Value.Secret
            || want.body().filter(Value.Secret.class::isInstance).isPresent();
    return secret ? new Value.Secret(text.toString()) : Value.text(text.toString());
  }

  private static void header(StringBuilder text, Args want, String name, String value) {
    if (name.matches("(?s).*[^!-9;-~].*") || value.contains("\n") || value.contains("\r")) {
      throw new Refusal("the header '" + name + "' has a character in it that ends a header");
    }
    text.append(name).append(": ").append(encoded(want, value)).append('\n');
  }

  /** Of addresses only the names before them may be encoded. */
  private static void people(StringBuilder text, Args want, String name, List<String> all) {
    List<String> written = new ArrayList<>();
    for (String each : all) {
      int open = each.lastIndexOf('<');
      written.add(
          open > 0
              ? encoded(want, each.substring(0, open).strip()) + " <" + address(each) + ">"
              : address(each));
    }
    if (written.stream().anyMatch(each -> each.contains("\n") || each.contains("\r"))) {
      throw new Refusal("an address in " + name + " has a line end in it");
    }
    text.append(name).append(": ").append(String.join(", ", written)).append('\n');
  }

  private static String encoded(Args want, String value) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(value)
        ? value
        : "=?"
            + charset(want).name().toLowerCase(Locale.ROOT)
            + "?b?"
            + Base64.getEncoder().encodeToString(value.getBytes(charset(want)))
            + "?=";
  }

  private static Charset charset(Args want) {
    try {
      return Charset.forName(want.charset());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new Refusal("charset '" + want.charset() + "' is not known; write utf-8");
    }
  }
}
