package dev.hearth.module.net;

import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;

/**
 * {@code git} with {@code bare: true}: a repository without a working copy, with all branches and
 * tags of the other one under their own names.
 *
 * @param dest where it is
 * @param access the other repository
 * @param want the parameters
 */
record BareRepository(String dest, GitAccess access, GitModule.Args want) {

  private static final String CLONE =
      GitAccess.FUNCTION
          + """
          dest=$1 url=$2 remote=$3 depth=$4 refspec=$5
          mkdir -p -- "${dest%/*}/" || exit 1
          git_access clone -q --bare ${depth:+--depth "$depth"} -- "$url" "$dest" || exit 1
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

  Verdict cloned(Result base) {
    return GitModule.changes(
        Step.change(
            "clone " + access.url() + " to " + dest,
            script(CLONE),
            new Undo.RestoreTrees(List.of(dest))),
        base.changed(true));
  }

  /** Its HEAD stays the branch that it is. */
  Verdict updated(GitState state, String wanted, Result base) {
    boolean sameRemote = state.remote().equals(access.url());
    Result result = base.with("remote_url_changed", !sameRemote);
    return state.head().equals(Optional.of(wanted)) && sameRemote
        ? Verdict.satisfied(result)
        : GitModule.changes(
            Step.change(
                "fetch " + access.url() + " into " + dest,
                script(UPDATE),
                new Undo.RestoreTrees(List.of(dest))),
            result.changed(true));
  }

  private Script script(String body) {
    return Script.of(
            body,
            dest,
            access.url(),
            want.remote(),
            want.depth().map(String::valueOf).orElse(""),
            want.refspec().orElse(""))
        .in(access.environment());
  }
}
