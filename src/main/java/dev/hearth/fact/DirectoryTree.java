package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is below a directory.
 *
 * @param path on the host
 */
public record DirectoryTree(String path) implements Fact<DirectoryTree.Listing> {

  /**
   * Full paths, those in a directory before those in its directories, as Python's {@code os.walk}
   * finds them.
   */
  public record Listing(List<String> directories, List<String> files) {
    /** Keeps its own copies. */
    public Listing {
      directories = List.copyOf(directories);
      files = List.copyOf(files);
    }
  }

  @Override
  public String key() {
    return "tree " + path;
  }

  @Override
  public Script probe() {
    return Script.of(
        "find \"$1\" -type d -print0 && printf '\\000' && find \"$1\" ! -type d -print0\n", path);
  }

  @Override
  public Listing parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot list " + path + ": " + answer.err().strip());
    }
    Map<String, List<String>> directories = new LinkedHashMap<>();
    Map<String, List<String>> files = new LinkedHashMap<>();
    Map<String, List<String>> found = directories;
    for (String each : answer.out().split("\0")) {
      if (each.isEmpty()) {
        found = files;
      } else if (!each.equals(path)) {
        found.computeIfAbsent(HostPath.directory(each), parent -> new ArrayList<>()).add(each);
      }
    }
    List<String> walked = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    walk(path, directories, files, walked, seen);
    return new Listing(walked, seen);
  }

  private static void walk(
      String directory,
      Map<String, List<String>> directories,
      Map<String, List<String>> files,
      List<String> walked,
      List<String> seen) {
    List<String> below = directories.getOrDefault(directory, List.of());
    walked.addAll(below);
    seen.addAll(files.getOrDefault(directory, List.of()));
    below.forEach(each -> walk(each, directories, files, walked, seen));
  }
}
