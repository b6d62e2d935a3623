package dev.hearth.module.textfile;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * A small text file with its content, mode and owner.
 *
 * @param path where, absolute
 */
public record TextFileFact(String path) implements Fact<TextFile> {

  private static final String PROBE =
      """
      [ -e "$1" ] || exit 0
      if ! [ -f "$1" ]; then
        echo "$1 is not a regular file" >&2
        exit 1
      fi
      stat -L -c '%a %u:%g' -- "$1" && cat -- "$1"
      """;

  @Override
  public String key() {
    return "textfile " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path);
  }

  @Override
  public TextFile parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot read " + path + ": " + answer.err().strip());
    }
    String text = answer.out();
    int end = text.indexOf('\n');
    if (end < 0) {
      return new TextFile(path, false, "", "", "");
    }
    String[] words = text.substring(0, end).split(" ", -1);
    return new TextFile(path, true, "0" + words[0], words[1], text.substring(end + 1));
  }
}
