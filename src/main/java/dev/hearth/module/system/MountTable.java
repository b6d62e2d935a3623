package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;

/**
 * What is mounted at a path now.
 *
 * @param path the mount point
 */
record MountTable(String path) implements Fact<MountTable.Answer> {

  private static final String PROBE =
      """
      if [ -e "$1" ]; then echo exists; else echo absent; fi
      cat /proc/self/mountinfo
      """;

  /**
   * The answer.
   *
   * @param exists whether there is anything at the path
   * @param mount what is mounted there last, if anything is
   */
  record Answer(boolean exists, Optional<Mounted> mount) {}

  /**
   * A mounted file system.
   *
   * @param source the device, share, or for a bind mount the directory in its file system
   * @param root the directory of the file system that is seen
   * @param type of the file system
   * @param options of the mount
   */
  record Mounted(String source, String root, String type, String options) {}

  @Override
  public String key() {
    return "mounted " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok() || answer.out().isBlank()) {
      throw new UnreadableFact("cannot read what is mounted: " + answer.err().strip());
    }
    List<String> lines = answer.out().lines().toList();
    Optional<Mounted> mount = Optional.empty();
    for (String line : lines.subList(1, lines.size())) {
      List<String> words = List.of(line.strip().split(" "));
      int dash = words.indexOf("-");
      if (dash > 5 && dash + 2 < words.size() && plain(words.get(4)).equals(path)) {
        mount =
            Optional.of(
                new Mounted(
                    plain(words.get(dash + 2)),
                    plain(words.get(3)),
                    words.get(dash + 1),
                    words.get(5)));
      }
    }
    return new Answer(lines.getFirst().equals("exists"), mount);
  }

  /** Undoes the octal escapes of the kernel's tables. */
  private static String plain(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
