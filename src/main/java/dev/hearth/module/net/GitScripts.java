package dev.hearth.module.net;

/** What runs on the host to make a working copy and to bring it to another version. */
final class GitScripts {

  /** A new working copy. */
  static final String CLONE =
      GitAccess.FUNCTION
          + GitExtras.SIGNED
          + """
          dest=$1 url=$2 remote=$3 version=$4 kind=$5 depth=$6 single=$7 recursive=$8
          refspec=$9
          shift 9
          [ -n "$kind" ] || depth=
          mkdir -p -- "${dest%/*}/" || exit 1
          [ -z "$depth" ] || set -- "$@" --depth "$depth"
          [ -z "$single" ] || set -- "$@" --single-branch
          # A whole clone keeps the default branch beside the version, for people who work in it.
          case $kind:$depth$single in
            branch:?* | tag:?*) set -- "$@" --branch "$version" ;;
          esac
          git_access clone -q -o "$remote" "$@" -- "$url" "$dest" || exit 1
          cd -- "$dest" || exit 1
          [ -z "$refspec" ] ||
            git_access fetch -q ${depth:+--depth "$depth"} "$remote" "$refspec" || exit 1
          trusted() {
            [ -z "$HEARTH_GIT_VERIFY" ] || signed "$version" "$1" || {
              directory=$(git rev-parse --git-dir) && rm -rf -- "$directory" "$dest"
              exit 1
            }
          }
          case $kind in
            head)
              trusted HEAD
              [ -z "$HEARTH_GIT_VERIFY" ] || git checkout -q --force HEAD -- || exit 1
              ;;
            branch)
              trusted "$remote/$version"
              if git show-ref -q --verify "refs/heads/$version"; then
                git checkout -q --force "$version" -- || exit 1
              else
                git checkout -q --track -b "$version" "$remote/$version" -- || exit 1
              fi
              ;;
            *)
              git cat-file -e "$version^{commit}" 2>/dev/null ||
                git_access fetch -q "$remote" "$version" || exit 1
              trusted "$version"
              git checkout -q --force "$version" -- || exit 1
              ;;
          esac
          [ -z "$recursive" ] || [ ! -f .gitmodules ] || {
            [ "$recursive" = track ] && set -- --remote || set --
            git_access submodule update -q --init --recursive "$@"
          } || exit 1
          git rev-parse HEAD
          """;

  /** A working copy at another version. */
  static final String UPDATE =
      GitAccess.FUNCTION
          + GitExtras.SIGNED
          + """
          dest=$1 url=$2 remote=$3 version=$4 kind=$5 depth=$6 wanted=$7 recursive=$8
          refspec=$9
          cd -- "$dest" || exit 1
          [ "$(git config --get "remote.$remote.url")" = "$url" ] ||
            git remote set-url "$remote" "$url" 2>/dev/null ||
            git remote add "$remote" "$url" || exit 1
          git reset -q --hard || exit 1
          set -- "$remote"
          case $kind in
            branch) set -- "$@" "+refs/heads/$version:refs/remotes/$remote/$version" ;;
            tag) set -- "$@" "+refs/tags/$version:refs/tags/$version" ;;
          esac
          [ -z "$refspec" ] || set -- "$@" "$refspec"
          git cat-file -e "$wanted^{commit}" 2>/dev/null && [ "$kind" != branch ] ||
            git_access fetch -q ${depth:+--depth "$depth"} "$@" ||
            { [ -z "$kind" ] && git_access fetch -q "$remote" "$version"; } || exit 1
          if [ -n "$HEARTH_GIT_VERIFY" ]; then
            [ "$kind" != tag ] || git_access fetch -q "$@" || exit 1
            [ "$kind" != head ] ||
              git_access fetch -q ${depth:+--depth "$depth"} "$remote" HEAD || exit 1
            signed "$version" "$wanted" || exit 1
          fi
          if [ "$kind" = branch ]; then
            git checkout -q --force -B "$version" "$wanted" -- || exit 1
            git branch -q --set-upstream-to="$remote/$version" 2>/dev/null || :
          elif [ "$kind" = head ] && git symbolic-ref -q HEAD >/dev/null; then
            git_access fetch -q ${depth:+--depth "$depth"} "$remote" HEAD || exit 1
            git reset -q --hard "$wanted" -- || exit 1
          else
            git checkout -q --force --detach "$wanted" -- || exit 1
          fi
          [ -z "$recursive" ] || [ ! -f .gitmodules ] || {
            [ "$recursive" = track ] && set -- --remote || set --
            git submodule sync -q --recursive &&
              git_access submodule update -q --init --recursive --force "$@"
          } || exit 1
          git rev-parse HEAD
          """;

  private GitScripts() {}
}
