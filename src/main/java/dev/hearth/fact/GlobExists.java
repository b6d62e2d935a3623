package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * Whether a path, or anything that a pattern with {@code *}, {@code ?} and {@code [} matches,
 * exists.
 *
 * @param directory what a relative pattern is relative to; empty for the home directory
 * @param pattern the path or pattern
 */
public record GlobExists(String directory, String pattern) implements Fact<Boolean> {

  private static final String PROBE =
      """
      case $1 in
        '') ;;
        '~') cd -- "$HOME" ;;
        '~/'*) cd -- "$HOME/${1#'~/'}" ;;
        *) cd -- "$1" ;;
      esac 2>/dev/null || { echo no; exit 0; }
      case $2 in
        '~') set -- "$1" "$HOME" ;;
        '~/'*) set -- "$1" "$HOME/${2#'~/'}" ;;
      esac
      if [ -e "$2" ] || [ -L "$2" ]; then
        echo yes
        exit 0
      fi
      IFS=
      for path in $2; do
        if [ -e "$path" ] || [ -L "$path" ]; then
          echo yes
          exit 0
        fi
      done
      echo no
      """;

  @Override
  public String key() {
    return "exists " + pattern + (directory.isEmpty() ? "" : " in " + directory);
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, directory, pattern);
  }

  @Override
  public Boolean parse(Outcome.Exited answer) {
    return switch (answer.out().strip()) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new UnreadableFact("cannot look for " + pattern + ": " + answer.err());
    };
  }
}
