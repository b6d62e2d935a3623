package dev.hearth.module.files;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.FileMarks;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.CommandLine;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a content into a file so that nobody ever sees half of it: a temporary file in the same
 * directory, 0600 from its first byte, checked, given owner and mode, validated, synced and
 * renamed. The old file stays until the rename.
 *
 * @param path the file; its directory exists
 * @param there what is at the path now, links followed if they are to be followed
 * @param want owner, group and mode; what is not wished for stays as it is
 * @param content what to write
 * @param sha1 of the content, hex
 * @param validate a command that must accept the new file, with {@code %s} for its path
 * @param backup whether to keep the old file under another name
 * @param follow whether a link at the path is kept and its end is written
 */
public record FileWrite(
    String path,
    PathInfo there,
    FileAttributes want,
    Payload content,
    String sha1,
    Optional<String> validate,
    boolean backup,
    boolean follow) {

  /** Above this size the host is not asked for a second checksum. */
  private static final long SMALL = 8L << 20;

  /**
   * Owner and mode are set through the open file where the host has /proc: in a directory that a
   * user may write to, the name could lead elsewhere by now. The backup is a second name of the old
   * file, which keeps all its properties; a write into the file itself needs a true copy. A large
   * file is on its way to the disk while its checksum is made.
   */
  private static final String WRITE =
      PathFact.DESCRIBE
          + Checksum.FUNCTION
          + BackupCopy.FUNCTION
          + FileMarks.FUNCTION
          + """
          path=$1 mode=$2 keep=$3 owner=$4 group=$5 size=$6 sha1=$7 options=$8
          shift 8
          case $options in *follow*) [ ! -L "$path" ] || path=$(readlink -f -- "$path") || exit 1 ;; esac
          case $path in */*) dir=${path%/*}/ ;; *) dir=./ ;; esac
          [ -d "$dir" ] || { echo "Destination directory ${dir%/} does not exist" >&2; exit 1; }
          [ ! -d "$path" ] || [ -L "$path" ] || { echo "$path is a directory" >&2; exit 1; }
          usual=$(printf '%04o' $((0666 & ~0$(umask))))
          umask 077
          n=0
          temp=$dir.hearth.$$.0
          while [ -e "$temp" ] || [ -L "$temp" ]; do
            n=$((n + 1))
            temp=$dir.hearth.$$.$n
          done
          set -C
          exec 3>"$temp" || exit 1
          set +C
          trap 'rm -f -- "$temp"' EXIT
          trap 'exit 129' HUP
          trap 'exit 130' INT
          trap 'exit 143' TERM
          cat >&3 || exit 1
          file=/proc/self/fd/3
          [ -e "$file" ] || file=$temp
          got=$(wc -c <"$file") || exit 1
          [ "$((got))" -eq "$size" ] || {
            echo "only $((got)) of $size bytes arrived" >&2
            exit 1
          }
          early=
          if [ "$size" -gt 8388608 ]; then
            sync "$temp" </dev/null >/dev/null 2>&1 3>&- &
            early=$!
          fi
          if [ -n "$sha1" ] && got=$(checksum sha1 "$file") && [ "$got" != "$sha1" ]; then
            echo "the content was damaged on its way: its SHA-1 is $got, not $sha1" >&2
            exit 1
          fi
          case $options in
            *marks*) marks "$path" "$temp" all ;;
            *) if [ -n "$keep" ]; then marks "$path" "$temp" some; else marks "$path" "$temp" new; fi ;;
          esac
          [ -z "$keep" ] || chown "$keep" "$file" 2>/dev/null || chgrp "${keep#*:}" "$file" 2>/dev/null || :
          if [ -n "$owner" ]; then
            chown "$owner${group:+:$group}" "$file" || exit 1
          elif [ -n "$group" ]; then
            chgrp "$group" "$file" || exit 1
          fi
          chmod "0${mode:-$usual}" "$file" || exit 1
          case $options in
            *md5*) md5=$(checksum md5 "$file") && printf 'md5 %s\\n' "$md5" ;;
          esac
          if [ $# -gt 0 ]; then
            n=$#
            while [ "$n" -gt 0 ]; do
              word=$1
              shift
              case $word in *%s*) word=${word%%\\%s*}$temp${word#*\\%s} ;; esac
              set -- "$@" "$word"
              n=$((n - 1))
            done
            "$@" >&2 3>&- </dev/null || {
              echo "failed to validate: $* ended with status $?" >&2
              exit 1
            }
          fi
          case $options in
            *backup*)
              old=$(backup_name "$path")
              case $options in
                *unsafe*) cp -p -- "$path" "$old" ;;
                *) ln -- "$path" "$old" 2>/dev/null || cp -p -- "$path" "$old" ;;
              esac || exit 1
              printf 'backup %s\\n' "$old"
              ;;
          esac
          [ -z "$early" ] || wait "$early"
          sync "$temp" 2>/dev/null || sync
          exec 3>&-
          if mv -fT -- "$temp" "$path" 2>/dev/null; then
            :
          elif [ ! -d "$path" ] && mv -f -- "$temp" "$path"; then
            :
          else
            case $options in
              *unsafe*) cat <"$temp" >"$path" || exit 1 ;;
              *) echo "cannot put the new file at $path" >&2; exit 1 ;;
            esac
          fi
          trap - EXIT
          rm -f -- "$temp"
          sync "$dir" 2>/dev/null || :
          describe "$path"
          """;

  /** The step that writes. */
  public Step step() {
    boolean replaces = there.file();
    String mode =
        want.mode()
            .map(it -> FileMode.show(it.applyTo(replaces ? there.mode() : 0644, false)))
            .orElse(replaces ? FileMode.show(there.mode()) : "");
    List<String> options = new ArrayList<>();
    if (follow) {
      options.add("follow");
    }
    if (content.length() <= SMALL) {
      options.add("md5");
    }
    if (backup && replaces) {
      options.add("backup");
    }
    if (want.unsafeWrites()) {
      options.add("unsafe");
    }
    if (replaces && !narrows()) {
      options.add("marks");
    }
    List<String> words = new ArrayList<>();
    words.add(path);
    words.add(mode);
    words.add(replaces ? there.uid() + ":" + there.gid() : "");
    words.add(want.owner().orElse(""));
    words.add(want.group().orElse(""));
    words.add(Long.toString(content.length()));
    words.add(sha1);
    words.add(String.join(",", options));
    validate.ifPresent(command -> words.addAll(validation(command)));
    return Step.change(
        "write " + path,
        Script.of(WRITE, words.toArray(String[]::new)).reading(content),
        BackupCopy.undo(path, backup && replaces, follow));
  }

  /**
   * Whether fewer may use the new file than the old one. Its ACL then stays behind: with it the new
   * content would be open to all who could read the old one, if only for a moment.
   */
  private boolean narrows() {
    boolean another =
        want.owner().filter(owner -> !is(owner, there.owner(), there.uid())).isPresent()
            || want.group().filter(group -> !is(group, there.group(), there.gid())).isPresent();
    int after = want.mode().map(it -> it.applyTo(there.mode(), false)).orElse(there.mode());
    return another || (there.mode() & ~after & 0077) != 0;
  }

  private static boolean is(String wanted, String name, long number) {
    return wanted.equals(name) || wanted.equals(Long.toString(number));
  }

  private static List<String> validation(String command) {
    if (!command.contains("%s")) {
      throw new Refusal(
          "validate must contain %s where the path of the new file belongs: " + command);
    }
    return CommandLine.split(command);
  }

  /** Changes of these steps, the last of which writes and so tells about the new file. */
  static Verdict.Changes changes(List<Step> steps, List<Diff> diffs, Result predicted) {
    return Verdict.changes(steps, diffs, predicted)
        .telling((result, ends) -> told(result, ends.getLast().out()));
  }

  /**
   * Changes of a file that was edited: the result says where the old file is kept and, as in
   * Ansible when it names the file, how the new one is.
   */
  static Verdict.Changes edits(List<Step> steps, List<Diff> diffs, Result predicted) {
    boolean described = PathResult.names(predicted);
    String copy = predicted.values().containsKey("backup") ? "backup" : "backup_file";
    return Verdict.changes(steps, diffs, predicted)
        .telling(
            (result, ends) -> {
              Result all = result;
              for (var entry : told(Result.ok(), ends.getLast().out()).values().entrySet()) {
                if (entry.getKey().equals("backup_file")) {
                  all = all.with(copy, entry.getValue());
                } else if (described && !entry.getKey().equals("md5sum")) {
                  all = all.with(entry.getKey(), entry.getValue());
                }
              }
              return all;
            });
  }

  private static Result told(Result result, String out) {
    String rest = out;
    Result all = result;
    while (rest.startsWith("md5 ") || rest.startsWith("backup ")) {
      int end = rest.indexOf('\n');
      String line = rest.substring(0, end);
      rest = rest.substring(end + 1);
      all =
          line.startsWith("md5 ")
              ? all.with("md5sum", line.substring(4))
              : all.with("backup_file", line.substring(7));
    }
    return PathResult.with(all, PathStatus.parse(rest).followed());
  }
}
