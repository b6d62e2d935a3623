package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The checksums of many files by one process. The script prints for each path whether it is a
 * regular file ({@code +}) or not, on one line, and then the tool's lines; without the tool
 * nothing.
 *
 * @param algorithm of all of them
 */
record ManyChecksums(String algorithm) implements Joint {

  private static final String PROBE =
      """
      tool=${1}sum
      shift
      command -v "$tool" >/dev/null 2>&1 || exit 0
      for p do
        shift
        if [ -f "$p" ]; then
          printf +
          set -- "$@" "$p"
        else
          printf -- -
        fi
      done
      echo
      [ $# -eq 0 ] || "$tool" -- "$@"
      """;

  @Override
  public Script probe(List<? extends Fact<?>> facts) {
    List<String> words = new ArrayList<>();
    words.add(algorithm);
    words.addAll(List.of(Together.words(facts, fact -> ((Checksum) fact).path())));
    return Script.of(PROBE, words.toArray(String[]::new));
  }

  @Override
  public List<Optional<Outcome.Exited>> answers(
      List<? extends Fact<?>> facts, Outcome.Exited answer) {
    List<String> lines = answer.out().lines().toList();
    if (!answer.ok() || lines.isEmpty() || lines.getFirst().length() != facts.size()) {
      return Together.unknown(facts);
    }
    Iterator<String> sums = lines.listIterator(1);
    List<Optional<Outcome.Exited>> found = new ArrayList<>();
    for (char there : lines.getFirst().toCharArray()) {
      if (there == '+' && !sums.hasNext()) {
        return Together.unknown(facts);
      }
      found.add(Optional.of(Outcome.Exited.of(0, there == '+' ? sum(sums.next()) : "", "")));
    }
    return sums.hasNext() ? Together.unknown(facts) : List.copyOf(found);
  }

  /** The tool marks a line whose file name it had to escape. */
  private static String sum(String line) {
    int end = line.indexOf(' ');
    return line.substring(line.startsWith("\\") ? 1 : 0, end < 0 ? line.length() : end) + "\n";
  }
}
