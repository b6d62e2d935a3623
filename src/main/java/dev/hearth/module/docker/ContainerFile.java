package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.HashMap;
import java.util.Map;

/**
 * A file in a container, and who works there.
 *
 * @param container the container
 * @param path in it
 * @param follow whether what a link there leads to is meant
 * @param engine which engine
 */
record ContainerFile(String container, String path, boolean follow, EngineOptions engine)
    implements Fact<ContainerFile.Answer> {

  private static final String PROBE =
      """
      if ! command -v docker >/dev/null; then
        echo "docker is not on this host; install it first" >&2
        exit 127
      fi
      docker container inspect -f '{{.Id}}' -- "$1" >/dev/null || exit
      printf 'user %s\\n' "$(docker exec "$1" /bin/sh -c 'id -u && id -g' 2>/dev/null </dev/null | tr '\\n' ' ')"
      work=$(umask 077 && mktemp -d) || exit 1
      trap 'rm -rf -- "$work"' EXIT
      p=$2 n=0 e=
      while docker cp "$1:$p" - >"$work/tar" 2>/dev/null </dev/null; do
        e=$(tar --numeric-owner -tvf "$work/tar" 2>/dev/null | head -n 1)
        case $3:$e in yes:l*' -> '*) ;; *) break ;; esac
        t=${e##* -> } e='' n=$((n + 1))
        if [ "$n" -gt 40 ]; then
          echo "$2 in the container is a link that leads back to itself" >&2
          exit 1
        fi
        case $t in /*) p=$t ;; *) p=${p%/*}/$t ;; esac
      done
      [ "$3" = no ] || printf 'path %s\\n' "$p"
      [ -n "$e" ] || exit 0
      printf 'entry %s\\n' "$e"
      printf 'sum %s\\n' "$(tar -xOf "$work/tar" 2>/dev/null | sha1sum | cut -d' ' -f1)"
      """;

  /**
   * The answer.
   *
   * @param uid of the user that the container works as; -1 when it cannot be asked
   * @param gid of it
   * @param path where it really is
   * @param exists whether there is anything at the path
   * @param file whether that is a regular file
   * @param mode its permissions as {@code ls} writes them
   * @param owner {@code uid/gid} of it
   * @param sum SHA-1 of what is in it
   * @param link where a link leads to; empty for anything else
   */
  record Answer(
      long uid,
      long gid,
      String path,
      boolean exists,
      boolean file,
      String mode,
      String owner,
      String sum,
      String link) {}

  @Override
  public String key() {
    return "container file " + container + ":" + path + (follow ? " followed" : "");
  }

  @Override
  public Script probe() {
    return engine.script(PROBE, container, path, follow ? "yes" : "no");
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    Map<String, String> told = new HashMap<>();
    answer
        .out()
        .lines()
        .map(line -> line.split(" ", 2))
        .filter(line -> line.length == 2)
        .forEach(line -> told.put(line[0], line[1].strip()));
    String[] user = told.getOrDefault("user", "").split(" ");
    boolean known = user.length == 2 && (user[0] + user[1]).matches("\\d+");
    String written = told.getOrDefault("entry", "");
    String[] entry = written.split("\\s+");
    boolean link = written.startsWith("l") && written.contains(" -> ");
    return new Answer(
        known ? Long.parseLong(user[0]) : -1,
        known ? Long.parseLong(user[1]) : -1,
        told.getOrDefault("path", path),
        !written.isEmpty(),
        written.startsWith("-"),
        written.isEmpty() ? "" : entry[0].substring(1),
        entry.length > 1 ? entry[1] : "",
        told.getOrDefault("sum", ""),
        link ? written.substring(written.indexOf(" -> ") + 4) : "");
  }
}
