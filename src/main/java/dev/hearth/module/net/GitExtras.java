package dev.hearth.module.net;

import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task may want of a working copy besides its version.
 *
 * @param separate where the repository itself is kept; empty for {@code .git}
 * @param archive the archive that is made; empty for none
 * @param prefix {@code --prefix=} of what is in the archive; empty for none
 * @param verify whether the version's signature is checked
 * @param signers fingerprints of keys that may sign; any known key when there are none
 * @param track whether submodules are at the end of their branch
 */
record GitExtras(
    String separate,
    String archive,
    String prefix,
    boolean verify,
    List<String> signers,
    boolean track) {

  /**
   * A shell function {@code signed VERSION COMMIT}: whether the tag of that name, or else the
   * commit, is signed by a key that may. It tells why not.
   */
  static final String SIGNED =
      """
      signed() {
        kind_of_object=verify-commit object=$2
        if [ "$(git cat-file -t "refs/tags/$1" 2>/dev/null)" = tag ]; then
          kind_of_object=verify-tag object=refs/tags/$1
        fi
        said=$(git "$kind_of_object" --raw "$object" 2>&1) || {
          printf '%s\\n' "Failed to verify GPG signature of commit/tag \\"$1\\"" "$said" >&2
          return 1
        }
        [ -n "$HEARTH_GIT_SIGNERS" ] || return 0
        for key in $(printf '%s\\n' "$said" |
          sed -n 's/^\\[GNUPG:\\] VALIDSIG \\([0-9A-F]*\\) .* \\([0-9A-F]*\\)$/\\1 \\2/p'); do
          case $HEARTH_GIT_SIGNERS in *" $key "*) return 0 ;; esac
        done
        printf '%s\\n' "gpg_allowlist does not have the key that signed \\"$1\\"" "$said" >&2
        return 1
      }
      """;

  private static final Map<String, String> FORMATS =
      Map.of("zip", "zip", "gz", "tar.gz", "tar", "tar", "tgz", "tgz");

  /** Every step of the module tells at its end what the working copy is at. */
  private static final String MOVE =
      GitAccess.FUNCTION
          + """
          [ ! -e "$2" ] || { echo "Separate-git-dir path $2 already exists." >&2; exit 1; }
          mv -- "$1" "$2" || exit
          printf 'gitdir: %s' "$2" >"$3/.git" || exit
          git -C "$3" rev-parse HEAD
          """;

  private static final String MOVE_BACK =
      """
      [ "$1" != "$3/.git" ] || rm -f -- "$1" || exit
      mv -- "$2" "$1" || exit
      [ "$1" = "$3/.git" ] || printf 'gitdir: %s' "$1" >"$3/.git"
      """;

  private static final String ARCHIVE =
      GitAccess.FUNCTION
          + """
          d=$(mktemp -d "${2%/*}/.hearth.XXXXXX") || exit
          trap 'rm -rf "$d"' EXIT
          cd -- "$1" || exit
          git archive --format "$3" ${4:+"$4"} --output "$d/archive" "$5" || exit
          sync "$d/archive" 2>/dev/null || sync
          mv -f "$d/archive" "$2" && git rev-parse HEAD
          """;

  static GitExtras of(GitModule.Args want, Facts host) {
    return new GitExtras(
        path("separate_git_dir", want.separateGitDir(), host),
        path("archive", want.archive(), host),
        want.archivePrefix().map(prefix -> "--prefix=" + prefix).orElse(""),
        want.verifyCommit(),
        want.gpgAllowlist(),
        want.trackSubmodules() && want.recursive());
  }

  private static String path(String parameter, Optional<String> written, Facts host) {
    String path = written.map(text -> new HostPath(text).on(host)).orElse("");
    if (!path.isEmpty() && !path.startsWith("/")) {
      throw new Refusal(parameter + " must be an absolute path or begin with ~, not " + path);
    }
    return path;
  }

  /** Whether the host has to be asked more than where the version is. */
  boolean any() {
    return !separate.isEmpty() || !archive.isEmpty() || verify || track;
  }

  /** The archive's format by its name. */
  String format() {
    String format = FORMATS.get(archive.substring(archive.lastIndexOf('.') + 1));
    if (!archive.isEmpty() && format == null) {
      throw new Refusal(
          "Unable to get file extension from archive file name : "
              + archive
              + "; it must end in .tar, .tar.gz, .tgz or .zip");
    }
    return format == null ? "" : format;
  }

  /** Options for a new clone. */
  List<String> cloneOptions(GitModule.Args want) {
    List<String> options = new ArrayList<>();
    want.reference()
        .ifPresent(
            reference -> {
              options.add("--reference");
              options.add(reference);
            });
    if (!separate.isEmpty()) {
      options.add("--separate-git-dir=" + separate);
    }
    if (verify) {
      options.add("--no-checkout");
    }
    return options;
  }

  /** What the scripts are told of signatures. */
  Map<String, Word> environment() {
    return verify
        ? Map.of(
            "HEARTH_GIT_VERIFY",
            Word.of("yes"),
            "HEARTH_GIT_SIGNERS",
            Word.of(signers.isEmpty() ? "" : " " + String.join(" ", signers) + " "))
        : Map.of();
  }

  /** How scripts are told of submodules. */
  String submodules(GitModule.Args want) {
    return track ? "track" : want.recursive() ? "recursive" : "";
  }

  /** Moves the repository from where it is. */
  Step move(String dest, String now, GitAccess access) {
    return Step.change(
        "move the repository of " + dest + " from " + now + " to " + separate,
        Script.of(MOVE, now, separate, dest).in(access.calling()),
        new Undo.Run(
            "move the repository of " + dest + " back to " + now,
            Script.of(MOVE_BACK, now, separate, dest)));
  }

  /** Makes the archive of the version. */
  Step pack(String dest, String version, GitAccess access) {
    return Step.change(
        "make the archive " + archive,
        Script.of(ARCHIVE, dest, archive, format(), prefix, version).in(access.calling()),
        Undo.restore(archive));
  }
}
