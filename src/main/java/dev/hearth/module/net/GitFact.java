package dev.hearth.module.net;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Asks a working copy and its remote how they stand.
 *
 * @param dest the working copy
 * @param access how the remote is reached
 * @param version what is asked for
 * @param remote name of the remote
 * @param ask whether the remote is asked at all
 * @param track whether submodules may be at other commits than the working copy says
 */
record GitFact(
    String dest, GitAccess access, String version, String remote, boolean ask, boolean track)
    implements Fact<GitState> {

  private static final String PROBE =
      """
      command -v "${HEARTH_GIT:-git}" >/dev/null 2>&1 || exit 0
      echo "git yes"
      if [ -e "$1/.git" ] || { [ -f "$1/HEAD" ] && [ -d "$1/objects" ]; }; then
        echo "repository yes"
        head=$(git -C "$1" rev-parse --verify -q HEAD) && echo "head $head"
        [ -z "$(git -C "$1" status --porcelain -uno ${6:+--ignore-submodules=all} 2>/dev/null)" ] || echo "modified yes"
        url=$(git -C "$1" config --get "remote.$4.url") && echo "remote $url"
      fi
      [ -n "$5" ] || exit 0
      if refs=$(git_access ls-remote -- "$2" HEAD "refs/heads/$3" "refs/tags/$3" "refs/tags/$3^{}" 2>&1); then
        printf '%s\\n' "$refs" | sed 's/^/ref /'
      else
        printf '%s\\n' "$refs" | sed 's/^/error /'
      fi
      :
      """;

  @Override
  public String key() {
    return "git " + dest + " " + version;
  }

  @Override
  public Script probe() {
    return Script.of(
            GitAccess.FUNCTION + PROBE,
            List.of(
                Word.of(dest),
                Word.of(access.url()),
                Word.of(version),
                Word.of(remote),
                Word.of(ask ? "ask" : ""),
                Word.of(track ? "track" : "")))
        .in(access.environment());
  }

  @Override
  public GitState parse(Outcome.Exited answer) {
    Map<String, String> said = new TreeMap<>();
    Map<String, String> refs = new TreeMap<>();
    StringBuilder error = new StringBuilder();
    for (String line : answer.out().lines().toList()) {
      String[] parts = line.split(" ", 2);
      if (parts[0].equals("ref") && parts.length == 2) {
        String[] ref = parts[1].split("\\s+", 2);
        if (ref.length == 2 && ref[0].matches("[0-9a-f]{40,64}")) {
          refs.put(ref[1], ref[0]);
        }
      } else if (parts[0].equals("error") && parts.length == 2) {
        error.append(error.isEmpty() ? "" : "\n").append(parts[1]);
      } else if (parts.length == 2) {
        said.put(parts[0], parts[1]);
      }
    }
    String branch = refs.get("refs/heads/" + version);
    String tag =
        refs.getOrDefault("refs/tags/" + version + "^{}", refs.get("refs/tags/" + version));
    String wanted = version.equals("HEAD") ? refs.get("HEAD") : branch != null ? branch : tag;
    return new GitState(
        said.containsKey("git"),
        said.containsKey("repository"),
        Optional.ofNullable(said.get("head")),
        said.containsKey("modified"),
        said.getOrDefault("remote", ""),
        Optional.ofNullable(wanted),
        version.equals("HEAD") ? "head" : branch != null ? "branch" : tag != null ? "tag" : "",
        error.toString());
  }
}
