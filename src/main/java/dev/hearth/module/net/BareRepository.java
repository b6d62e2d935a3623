package dev.hearth.module.net;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code git} with {@code bare: true}: a repository without a working copy, with all branches and
 * tags of the other one under their own names.
 *
 * @param dest where it is
 * @param access the other repository
 * @param want the parameters
 * @param extras what is wanted besides
 */
record BareRepository(String dest, GitAccess access, GitModule.Args want, GitExtras extras) {

  private static final String CLONE =
      GitAccess.FUNCTION
          + """
          dest=$1 url=$2 remote=$3 depth=$4 refspec=$5
          shift 5
          mkdir -p -- "${dest%/*}/" || exit 1
          git_access clone -q --bare ${depth:+--depth "$depth"} "$@" -- "$url" "$dest" || exit 1
          cd -- "$dest" || exit 1
          git remote set-url origin "$url" || exit 1
          [ "$remote" = origin ] || git remote add "$remote" "$url" || exit 1
          [ -z "$refspec" ] || git_access fetch -q "$remote" "$refspec" || exit 1
          git rev-parse HEAD
          """;

  private static final String UPDATE =
      GitAccess.FUNCTION
          + """
          dest=$1 url=$2 remote=$3 depth=$4 refspec=$5
          cd -- "$dest" || exit 1
          git remote set-url "$remote" "$url" 2>/dev/null || git remote add "$remote" "$url" || exit 1
          git_access fetch -q ${depth:+--depth "$depth"} "$remote" '+refs/heads/*:refs/heads/*' \\
            '+refs/tags/*:refs/tags/*' ${refspec:+"$refspec"} || exit 1
          git rev-parse HEAD
          """;

  Step cloned() {
    return Step.change(
        "clone " + access.url() + " to " + dest,
        script(CLONE, extras.cloneOptions(want)),
        new Undo.RestoreTrees(List.of(dest)));
  }

  /** Its HEAD stays the branch that it is. */
  Step updated() {
    return Step.change(
        "fetch " + access.url() + " into " + dest,
        script(UPDATE, List.of()),
        new Undo.RestoreTrees(List.of(dest)));
  }

  private Script script(String body, List<String> options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                dest,
                access.url(),
                want.remote(),
                want.depth().map(String::valueOf).orElse(""),
                want.refspec().orElse("")));
    words.addAll(options);
    return Script.of(body, words.stream().map(Word::of).toList()).in(access.environment());
  }
}
