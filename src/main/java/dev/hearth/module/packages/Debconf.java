package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code ansible.builtin.debconf}: an answer to a question that a package asks. */
public final class Debconf implements Module<Debconf.Args> {

  private static final String SET = "exec debconf-set-selections ${1:+\"$1\"}\n";
  private static final String FORGET =
      "printf 'RESET %s\\n' \"$2\" | debconf-communicate \"$1\" >/dev/null\n";

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The package.",
              aliases = {"pkg"})
          String name,
      @Arg(
              doc = "The question; without it the answers are only read.",
              aliases = {"selection", "setting"})
          Optional<String> question,
      @Arg(
              doc = "The kind of question.",
              choices = {
                "boolean",
                "error",
                "multiselect",
                "note",
                "password",
                "seen",
                "select",
                "string",
                "text",
                "title"
              })
          Optional<String> vtype,
      @Arg(
              doc = "The answer; a list with multiselect.",
              aliases = {"answer"})
          Optional<Value> value,
      @Arg(doc = "Do not mark the question as seen.", defaultsTo = "false") boolean unseen) {}

  /**
   * The answers that a package has.
   *
   * @param name of the package
   * @param password a question whose answer is hidden otherwise; empty for none
   */
  record Answers(String name, String password) implements Fact<Map<String, String>> {

    private static final String PROBE =
        """
        command -v debconf-show >/dev/null 2>&1 || {
          echo "this host has no debconf" >&2
          exit 1
        }
        export LC_ALL=C.UTF-8
        debconf-show "$1" || exit 1
        if [ -n "$2" ]; then
          printf '@@password '
          printf 'GET %s\\n' "$2" | debconf-communicate "$1" 2>/dev/null
        fi
        exit 0
        """;

    @Override
    public String key() {
      return "debconf " + name;
    }

    @Override
    public Script probe() {
      return Script.of(PROBE, name, password);
    }

    @Override
    public Map<String, String> parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact("cannot read debconf: " + answer.err().strip());
      }
      Map<String, String> answers = new LinkedHashMap<>();
      for (String line : answer.out().lines().toList()) {
        int colon = line.indexOf(':');
        if (line.startsWith("@@password ")) {
          String said = line.substring("@@password ".length());
          if (said.startsWith("0")) {
            answers.put(password, said.substring(1).strip());
          }
        } else if (colon > 0) {
          answers.put(
              line.substring(0, colon).replaceFirst("^\\*", "").strip(),
              line.substring(colon + 1).strip());
        }
      }
      return answers;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.debconf",
        Args.class,
        "Answers a question of a Debian package before it is asked.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static Answers fact(Args want) {
    return new Answers(want.name(), password(want) ? want.question().orElse("") : "");
  }

  private static boolean password(Args want) {
    return want.vtype().equals(Optional.of("password"));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    boolean together =
        want.question().isPresent() == want.vtype().isPresent()
            && want.vtype().isPresent() == want.value().isPresent();
    if (!together) {
      throw new Refusal("question, vtype and value are given together or not at all");
    }
    Map<String, String> now = host.get(fact(want));
    if (want.question().isEmpty()) {
      Map<String, Value> all = new LinkedHashMap<>();
      now.forEach((question, answer) -> all.put(question, Value.text(answer)));
      return Verdict.satisfied(
          Result.ok().with("current", Value.Dict.ofTexts(all)).with("msg", ""));
    }
    String question = want.question().orElseThrow();
    String vtype = want.vtype().orElseThrow();
    Value.Textual value = value(vtype, want.value().orElseThrow());
    String before = now.getOrDefault(question, "");
    if (now.containsKey(question) && same(vtype, want.value().orElseThrow(), value, before)) {
      return Verdict.satisfied(
          Result.ok().with("current", one(question, shown(want, before))).with("msg", ""));
    }
    Value old = shown(want, before);
    Value.Textual shown = password(want) ? new Value.Secret(value.reveal()) : value;
    return Verdict.changes(
        List.of(
            Step.change(
                "answer " + question + " of " + want.name(),
                set(want, question, vtype, shown),
                undo(want, question, vtype, now))),
        List.of(new Diff.Properties(Map.of(question, old), Map.of(question, shown))),
        Result.ok()
            .with("current", one(question, shown))
            .with("previous", one(question, old))
            .with("msg", "")
            .changed(true));
  }

  private static Undo undo(Args want, String question, String vtype, Map<String, String> now) {
    if (!now.containsKey(question)) {
      return new Undo.Run(
          "forget the answer to " + question, Script.of(FORGET, want.name(), question));
    }
    Value.Textual before = Value.text(now.getOrDefault(question, ""));
    return new Undo.Run(
        "put back the answer to " + question,
        set(want, question, vtype, password(want) ? new Value.Secret(before.reveal()) : before));
  }

  private static Script set(Args want, String question, String vtype, Value.Textual value) {
    String line = want.name() + " " + question + " " + vtype + " " + value.reveal() + "\n";
    return Script.of(SET, want.unseen() ? "-u" : "").reading(Payload.of(value.with(line)));
  }

  private static Value shown(Args want, String answer) {
    return password(want) ? new Value.Secret(answer) : Value.text(answer);
  }

  private static Value one(String question, Value answer) {
    Map<String, Value> one = new LinkedHashMap<>();
    one.put(question, answer);
    return Value.Dict.ofTexts(one);
  }

  private static Value.Textual value(String vtype, Value given) {
    Value.Textual text =
        switch (given) {
          case Value.Textual plain -> plain;
          case Value.Bool bool -> Value.text(bool.value() ? "True" : "False");
          case Value.Seq list ->
              Value.text(
                  String.join(
                      ", ", list.items().stream().map(item -> plain(item)).sorted().toList()));
          default -> PythonJson.write(given);
        };
    return vtype.equals("boolean") ? text.with(text.reveal().toLowerCase(Locale.ROOT)) : text;
  }

  private static String plain(Value item) {
    return item instanceof Value.Textual text ? text.reveal() : PythonJson.write(item).reveal();
  }

  private static boolean same(String vtype, Value given, Value.Textual value, String before) {
    if (vtype.equals("boolean")) {
      return value.reveal().equals(before.toLowerCase(Locale.ROOT));
    }
    if (vtype.equals("multiselect") && given instanceof Value.Seq) {
      List<String> sorted =
          List.of(before.split(",")).stream().map(String::strip).sorted().toList();
      return value.reveal().equals(String.join(", ", sorted));
    }
    return value.reveal().equals(before);
  }
}
