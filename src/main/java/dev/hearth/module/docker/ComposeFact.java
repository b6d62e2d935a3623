package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What docker compose would do, and the project's containers and images as they are.
 *
 * @param project options that say which project, in front of the command
 * @param directory where compose runs; empty for nowhere in particular
 * @param definition the project as JSON, read from standard input, if the task holds it
 * @param command the command to pretend, with its options; empty to look only
 * @param engine which engine
 */
record ComposeFact(
    List<String> project,
    String directory,
    Optional<Value.Textual> definition,
    List<String> command,
    EngineOptions engine)
    implements Fact<ComposeFact.Answer> {

  /**
   * Checks that compose is there and defines {@code run}, which runs compose with the definition on
   * its standard input when there is one. {@code $1}: the directory, {@code $2}: how many bytes of
   * standard input are the definition, or {@code no}.
   */
  static final String RUN =
      """
      if ! docker compose version >/dev/null 2>&1 </dev/null; then
        echo "docker compose is not on this host; install it first" >&2
        exit 2
      fi
      if [ -n "$1" ] && ! cd -- "$1" 2>/dev/null; then
        echo "there is no directory $1 on this host" >&2
        exit 2
      fi
      d=
      [ "$2" = no ] || d=$(dd bs=1 count="$2" 2>/dev/null)
      shift 2
      run() {
        if [ -n "$d" ]; then
          printf '%s' "$d" | docker compose --ansi never --progress plain "$@"
        else
          docker compose --ansi never --progress plain "$@" </dev/null
        fi
      }
      """;

  /** Prints containers and images behind separators; the arguments are the project's options. */
  static final String LOOK =
      """
      look() {
        printf '@@@@\\n'
        run "$@" ps --all --no-trunc --format json 2>/dev/null
        printf '@@@@\\n'
        run "$@" images --format json 2>/dev/null
      }
      """;

  private static final String PROBE =
      RUN
          + LOOK
          + ImageSteps.BUILDX_ASIDE
          + """
          n=$1 i=0
          shift
          if [ $# -gt "$n" ]; then
            buildx_aside
            # Pretending, compose notes what it makes from several threads and without a lock: it may miss one itself.
            for try in 1 2 3 4 5; do
              s=$(run "$@" 2>&1)
              c=$?
              [ "$c" != 0 ] || break
              case $s in *' is missing dependency '*) ;; *) break ;; esac
            done
            printf '%s\\n' "$s"
            buildx_back
          else
            c=0
          fi
          printf '@@@@\\n%s\\n' "$c"
          for w; do
            shift
            i=$((i + 1))
            if [ $i -le "$n" ]; then set -- "$@" "$w"; fi
          done
          look "$@"
          exit 0
          """;

  /**
   * The answer.
   *
   * @param code exit status of the pretended command
   * @param said what it printed
   * @param containers of the project
   * @param images of the project's containers
   */
  record Answer(int code, String said, List<Value.Dict> containers, Value images) {

    List<ComposeOutput.Action> actions() {
      return ComposeOutput.actions(said);
    }
  }

  ComposeFact {
    project = List.copyOf(project);
    command = List.copyOf(command);
  }

  @Override
  public String key() {
    return "compose "
        + (directory.isEmpty() ? String.join(" ", project) : directory)
        + (command.isEmpty() ? "" : " " + String.join(" ", command));
  }

  @Override
  public Script probe() {
    return script(PROBE, Integer.toString(project.size()), command);
  }

  /** A script whose body begins with {@link #RUN}: the directory and the definition go with it. */
  Script script(String body, String count, List<String> more) {
    List<String> words = new ArrayList<>();
    words.add(directory);
    words.add(definition.map(ComposeFact::length).orElse("no"));
    if (!count.isEmpty()) {
      words.add(count);
    }
    words.addAll(project);
    words.addAll(more);
    Script script = engine.script(body, words.toArray(String[]::new));
    return definition.isPresent() ? script.reading(Payload.of(definition.get())) : script;
  }

  /** How many bytes a definition has. */
  static String length(Value.Textual definition) {
    return Integer.toString(definition.reveal().getBytes(StandardCharsets.UTF_8).length);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    String[] parts = answer.out().split("(?m)^@@@@\n", -1);
    if (parts.length < 4) {
      throw new UnreadableFact("docker compose answered too little: " + answer.err().strip());
    }
    return new Answer(
        Integer.parseInt(parts[1].strip()),
        parts[0],
        ComposeOutput.containers(parts[2]),
        ComposeOutput.images(parts[3]));
  }
}
