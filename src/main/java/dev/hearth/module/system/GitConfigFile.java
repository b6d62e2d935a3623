package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * The file that git writes a setting into.
 *
 * @param directory where git is called
 * @param place the options that name it to git
 */
record GitConfigFile(String directory, List<String> place) implements Fact<String> {

  private static final String PROBE =
      """
      if [ -n "$1" ]; then cd -- "$1" || exit 2; fi
      case $2 in
        --file) file=$3 ;;
        --system) file=/etc/gitconfig ;;
        --global)
          file=$HOME/.gitconfig other=${XDG_CONFIG_HOME:-$HOME/.config}/git/config
          [ -e "$file" ] || [ ! -e "$other" ] || file=$other
          ;;
        *) file=$(git rev-parse --git-path config) || exit 2 ;;
      esac
      case $file in /*) ;; *) file=${PWD%/}/$file ;; esac
      readlink -f -- "$file" || printf '%s\\n' "$file"
      """;

  @Override
  public String key() {
    return "git config file " + String.join(" ", place);
  }

  @Override
  public Script probe() {
    return Script.of(
        PROBE,
        directory,
        place.isEmpty() ? "" : place.getFirst(),
        place.size() > 1 ? place.get(1) : "");
  }

  @Override
  public String parse(Outcome.Exited answer) {
    if (!answer.ok() || answer.out().isBlank()) {
      throw new UnreadableFact("cannot find git's file of settings: " + answer.err().strip());
    }
    return answer.out().strip();
  }
}
