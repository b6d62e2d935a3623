package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code community.docker.docker_stack}: services of a swarm from compose files. */
public final class DockerStack implements Module<DockerStack.Args> {

  private static final String SPECS =
      """
      if ! command -v docker >/dev/null; then
        echo "docker is not on this host; install it first" >&2
        exit 2
      fi
      s=$(docker stack services --format '{{.Name}}' -- "$1" 2>&1) || {
        case $s in *'othing found'*) exit 0 ;; esac
        printf '%s\\n' "$s" >&2
        exit 2
      }
      for n in $s; do
        case $n in "$1"_*) docker service inspect --format '{{.Spec.Name}} {{json .Spec}}' -- "$n" || exit ;; esac
      done
      """;

  private static final String DEPLOY =
      """
      n=$1 inline=$2
      shift 2
      if [ "$inline" = yes ]; then
        docker stack deploy "$@" --compose-file - "$n"
      else
        docker stack deploy "$@" "$n" </dev/null
      fi
      """;

  /** {@code $2}: how often it is tried again until nothing is left, {@code $3}: seconds between. */
  private static final String REMOVE =
      """
      n=$2
      while :; do
        said=$(docker stack rm -- "$1" 2>&1 </dev/null)
        end=$?
        case $said in *'othing found in stack'*) break ;; esac
        [ "$n" -gt 0 ] || break
        n=$((n - 1))
        sleep "$3"
      done
      printf '%s\\n' "$said"
      exit "$end"
      """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "The stack's name.") String name,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Compose files on the host, or one definition in the task.") List<Value> compose,
      @Arg(doc = "Remove services that are not listed.", defaultsTo = "false") boolean prune,
      @Arg(doc = "Do not wait for the services.", defaultsTo = "true") boolean detach,
      @Arg(
              doc = "When registries are asked for digests.",
              choices = {"always", "changed", "never"})
          Optional<String> resolveImage,
      @Arg(doc = "Give the nodes this host's logins.", defaultsTo = "false")
          boolean withRegistryAuth,
      @Arg(doc = "How often a removal is tried again until nothing is left.", defaultsTo = "0")
          int absentRetries,
      @Arg(doc = "Seconds between the tries.", defaultsTo = "1") int absentRetriesInterval,
      @Inline EngineOptions engine) {}

  /**
   * The services of a stack by their names, as the engine describes them.
   *
   * @param name the stack
   * @param engine which engine
   */
  record Services(String name, EngineOptions engine) implements Fact<Map<String, Value>> {
    @Override
    public String key() {
      return "stack " + name;
    }

    @Override
    public Script probe() {
      return engine.script(SPECS, name);
    }

    @Override
    public Map<String, Value> parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact("cannot ask Docker: " + answer.err().strip());
      }
      return services(answer.out());
    }
  }

  private static Map<String, Value> services(String lines) {
    Map<String, Value> services = new TreeMap<>();
    for (String line : lines.lines().toList()) {
      int blank = line.indexOf(' ');
      services.put(line.substring(0, blank), JsonReader.read(line.substring(blank + 1)));
    }
    return services;
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_stack", Args.class, "Deploys and removes stacks of a swarm.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(fact(want)));
    if (want.state().equals("present")) {
      files(want).forEach(file -> facts.add(new PathFact(file)));
    }
    return facts;
  }

  private static Services fact(Args want) {
    return new Services(want.name(), want.engine());
  }

  private static List<String> files(Args want) {
    return want.compose().stream()
        .filter(Value.Textual.class::isInstance)
        .map(file -> ((Value.Textual) file).reveal())
        .toList();
  }

  private static Script removal(Args want, String before) {
    return want.engine()
        .script(
            before + REMOVE,
            want.name(),
            Integer.toString(want.absentRetries()),
            Integer.toString(want.absentRetriesInterval()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Map<String, Value> now = host.get(fact(want));
    if (want.state().equals("absent")) {
      return now.isEmpty()
          ? Verdict.satisfied(Result.ok())
          : Verdict.changes(
              List.of(
                  Step.change(
                      "remove the stack " + want.name(),
                      removal(want, ""),
                      new Undo.Impossible("what the stack was made of is known to its task only"))),
              List.of(),
              Result.changedNow());
    }
    List<Value> definitions = want.compose().stream().filter(Value.Dict.class::isInstance).toList();
    if (want.compose().isEmpty() || definitions.size() > 1) {
      throw new Refusal(
          "compose parameter must be a list containing at least one element, with at most one"
              + " definition");
    }
    for (String file : files(want)) {
      if (!host.get(new PathFact(file)).followed().exists()) {
        String why = "open " + file + ": no such file or directory";
        return new Verdict.Rejected(
            Result.failure("deploy the stack " + want.name() + ": " + why)
                .with("rc", 1)
                .with("stdout", "")
                .with("stderr", why));
      }
    }
    List<String> words = new ArrayList<>();
    words.add(want.name());
    words.add(definitions.isEmpty() ? "no" : "yes");
    if (want.prune()) {
      words.add("--prune");
    }
    if (want.withRegistryAuth()) {
      words.add("--with-registry-auth");
    }
    want.resolveImage().ifPresent(when -> words.addAll(List.of("--resolve-image", when)));
    if (!want.detach()) {
      words.add("--detach=false");
    }
    files(want).forEach(file -> words.addAll(List.of("--compose-file", file)));
    Script deploy = want.engine().script(DEPLOY, words.toArray(String[]::new));
    if (!definitions.isEmpty()) {
      deploy = deploy.reading(Payload.of(PythonJson.write(definitions.getFirst())));
    }
    Undo undo =
        now.isEmpty()
            ? new Undo.Run(
                "remove the stack " + want.name(), removal(want, SwarmFacts.GONE_WITH_SWARM))
            : new Undo.Impossible("the services were changed in place");
    Result predicted =
        now.isEmpty()
            ? Result.changedNow()
            : Result.skip("what deploying the stack again changes is known only afterwards");
    return Verdict.changes(
            List.of(
                Step.change("deploy the stack " + want.name(), deploy, undo),
                Step.read("look at the stack", fact(want).probe())),
            List.of(),
            predicted)
        .telling(
            (end, ends) -> {
              Map<String, Value> then = services(ends.getLast().out());
              JsonDifference difference =
                  JsonDifference.of(Value.Dict.ofTexts(now), Value.Dict.ofTexts(then));
              boolean changed = difference.similarity() < 1;
              Result result =
                  Result.ok()
                      .with("rc", 0)
                      .with("stdout", ends.getFirst().out())
                      .with("stderr", ends.getFirst().err())
                      .changed(changed);
              return changed
                  ? result.with("stack_spec_diff", PythonJson.write(difference.shown()).reveal())
                  : result;
            });
  }
}
