package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.Optional;

/**
 * What is at a path.
 *
 * @param path absolute, or relative to the home directory of the user that runs the script
 */
public record PathFact(String path) implements Fact<PathStatus> {

  /**
   * A shell function {@code describe PATH} that prints what {@link PathStatus#parse} reads. Scripts
   * that change a file print it again at their end.
   */
  public static final String DESCRIBE =
      """
      describe() {
        if [ -L "$1" ]; then
          describe_one link "$1" || return
          if [ -e "$1" ]; then describe_as -L "$1"; else echo absent; fi
          readlink "$1"
        elif [ -e "$1" ]; then
          describe_as "" "$1"
        else
          echo absent
        fi
      }
      describe_as() {
        if [ -f "$2" ]; then describe_one file "$2" $1
        elif [ -d "$2" ]; then describe_one directory "$2" $1
        elif [ -c "$2" ]; then describe_one character "$2" $1
        elif [ -b "$2" ]; then describe_one block "$2" $1
        elif [ -p "$2" ]; then describe_one fifo "$2" $1
        else describe_one socket "$2" $1
        fi
      }
      describe_one() {
        stat $3 -c "$1 %a %u %g %U %G %s %X %Y %Z %i %h %d" -- "$2"
      }
      """;

  private static final String PROBE = DESCRIBE + "describe \"$1\"\n";

  @Override
  public String key() {
    return "path " + path;
  }

  @Override
  public Optional<Joint> joint() {
    return Optional.of(ManyPaths.INSTANCE);
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path);
  }

  @Override
  public PathStatus parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot look at " + path + ": " + answer.err().strip());
    }
    return PathStatus.parse(answer.out());
  }
}
