package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Looks at many paths with one process for all that are no links. The script prints a kind for each
 * path, ended by a null byte, behind that of a link what its own probe prints and its status; at
 * the end one line for each of the others that exist.
 */
enum ManyPaths implements Joint {
  /** The only one. */
  INSTANCE;

  private static final String PROBE =
      PathFact.DESCRIBE
          + """
          for p do
            shift
            if [ -L "$p" ]; then
              printf 'link\\000'
              describe "$p"
              printf '%s\\000' "$?"
              continue
            elif [ -f "$p" ]; then kind=file
            elif [ -d "$p" ]; then kind=directory
            elif [ -c "$p" ]; then kind=character
            elif [ -b "$p" ]; then kind=block
            elif [ -p "$p" ]; then kind=fifo
            elif [ -e "$p" ]; then kind=socket
            else
              printf 'absent\\000'
              continue
            fi
            printf '%s\\000' $kind
            set -- "$@" "$p"
          done
          [ $# -eq 0 ] || stat -c '%a %u %g %U %G %s %X %Y %Z %i %h %d' -- "$@"
          """;

  @Override
  public Script probe(List<? extends Fact<?>> facts) {
    return Script.of(PROBE, Together.words(facts, fact -> ((PathFact) fact).path()));
  }

  @Override
  public List<Optional<Outcome.Exited>> answers(
      List<? extends Fact<?>> facts, Outcome.Exited answer) {
    if (!answer.ok()) {
      return Together.unknown(facts);
    }
    List<String> parts = Arrays.asList(answer.out().split("\0", -1));
    Iterator<String> kinds = parts.subList(0, parts.size() - 1).iterator();
    Iterator<String> lines = parts.getLast().lines().iterator();
    List<Optional<Outcome.Exited>> found = new ArrayList<>();
    while (kinds.hasNext()) {
      String kind = kinds.next();
      switch (kind) {
        case "absent" -> found.add(said("absent\n"));
        case "link" -> found.add(kinds.hasNext() ? link(kinds.next()) : Optional.empty());
        default ->
            found.add(lines.hasNext() ? said(kind + " " + lines.next() + "\n") : Optional.empty());
      }
    }
    return found.size() == facts.size() && !lines.hasNext()
        ? Collections.unmodifiableList(found)
        : Together.unknown(facts);
  }

  private static Optional<Outcome.Exited> link(String text) {
    int status = text.lastIndexOf('\n') + 1;
    return text.endsWith("\n0") ? said(text.substring(0, status)) : Optional.empty();
  }

  private static Optional<Outcome.Exited> said(String text) {
    return Optional.of(Outcome.Exited.of(0, text, ""));
  }
}
