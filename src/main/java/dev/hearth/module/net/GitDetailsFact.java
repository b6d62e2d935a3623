package dev.hearth.module.net;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks a working copy what a task may want to know besides its version.
 *
 * @param dest the working copy, or a repository without one
 * @param access how git is called
 * @param version what an archive is made of, and what must be signed
 * @param wanted what the task wants
 */
record GitDetailsFact(String dest, GitAccess access, String version, GitExtras wanted)
    implements Fact<GitDetailsFact.Details> {

  private static final String PROBE =
      """
      dest=$1 version=$2 separate=$3 archive=$4 format=$5 prefix=$6 track=$7
      if [ -n "$separate" ]; then
        [ ! -e "$separate" ] || echo "taken yes"
        real=$(readlink -f -- "$separate" 2>/dev/null) && separate=$real
        echo "separate $separate"
      fi
      cd -- "$dest" 2>/dev/null || exit 0
      if [ -e .git ]; then
        directory=$dest/.git
        if [ -f .git ]; then
          directory=$(sed -n 's/^gitdir: //p' .git)
          case $directory in /*) ;; *) directory=$dest/$directory ;; esac
        fi
        echo "directory $directory"
        [ ! -d "$directory/modules" ] || echo "modules yes"
      fi
      if [ -n "$HEARTH_GIT_VERIFY" ]; then
        problem=$(signed "$version" HEAD 2>&1) || printf '%s\\n' "$problem" | sed 's/^/unsigned /'
      fi
      if [ -n "$archive" ] && [ -f "$archive" ] && made=$(mktemp); then
        git archive --format "$format" ${prefix:+"$prefix"} --output "$made" "$version" 2>/dev/null &&
          cmp -s "$made" "$archive" && echo "archive same"
        rm -f "$made"
      fi
      if [ -n "$track" ] && [ -f .gitmodules ]; then
        { git submodule status | grep '^-'
          git_access submodule foreach -q '
            branch=$(git config -f "$toplevel/.gitmodules" --get "submodule.$name.branch") ||
              branch=HEAD
            [ "$branch" != . ] || branch=$(git -C "$toplevel" symbolic-ref --short HEAD)
            [ "$branch" = HEAD ] || branch=refs/heads/$branch
            end=$(git ls-remote origin "$branch" | sed "s/[[:space:]].*//;q")
            [ "$end" = "$(git rev-parse HEAD)" ] || echo "$name"
          '
        } 2>/dev/null | grep -q . && echo "submodules stale"
      fi
      :
      """;

  /**
   * The answer.
   *
   * @param directory where the repository itself is; empty when there is none
   * @param separate where it shall be, without links; empty when nothing is wanted
   * @param taken whether there is something already
   * @param modules whether submodules point into it
   * @param unsigned why the version is not signed as it should be; empty when it is
   * @param archived whether the archive is there and what it should be
   * @param stale whether a submodule is not at the end of its branch
   */
  record Details(
      String directory,
      String separate,
      boolean taken,
      boolean modules,
      String unsigned,
      boolean archived,
      boolean stale) {

    static final Details NONE = new Details("", "", false, false, "", false, false);

    boolean elsewhere() {
      return !separate.isEmpty() && !directory.isEmpty() && !directory.equals(separate);
    }
  }

  @Override
  public String key() {
    return "git details of " + dest + " " + version;
  }

  @Override
  public Script probe() {
    Map<String, Word> environment = new TreeMap<>(access.environment());
    environment.putAll(wanted.environment());
    return Script.of(
            GitAccess.FUNCTION + GitExtras.SIGNED + PROBE,
            dest,
            version,
            wanted.separate(),
            wanted.archive(),
            wanted.format(),
            wanted.prefix(),
            wanted.track() ? "track" : "")
        .in(environment);
  }

  @Override
  public Details parse(Outcome.Exited answer) {
    Map<String, String> said = new TreeMap<>();
    for (String line : answer.out().lines().toList()) {
      String[] parts = line.split(" ", 2);
      said.merge(parts[0], parts.length == 2 ? parts[1] : "", (one, two) -> one + "\n" + two);
    }
    return new Details(
        said.getOrDefault("directory", ""),
        said.getOrDefault("separate", ""),
        said.containsKey("taken"),
        said.containsKey("modules"),
        said.getOrDefault("unsigned", ""),
        said.containsKey("archive"),
        said.containsKey("submodules"));
  }
}
