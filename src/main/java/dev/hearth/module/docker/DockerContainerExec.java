package dev.hearth.module.docker;

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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code community.docker.docker_container_exec}: a command inside a container. */
public final class DockerContainerExec implements Module<DockerContainerExec.Args> {

  /** Variables come in through the environment of the command and go on by their names. */
  private static final String EXEC =
      """
      stdin=$1 variables=$2
      shift 2
      for name in $variables; do set -- --env "$name" "$@"; done
      if [ "$stdin" = yes ]; then
        docker container exec -i "$@"
      else
        docker container exec "$@" </dev/null
      fi
      """;

  /** The parameters. */
  @Exclusive(
      value = {"argv", "command"},
      required = true)
  public record Args(
      @Arg(doc = "The container.") String container,
      @Arg(doc = "The command as a list of words.") Optional<List<String>> argv,
      @Arg(doc = "The command as one text.") Optional<String> command,
      @Arg(doc = "The directory inside to run it in.") Optional<String> chdir,
      @Arg(doc = "Do not wait for its end.", defaultsTo = "false") boolean detach,
      @Arg(doc = "As whom.") Optional<String> user,
      @Arg(doc = "What it reads.") Optional<Value.Textual> stdin,
      @Arg(doc = "End that with a line end.", defaultsTo = "true") boolean stdinAddNewline,
      @Arg(doc = "Leave line ends at the end of its output away.", defaultsTo = "true")
          boolean stripEmptyEnds,
      @Arg(doc = "Give it a terminal.", defaultsTo = "false") boolean tty,
      @Arg(doc = "Variables of its environment; the values must be texts.") Map<String, Value> env,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_container_exec", Args.class, "Runs a command in a container.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.detach() && want.stdin().isPresent()) {
      throw new Refusal("If detach=true, stdin cannot be provided.");
    }
    List<String> words = new ArrayList<>();
    Map<String, Word> variables = new TreeMap<>();
    want.env()
        .forEach(
            (name, value) -> {
              if (!(value instanceof Value.Textual text)) {
                throw new Refusal("Non-string value found for env option. Key: " + name);
              }
              if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.equals("PATH")) {
                throw new Refusal(
                    "the variable '" + name + "' cannot be given; set it in the command");
              }
              variables.put(name, Word.of(text));
            });
    words.add(want.stdin().isPresent() ? "yes" : "no");
    words.add(String.join(" ", variables.keySet()));
    want.chdir().ifPresent(directory -> words.addAll(List.of("--workdir", directory)));
    want.user().ifPresent(user -> words.addAll(List.of("--user", user)));
    if (want.detach()) {
      words.add("--detach");
    }
    if (want.tty() && !want.stdin().isPresent()) {
      words.add("--tty");
    }
    words.add("--");
    words.add(want.container());
    words.addAll(want.argv().orElseGet(() -> CommandLine.split(want.command().orElse(""))));
    Script script = want.engine().on(Script.of(EXEC, words.toArray(String[]::new)).in(variables));
    if (want.stdin().isPresent()) {
      Value.Textual text = want.stdin().get();
      String end = want.stdinAddNewline() ? "\n" : "";
      script = script.reading(Payload.of(text.with(text.reveal() + end)));
    }
    return new Verdict.Changes(
        List.of(Step.unknown("run a command in " + want.container(), script)),
        List.of(),
        Result.skip("remote module does not support check mode"),
        ends -> result(want, ends.getLast()),
        false);
  }

  private static Result result(Args want, Outcome.Exited end) {
    String err = end.err();
    if (end.code() == 1 && err.startsWith("Error response from daemon:")) {
      return Result.failure(err.strip());
    }
    if (want.detach()) {
      return Result.changedNow().with("exec_id", "");
    }
    Result result =
        Result.changedNow()
            .with("stdout", stripped(want, end.out()))
            .with("stderr", stripped(want, err))
            .with("rc", end.code());
    return end.ok() ? result : result.with("msg", "non-zero return code").failed(true);
  }

  private static String stripped(Args want, String text) {
    return want.stripEmptyEnds() ? text.replaceFirst("[\\r\\n]+$", "") : text;
  }
}
