package dev.hearth.module.commands;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.GlobExists;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Module;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.files.PythonRegex;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code ansible.builtin.expect}: a program runs on a terminal, and its questions are answered. The
 * terminal is made on the host by util-linux' {@code script}, as the user that is become; what the
 * program writes comes here, where it is compared with Python's regular expressions as pexpect does
 * it: over bytes, with {@code .} for the end of a line, the question that stands first winning.
 */
public final class ExpectModule implements Module<ExpectModule.Args> {

  /** The parameters. */
  @Exclusive(
      value = {"responses"},
      required = true)
  public record Args(
      @Arg(doc = "The program and its arguments, split at blanks as a shell would.")
          Value.Textual command,
      @Arg(
              doc =
                  "What to answer, by Python's regular expression for the question: one answer for"
                      + " every time, or a list with one for each time.")
          Map<String, Value> responses,
      @Arg(doc = "Directory to run in.") Optional<String> chdir,
      @Arg(doc = "Do not run when this path exists.") Optional<String> creates,
      @Arg(doc = "Do not run when this path does not exist.") Optional<String> removes,
      @Arg(
              doc =
                  "How many seconds to wait for the next question, or for the end; null for as long"
                      + " as it takes.",
              defaultsTo = "30")
          Value timeout,
      @Arg(doc = "Show what is answered in the output.", defaultsTo = "false") boolean echo) {}

  /** What pexpect takes for a timeout of -1. */
  private static final long USUAL = 30;

  /**
   * {@code $1}: directory, {@code $2}: the terminal's echo, {@code $3}: the program, {@code $4}: it
   * and its arguments, quoted. {@code exec} runs programs only. Neither {@code script} nor its
   * shell leaves a trace in the program's environment.
   */
  private static final String RUN =
      Guards.ENTER
          + """
          found() (
            case $1 in
              */*) [ -f "$1" ] && [ -x "$1" ]; exit ;;
            esac
            set -f
            IFS=:
            for directory in $PATH; do
              if [ -f "$directory/$1" ] && [ -x "$directory/$1" ]; then exit 0; fi
            done
            exit 1
          )
          if ! found "$3"; then
            printf 'The command was not found or was not executable: %s.' "$3" >&2
            exit 127
          fi
          case $(script --version 2>/dev/null) in
            *util-linux*) ;;
            *)
              echo "a terminal is made by util-linux' script, which the host does not have" \\
                "(Debian: bsdutils, Alpine: util-linux-misc, Red Hat: util-linux)" >&2
              exit 127
              ;;
          esac
          begin
          HEARTH_SHELL=${SHELL-} HEARTH_ECHO=$2 HEARTH_COMMAND=$4 SHELL=/bin/sh script -qefc '
            stty rows 24 cols 80 "$HEARTH_ECHO" || exit 126
            if [ -n "$HEARTH_SHELL" ]; then SHELL=$HEARTH_SHELL; else unset SHELL; fi
            eval "set -- $HEARTH_COMMAND"
            unset HEARTH_SHELL HEARTH_ECHO HEARTH_COMMAND SCRIPT
            exec "$@"
          ' /dev/null
          finish $?
          """;

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.expect",
        Args.class,
        "Runs a program on a terminal, which util-linux' script makes, and answers its questions. A"
            + " program that a signal killed has 128 more than the signal for rc. Async is not"
            + " possible.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>();
    want.creates().ifPresent(path -> facts.add(exists(want, path)));
    want.removes().ifPresent(path -> facts.add(exists(want, path)));
    return facts;
  }

  /** Nothing in the path is a pattern here. */
  private static GlobExists exists(Args want, String path) {
    return new GlobExists(want.chdir().orElse(""), path.replaceAll("[*?\\[]", "[$0]"));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<String> words = CommandLine.split(want.command().reveal());
    if (words.isEmpty()) {
      return new Verdict.Rejected(Result.failure("no command given").with("rc", 256));
    }
    List<String> patterns = List.copyOf(want.responses().keySet());
    Payload.Dialogue dialogue =
        new Payload.Dialogue(
            want.responses().entrySet().stream().map(ExpectModule::question).toList(),
            patience(want.timeout()));
    Optional<String> needless = needless(want, host);
    if (needless.isPresent()) {
      String said = "skipped, since " + needless.get();
      return Verdict.satisfied(ended(Result.ok().with("cmd", want.command()), said).with("rc", 0));
    }
    Value.Textual command = want.command();
    String quoted = words.stream().map(Renderer::quote).collect(Collectors.joining(" "));
    Script script =
        Script.of(
                RUN,
                List.of(
                    Word.of(want.chdir().orElse("")),
                    Word.of(want.echo() ? "echo" : "-echo"),
                    Word.of(command.with(words.getFirst())),
                    Word.of(command.with(quoted))))
            .reading(dialogue);
    return new Verdict.Changes(
        List.of(Step.unknown("run a program and answer its questions", script)),
        List.of(),
        Result.skip("remote module (ansible.builtin.expect) does not support check mode"),
        ends -> concluded(command, patterns, ends.getLast()),
        false);
  }

  private static Optional<String> needless(Args want, Facts host) {
    Optional<String> made = want.creates().filter(path -> host.get(exists(want, path)));
    Optional<String> gone = want.removes().filter(path -> !host.get(exists(want, path)));
    return made.map(path -> path + " exists").or(() -> gone.map(path -> path + " does not exist"));
  }

  private static Payload.Question question(Map.Entry<String, Value> response) {
    Value answer = response.getValue();
    List<Value> answers = answer instanceof Value.Seq list ? list.items() : List.of(answer);
    return new Payload.Question(
        PythonRegex.acrossLines(response.getKey()).pattern(),
        answers.stream().map(ExpectModule::line).toList(),
        !(answer instanceof Value.Seq));
  }

  /** What is typed, with one line end. */
  private static Value.Textual line(Value answer) {
    Value.Textual text = written(answer);
    return text.with(text.reveal().replaceFirst("\n+\\z", "") + "\n");
  }

  /** As Python's {@code str} shows it. */
  private static Value.Textual written(Value value) {
    return switch (value) {
      case Value.Textual text -> text;
      case Value.Null _ -> Value.text("None");
      case Value.Bool bool -> Value.text(bool.value() ? "True" : "False");
      case Value.Int _, Value.Real _ -> PythonJson.write(value);
      default -> throw new Refusal("an answer in responses must be a text, or a list of texts");
    };
  }

  private static Optional<Duration> patience(Value timeout) {
    if (timeout instanceof Value.Null) {
      return Optional.empty();
    }
    String text = written(timeout).reveal().strip();
    try {
      long seconds = new BigDecimal(text).longValueExact();
      return Optional.of(Duration.ofSeconds(seconds == -1 ? USUAL : Math.max(0, seconds)));
    } catch (NumberFormatException | ArithmeticException notWhole) {
      throw new Refusal("timeout must be a whole number of seconds, or null: " + text);
    }
  }

  private static Result concluded(
      Value.Textual command, List<String> patterns, Outcome.Exited end) {
    if (end.code() == Payload.Dialogue.NO_ANSWER) {
      String[] parts = new String(end.stderr(), StandardCharsets.UTF_8).split("\n", 2);
      return Result.failure(
          "No remaining responses for '%s', output was '%s'"
              .formatted(patterns.get(Integer.parseInt(parts[0])), parts[1]));
    }
    Result result = Result.changedNow().with("cmd", command);
    if (end.code() == Payload.Dialogue.LATE) {
      return ended(result, end.out())
          .with("rc", Value.NULL)
          .with("start", Value.NULL)
          .with("end", Value.NULL)
          .with("delta", Value.NULL)
          .with("msg", "command exceeded timeout")
          .failed(true);
    }
    if (!Ending.began(end)) {
      return Result.failure(
          Ending.nowhere(end) ? "Unable to change directory before execution." : end.err().strip());
    }
    Result ended = Ending.times(ended(result, end.out()).with("rc", end.code()), end);
    return end.code() == 0 ? ended : ended.with("msg", "non-zero return code").failed(true);
  }

  private static Result ended(Result result, String out) {
    String stdout = Ending.stripped(out);
    return result.with("stdout", stdout).with("stdout_lines", Ending.lines(stdout));
  }
}
