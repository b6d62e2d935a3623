package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything below a directory, links not followed, in the order of the paths.
 *
 * @param directory where
 * @param depth how deep at most, 1 for the directory itself; 0 for all
 * @param follow whether links to directories are entered
 */
record FoundFiles(String directory, int depth, boolean follow) implements Fact<FoundFiles.Answer> {

  /** Each entry is a line of stat's numbers that begins with the mark, its path behind them. */
  private static final String PROBE =
      """
      [ -d "$1" ] || { echo none; exit 0; }
      date '+now %s'
      case $1 in */) base=$1 ;; *) base=$1/ ;; esac
      set -- "$base" "$2" "$3"
      find $3 "$base" -mindepth 1 ${2:+-maxdepth "$2"} \\
        -exec stat -c '@@%F|%a|%u|%g|%U|%G|%s|%X|%Y|%Z|%i|%h|%d|%n' -- {} + 2>&1
      :
      """;

  /**
   * The answer.
   *
   * @param directory whether there is such a directory
   * @param now the host's time, seconds since 1970
   * @param entries all entries
   * @param problems what could not be looked at
   */
  record Answer(boolean directory, long now, List<Entry> entries, List<String> problems) {}

  /**
   * One entry.
   *
   * @param path with the directory in front
   * @param info what it is
   */
  record Entry(String path, PathInfo info) {}

  @Override
  public String key() {
    return "found " + directory + (depth > 0 ? " depth " + depth : "") + (follow ? " follow" : "");
  }

  @Override
  public Script probe() {
    return Script.of(
        PROBE, directory, depth > 0 ? Integer.toString(depth) : "", follow ? "-L" : "");
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot search " + directory + ": " + answer.err().strip());
    }
    List<String> lines = answer.out().lines().toList();
    if (lines.isEmpty() || lines.getFirst().equals("none")) {
      return new Answer(false, 0, List.of(), List.of());
    }
    List<Entry> entries = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split("\\|", 14);
      if (line.startsWith("@@") && parts.length == 14) {
        String path = parts[13].replaceAll("/{2,}", "/");
        parts[0] = kind(parts[0].substring(2));
        entries.add(
            new Entry(path, PathInfo.parse(String.join(" ", List.of(parts).subList(0, 13)))));
      } else if (line.startsWith("find:") || line.startsWith("stat:")) {
        problems.add(line);
      } else if (!entries.isEmpty()) {
        Entry last = entries.removeLast();
        entries.add(new Entry(last.path() + "\n" + line, last.info()));
      }
    }
    entries.sort(java.util.Comparator.comparing(Entry::path));
    return new Answer(
        true,
        Long.parseLong(lines.getFirst().replace("now ", "").strip()),
        List.copyOf(entries),
        List.copyOf(problems));
  }

  /** stat's words for kinds of files; those of GNU and of busybox are the same. */
  private static String kind(String words) {
    if (words.contains("directory")) {
      return "directory";
    } else if (words.contains("link")) {
      return "link";
    } else if (words.contains("character")) {
      return "character";
    } else if (words.contains("block")) {
      return "block";
    } else if (words.contains("fifo")) {
      return "fifo";
    } else if (words.contains("socket")) {
      return "socket";
    }
    return "file";
  }
}
