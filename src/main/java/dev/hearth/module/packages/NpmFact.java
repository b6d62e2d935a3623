package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What npm says about a project's packages, or the host's.
 *
 * @param program the words that call npm
 * @param directory of the project; empty for the whole host
 * @param outdated asks which are outdated instead of which are there
 * @param options of npm
 */
record NpmFact(List<String> program, String directory, boolean outdated, List<String> options)
    implements Fact<Map<String, String>> {

  /** What npm thinks of its answer is in the answer as well, so its exit status says nothing. */
  private static final String PROBE =
      Npm.FIND
          + """
          if [ -n "$directory" ]; then
            if [ -e "$directory" ] && [ ! -d "$directory" ]; then
              echo "path $directory is not a directory" >&2
              exit 1
            fi
            cd -- "$directory" 2>/dev/null || { echo '{}'; exit 0; }
          fi
          "$@" 2>/dev/null </dev/null
          exit 0
          """;

  @Override
  public String key() {
    return "npm " + (outdated ? "outdated " : "list ") + (directory.isEmpty() ? "-g" : directory);
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(program);
    words.addAll(outdated ? List.of("outdated", "--json") : List.of("list", "--json", "--long"));
    words.addAll(options);
    return Npm.script(PROBE, directory, words);
  }

  /** Versions by name; empty for a package that is missing or not the one that was asked for. */
  @Override
  public Map<String, String> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    Map<String, String> versions = new LinkedHashMap<>();
    try {
      Value said = JsonReader.read(answer.out().isBlank() ? "{}" : answer.out());
      Value packages =
          outdated ? said : said instanceof Value.Dict dict ? dict.get("dependencies") : null;
      if (packages instanceof Value.Dict dict) {
        dict.entries()
            .forEach(
                (name, about) ->
                    versions.put(((Value.Textual) name).reveal(), version((Value.Dict) about)));
      }
    } catch (IllegalArgumentException | ClassCastException notJson) {
      throw new UnreadableFact("npm did not answer in JSON: " + answer.out().strip());
    }
    return versions;
  }

  private static String version(Value.Dict about) {
    boolean bad = truthy(about.get("missing")) || truthy(about.get("invalid"));
    return !bad && about.get("version") instanceof Value.Textual text ? text.reveal() : "";
  }

  private static boolean truthy(@org.jspecify.annotations.Nullable Value value) {
    return value instanceof Value.Bool bool && bool.value()
        || value instanceof Value.Textual text && !text.reveal().isEmpty();
  }
}
