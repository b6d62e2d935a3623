package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * A user's authorized_keys.
 *
 * @param user whose
 * @param path another place for the file; empty for the usual one
 * @param follow whether the file is what a link there leads to
 */
record AuthorizedKeysFact(String user, String path, boolean follow)
    implements Fact<AuthorizedKeysFact.Keys> {

  private static final String PROBE =
      """
      if command -v getent >/dev/null; then e=$(getent passwd "$1"); else e=$(grep "^$1:" /etc/passwd); fi
      if [ -z "$e" ]; then
        echo "there is no user $1 on this host" >&2
        exit 1
      fi
      f=${2:-$(printf '%s' "$e" | cut -d: -f6)/.ssh/authorized_keys}
      printf '%s\\n' "$f" "$(printf '%s' "$e" | cut -d: -f3,4)"
      if [ -n "$3" ] && [ -L "$f" ]; then
        readlink -f -- "$f" || { echo "$f leads nowhere" >&2; exit 1; }
      fi
      printf '@@@@\\n'
      if [ -e "$f" ]; then cat -- "$f"; fi
      """;

  /**
   * The answer.
   *
   * @param named the path that the task or the user's home names
   * @param path of the file
   * @param owner {@code uid:gid} of the user
   * @param content empty when there is no file
   */
  record Keys(String named, String path, String owner, String content) {}

  @Override
  public String key() {
    return (follow ? "authorized_keys behind links " : "authorized_keys ")
        + user
        + (path.isEmpty() ? "" : " " + path);
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, user, path, follow ? "follow" : "");
  }

  @Override
  public Keys parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot read authorized keys: " + answer.err().strip());
    }
    String mark = "@@@@\n";
    int end = answer.out().indexOf(mark);
    List<String> lines = answer.out().substring(0, Math.max(end, 0)).lines().toList();
    if (lines.size() < 2) {
      throw new UnreadableFact("cannot read authorized keys of " + user);
    }
    String named = lines.getFirst();
    return new Keys(
        named,
        lines.size() > 2 ? lines.get(2) : named,
        lines.get(1),
        answer.out().substring(end + mark.length()));
  }
}
