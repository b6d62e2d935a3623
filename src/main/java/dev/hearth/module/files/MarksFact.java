package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;

/**
 * The SELinux contexts and the file system's flags of a path.
 *
 * @param path where
 * @param follow whether the end of a link is meant
 * @param all whether everything below a directory is meant as well
 */
record MarksFact(String path, boolean follow, boolean all) implements Fact<MarksFact.Answer> {

  /**
   * What is there.
   *
   * @param exists whether there is something at the path
   * @param selinux whether the host has SELinux
   * @param usual the context that the policy has for the path
   * @param contexts each one that occurs, once
   * @param flags each set of flags that occurs, once; empty where they cannot be told
   */
  record Answer(
      boolean exists,
      boolean selinux,
      Optional<String> usual,
      List<String> contexts,
      List<String> flags) {}

  private static final String PROBE =
      """
      path=$1
      [ -z "$2" ] || [ ! -L "$path" ] || path=$(readlink -f -- "$path")
      if [ -e /sys/fs/selinux/enforce ]; then
        echo selinux
        matchpathcon -n "$path" 2>/dev/null | sed 's/^/usual /'
      fi
      [ -e "$path" ] || [ -L "$path" ] || exit 0
      echo exists
      [ ! -e /sys/fs/selinux/enforce ] ||
        find "$path" "$3" -exec stat -c 'context %C' {} + | sort -u
      if command -v lsattr >/dev/null 2>&1; then
        find "$path" "$3" ! -type l -exec lsattr -d {} + 2>/dev/null |
          awk '{ gsub(/-/, "", $1); print "flags " $1 }' | sort -u
      fi
      """;

  @Override
  public String key() {
    return "marks " + path + (follow ? "" : " itself") + (all ? " and below" : "");
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path, follow ? "follow" : "", all ? "-depth" : "-prune");
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot look at the flags of " + path + ": " + answer.err().strip());
    }
    List<String> lines = answer.out().lines().toList();
    return new Answer(
        lines.contains("exists"),
        lines.contains("selinux"),
        told(lines, "usual ").stream().findFirst(),
        told(lines, "context "),
        told(lines, "flags "));
  }

  private static List<String> told(List<String> lines, String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what))
        .map(line -> line.substring(what.length()).strip())
        .toList();
  }
}
