package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A command in a container of a compose project: parameters that exec and run share. */
public record ComposeCommand(
    @Arg(doc = "The service.") String service,
    @Arg(doc = "The command as a list of words.") Optional<List<String>> argv,
    @Arg(doc = "The command as one text.") Optional<String> command,
    @Arg(doc = "The directory inside.") Optional<String> chdir,
    @Arg(doc = "Do not wait for its end.", defaultsTo = "false") boolean detach,
    @Arg(doc = "Variables; the values must be texts.") Map<String, Value> env,
    @Arg(doc = "What it reads.") Optional<Value.Textual> stdin,
    @Arg(doc = "End that with a line end.", defaultsTo = "true") boolean stdinAddNewline,
    @Arg(doc = "Leave line ends at the end of its output away.", defaultsTo = "true")
        boolean stripEmptyEnds,
    @Arg(doc = "Give it a terminal; never done, there is none.", defaultsTo = "true") boolean tty,
    @Arg(doc = "As whom.") Optional<String> user) {

  /** Variables go on by their names; compose reads their values from its own environment. */
  private static final String RUN =
      """
      stdin=$1
      shift
      if [ "$stdin" = no ]; then
        run "$@"
        exit
      fi
      if [ -n "$d" ]; then
        # Standard input belongs to the command, so that compose has to find the definition elsewhere.
        t=$(umask 077 && mktemp) || exit
        trap 'rm -f -- "$t"' EXIT
        trap 'exit 130' HUP INT TERM
        printf '%s' "$d" >"$t" || exit
        shift 2
        set -- --project-directory "$PWD" --file "$t" "$@"
      fi
      docker compose --ansi never --progress plain "$@"
      """;

  /** What runs it. */
  Verdict plan(ComposeProject project, EngineOptions engine, String verb, List<String> options) {
    project.check();
    if (argv.isPresent() == command.isPresent() && argv.isPresent()) {
      throw new Refusal("parameters are mutually exclusive: argv|command");
    }
    List<String> words = new ArrayList<>(List.of(verb, "--no-TTY"));
    words.addAll(options);
    chdir.ifPresent(directory -> words.addAll(List.of("--workdir", directory)));
    user.ifPresent(whom -> words.addAll(List.of("--user", whom)));
    if (detach) {
      words.add("--detach");
    }
    Map<String, Word> variables = new TreeMap<>();
    env.forEach(
        (name, value) -> {
          if (!(value instanceof Value.Textual text)
              || !name.matches("[A-Za-z_][A-Za-z0-9_]*")
              || name.equals("PATH")) {
            throw new Refusal(
                "the variable '" + name + "' cannot be given; its value must be a text");
          }
          variables.put(name, Word.of(text));
          words.addAll(List.of("--env", name));
        });
    words.add(service);
    words.addAll(argv.orElseGet(() -> CommandLine.split(command.orElse(""))));
    Optional<Value.Textual> read =
        stdin.map(text -> text.with(text.reveal() + (stdinAddNewline ? "\n" : "")));
    Script script =
        engine.on(
            project
                .script(RUN, List.of(stdin.isPresent() ? "yes" : "no"), words, read)
                .in(variables));
    return new Verdict.Changes(
        List.of(Step.unknown(verb + " a command in " + service, script)),
        List.of(),
        Result.skip("remote module does not support check mode"),
        ends -> result(ends.getLast()),
        false);
  }

  private Result result(Outcome.Exited end) {
    Result result = Result.changedNow();
    if (detach) {
      return end.ok()
          ? result.with("container_id", end.out().strip())
          : Result.failure(end.err().strip()).with("rc", end.code());
    }
    Result told =
        result
            .with("stdout", stripped(end.out()))
            .with("stderr", stripped(end.err()))
            .with("rc", end.code());
    return end.ok() ? told : told.with("msg", "non-zero return code").failed(true);
  }

  private String stripped(String text) {
    return stripEmptyEnds ? text.replaceFirst("[\\r\\n]+$", "") : text;
  }
}
