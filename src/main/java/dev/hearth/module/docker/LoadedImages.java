package dev.hearth.module.docker;

import dev.hearth.plan.Result;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.List;

/**
 * What came out of an archive of images.
 *
 * @param said what docker said
 * @param images as the engine describes them
 */
record LoadedImages(String said, Value images) {

  private static final String LOADED = "Loaded image";

  /** {@code $1}: the archive, {@code $2}: an image that must come out of it; empty for any. */
  private static final String LOAD =
      ImageSteps.NEEDS_DOCKER
          + """
          want=$2
          said=$(docker image load --quiet --input "$1" </dev/null) || exit
          set --
          while IFS= read -r line; do
            case $line in "Loaded image: "* | "Loaded image ID: "*) set -- "$@" "${line#*: }" ;; esac
          done <<END
          $said
          END
          [ $# -gt 0 ] || {
            echo "no image was loaded; is the archive whole?" >&2
            exit 1
          }
          if [ -n "$want" ]; then
            id=$(docker image inspect -f '{{.Id}}' -- "$want" 2>/dev/null)
            docker image inspect -f '{{.Id}}' -- "$@" | grep -qxF -e "$id" || {
              echo "the archive has not $want but $*" >&2
              exit 1
            }
          fi
          printf '%s\n@@@@\n' "$said"
          docker image inspect -- "$@"
          """;

  static Script script(String archive, String wanted, EngineOptions engine) {
    return engine.script(LOAD, archive, wanted);
  }

  /** Reads what the script printed. */
  static LoadedImages of(String printed) {
    String[] parts = printed.split("(?m)^@@@@\n", 2);
    return new LoadedImages(
        parts[0].strip(), parts.length < 2 ? new Value.Seq(List.of()) : JsonReader.read(parts[1]));
  }

  Result in(Result result) {
    List<Value> names =
        said.lines()
            .filter(line -> line.startsWith(LOADED))
            .<Value>map(line -> Value.text(line.substring(line.indexOf(": ") + 2).strip()))
            .toList();
    return result
        .with("image_names", new Value.Seq(names))
        .with("images", images)
        .with("stdout", said);
  }
}
