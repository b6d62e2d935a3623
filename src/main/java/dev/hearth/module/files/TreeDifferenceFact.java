package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * Compares a directory of the host with its copy; what only the copy has does not count.
 *
 * @param from the directory
 * @param to the copy
 */
record TreeDifferenceFact(String from, String to) implements Fact<TreeDifference> {

  /**
   * {@code cmp} is asked for each large file; small ones are compared by size and sum, many at
   * once.
   */
  private static final String PROBE =
      """
      [ -d "$2" ] || { echo differs; exit 0; }
      to=$(cd -- "$2" && pwd) || exit 1
      cd -- "$1" || exit 1
      differs() {
        find . ! -name . \\( ! -type f -o -size +255 \\) -exec sh -c '
          to=$1
          shift
          for path; do
            if [ -L "$path" ]; then
              [ "$(readlink "$path")" = "$(readlink "$to/$path")" ] || echo differs
            elif [ -d "$path" ]; then
              [ -d "$to/$path" ] || echo differs
            else
              cmp -s "$path" "$to/$path" || echo differs
            fi
          done' sh "$to" {} +
        find . -type f ! -size +255 -exec sh -c '
          to=$1
          shift
          sizes() { stat -L -c "%s %n" -- "$@" 2>/dev/null; }
          [ "$(sizes "$@")" = "$(cd -- "$to" && sizes "$@")" ] &&
            sha256sum -- "$@" | (cd -- "$to" && sha256sum -c >/dev/null 2>&1) || echo differs' sh "$to" {} +
      }
      case $(differs) in *differs*) echo differs ;; *) echo same ;; esac
      cd -- "$to" && find . -exec stat -c '%f %u %g %U %G' -- {} + | sort -u
      """;

  @Override
  public String key() {
    return "difference " + from + " " + to;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, from, to);
  }

  @Override
  public TreeDifference parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot compare " + from + " with " + to + ": " + answer.err());
    }
    if (answer.out().startsWith("differs")) {
      return new TreeDifference(true, List.of());
    }
    String rest = answer.out().substring(answer.out().indexOf('\n') + 1);
    return new TreeDifference(false, new TreeAttributes(to).parse(Outcome.Exited.of(0, rest, "")));
  }
}
