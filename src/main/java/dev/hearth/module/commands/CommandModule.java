package dev.hearth.module.commands;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ansible.builtin.command}: a program with arguments, no shell in between. */
public final class CommandModule implements Module<CommandModule.Args> {

  /** The parameters. */
  @Exclusive(
      value = {"cmd", "argv"},
      required = true)
  public record Args(
      @Arg(
              doc = "The program and its arguments, split at blanks as a shell would.",
              aliases = {"_raw_params"})
          Optional<Value.Textual> cmd,
      @Arg(doc = "The program and its arguments as a list.") List<Value.Textual> argv,
      @Inline Guards guards,
      @Arg(doc = "What the program reads.") Optional<Value.Textual> stdin,
      @Arg(doc = "End stdin with a line end.", defaultsTo = "true") boolean stdinAddNewline,
      @Arg(doc = "Leave out line ends at the end of the output.", defaultsTo = "true")
          boolean stripEmptyEnds,
      @Arg(doc = "Replace $NAME in arguments by the host's environment.", defaultsTo = "true")
          boolean expandArgumentVars) {}

  /** {@code exec} runs programs only: no builtin and no function of the shell. */
  private static final String RUN =
      Guards.ENTER
          + """
          hearth_expand=$2
          shift 2
          expand() {
            hearth_done=
            hearth_rest=$1
            while :; do
              case $hearth_rest in
                *\\$*)
                  hearth_done=$hearth_done${hearth_rest%%\\$*}
                  hearth_rest=${hearth_rest#*\\$}
                  ;;
                *)
                  hearth_done=$hearth_done$hearth_rest
                  return
                  ;;
              esac
              case $hearth_rest in
                "{"[A-Za-z_]*"}"*)
                  hearth_name=${hearth_rest#?}
                  hearth_name=${hearth_name%%"}"*}
                  hearth_tail=${hearth_rest#*"}"}
                  ;;
                [A-Za-z_]*)
                  hearth_name=${hearth_rest%%[!A-Za-z0-9_]*}
                  hearth_tail=${hearth_rest#"$hearth_name"}
                  ;;
                *)
                  hearth_done="$hearth_done\\$"
                  continue
                  ;;
              esac
              case $hearth_name in
                *[!A-Za-z0-9_]* | hearth_*) hearth_set= ;;
                *) eval "hearth_set=\\${$hearth_name+set}" ;;
              esac
              if [ -n "$hearth_set" ]; then
                eval "hearth_done=\\$hearth_done\\$$hearth_name"
                hearth_rest=$hearth_tail
              else
                hearth_done="$hearth_done\\$"
              fi
            done
          }
          if [ -n "$hearth_expand" ]; then
            hearth_count=$#
            while [ "$hearth_count" -gt 0 ]; do
              expand "$1"
              shift
              set -- "$@" "$hearth_done"
              hearth_count=$((hearth_count - 1))
            done
          fi
          begin
          (exec "$@")
          finish $?
          """;

  @Override
  public Spec<Args> spec() {
    return Spec.of(
            "ansible.builtin.command",
            Args.class,
            "Runs a program. Nothing of a shell works in it: no pipes, no redirection.")
        .freeForm("cmd");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.guards().reads();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<Value.Textual> words = words(want);
    if (words.isEmpty()) {
      throw new Refusal("no command given");
    }
    Value shown = new Value.Seq(new ArrayList<>(words));
    Optional<Result> satisfied = want.guards().satisfied(host);
    if (satisfied.isPresent()) {
      return Verdict.satisfied(satisfied.get().with("cmd", shown));
    }
    List<Word> parameters = new ArrayList<>();
    parameters.add(Word.of(want.guards().chdir().orElse("")));
    parameters.add(Word.of(want.expandArgumentVars() ? "expand" : ""));
    words.forEach(word -> parameters.add(Word.of(word)));
    Script script = Script.of(RUN, parameters).reading(input(want.stdin(), want.stdinAddNewline()));
    return new Verdict.Changes(
        List.of(Step.unknown("run " + name(words.getFirst()), script)),
        List.of(),
        want.guards().predicted().with("cmd", shown),
        ends -> concluded(shown, want.stripEmptyEnds(), ends.getLast()),
        false);
  }

  /** What a command reads on its standard input. */
  static Payload input(Optional<Value.Textual> stdin, boolean addNewline) {
    return stdin
        .map(
            text ->
                Payload.of(
                    addNewline && !text.reveal().endsWith("\n")
                        ? text.with(text.reveal() + "\n")
                        : text))
        .orElse(Payload.none());
  }

  private static Result concluded(Value shown, boolean strip, Outcome.Exited end) {
    if (Ending.nowhere(end)) {
      return Ending.nowhere(shown);
    }
    String err = end.err();
    boolean notThere = end.code() == 127 && err.contains("exec:") && err.contains("not found");
    boolean refused = end.code() == 126 && err.contains("exec:") && err.contains("denied");
    return notThere || refused
        ? Ending.notBegun(
            shown,
            notThere ? 2 : 13,
            "Error executing command: "
                + (notThere ? "there is no such program" : "it may not be executed"))
        : Ending.timed(shown, strip, end);
  }

  private static String name(Value.Textual word) {
    return word instanceof Value.Text text ? text.value() : "a command";
  }

  private static List<Value.Textual> words(Args want) {
    if (want.cmd().isEmpty()) {
      return want.argv();
    }
    Value.Textual command = want.cmd().get();
    List<Value.Textual> words = new ArrayList<>();
    CommandLine.split(command.reveal()).forEach(word -> words.add(command.with(word)));
    return words;
  }
}
