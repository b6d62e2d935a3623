package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What paths, some of them patterns, mean on the host.
 *
 * @param paths as the user wrote them; those with {@code *} or {@code ?} are patterns
 */
record ArchiveSources(List<String> paths) implements Fact<Map<String, ArchiveSources.Kind>> {

  private static final String PROBE =
      """
      kind() {
        if [ -d "$1" ]; then printf 'directory\\000%s\\000' "$1"
        elif [ -e "$1" ] || [ -L "$1" ]; then printf 'file\\000%s\\000' "$1"
        elif [ -z "$2" ]; then printf 'absent\\000%s\\000' "$1"
        fi
      }
      IFS=
      for pattern do
        case $pattern in
          *[*?]*) for path in $pattern; do kind "$path" pattern; done ;;
          *) kind "$pattern" ;;
        esac
      done
      """;

  /** Keeps its own copy. */
  ArchiveSources {
    paths = List.copyOf(paths);
  }

  /** What is at a path. */
  enum Kind {
    /** Nothing. */
    ABSENT,
    /** A directory, or a link to one. */
    DIRECTORY,
    /** Anything else. */
    FILE
  }

  @Override
  public String key() {
    return "paths " + String.join(" ", paths);
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, paths.toArray(String[]::new));
  }

  @Override
  public Map<String, Kind> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot look for the paths: " + answer.err().strip());
    }
    Map<String, Kind> found = new LinkedHashMap<>();
    List<String> parts = new ArrayList<>(List.of(answer.out().split("\0")));
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      found.put(
          parts.get(i + 1),
          switch (parts.get(i)) {
            case "directory" -> Kind.DIRECTORY;
            case "file" -> Kind.FILE;
            default -> Kind.ABSENT;
          });
    }
    return found;
  }
}
