package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * A file in a container, and who works there.
 *
 * @param container the container
 * @param path in it
 * @param engine which engine
 */
record ContainerFile(String container, String path, EngineOptions engine)
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
      docker cp "$1:$2" - >"$work/tar" 2>/dev/null </dev/null || exit 0
      printf 'entry %s\\n' "$(tar --numeric-owner -tvf "$work/tar" 2>/dev/null | head -n 1)"
      printf 'sum %s\\n' "$(tar -xOf "$work/tar" 2>/dev/null | sha1sum | cut -d' ' -f1)"
      """;

  /**
   * The answer.
   *
   * @param uid of the user that the container works as; -1 when it cannot be asked
   * @param gid of it
   * @param exists whether there is anything at the path
   * @param file whether that is a regular file
   * @param mode its permissions as {@code ls} writes them
   * @param owner {@code uid/gid} of it
   * @param sum SHA-1 of what is in it
   */
  record Answer(
      long uid, long gid, boolean exists, boolean file, String mode, String owner, String sum) {}

  @Override
  public String key() {
    return "container file " + container + ":" + path;
  }

  @Override
  public Script probe() {
    return engine.script(PROBE, container, path);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    List<String> lines = answer.out().lines().toList();
    String[] user = lines.getFirst().split(" ");
    boolean known = user.length > 2 && (user[1] + user[2]).matches("\\d+");
    if (lines.size() < 3) {
      return new Answer(
          known ? Long.parseLong(user[1]) : -1,
          known ? Long.parseLong(user[2]) : -1,
          false,
          false,
          "",
          "",
          "");
    }
    String[] entry = lines.get(1).substring("entry ".length()).strip().split("\\s+");
    return new Answer(
        known ? Long.parseLong(user[1]) : -1,
        known ? Long.parseLong(user[2]) : -1,
        true,
        entry[0].startsWith("-"),
        entry[0].substring(1),
        entry.length > 1 ? entry[1] : "",
        lines.get(2).substring("sum ".length()).strip());
  }
}
