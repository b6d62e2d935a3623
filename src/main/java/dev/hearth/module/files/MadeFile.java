package dev.hearth.module.files;

import dev.hearth.fact.PathInfo;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that a program of the host makes: where nobody else can look, beside its place, on the
 * disk before it is renamed. The first line that its scripts print is the name of the copy that was
 * kept, if one was.
 *
 * @param path where it is
 * @param backup whether what was there is kept under another name
 * @param mode its mode, in octal digits
 * @param owner its owner and group as chown takes them; empty for whose it becomes by itself
 */
public record MadeFile(String path, boolean backup, String mode, String owner) {

  private static final String KEEP =
      BackupCopy.FUNCTION
          + """
          keep() {
            [ -n "$backup" ] && [ -f "$path" ] || return 0
            kept=$(backup_name "$path")
            cp -p -- "$path" "$kept" && printf '%s\\n' "$kept"
          }
          """;

  private static final String BEGIN =
      """
      path=$1 backup=$2 mode=$3 owner=$4
      shift 4
      umask 077
      case $path in */*) dir=${path%/*}/ ;; *) dir=./ ;; esac
      [ -d "$dir" ] || {
        echo "there is no directory ${dir%/} to put the file into" >&2
        exit 1
      }
      work=$(mktemp -d "$dir.hearth.XXXXXX") || exit 1
      trap 'rm -rf -- "$work"' EXIT
      """;

  private static final String END =
      """
      [ -z "$owner" ] || chown "$owner" "$work/made" || exit 1
      chmod "$mode" "$work/made" || exit 1
      keep || exit 1
      sync "$work/made" 2>/dev/null || sync
      mv -f -- "$work/made" "$path"
      """;

  private static final String REMOVE =
      """
      path=$1 backup=$2
      keep || exit 1
      rm -f -- "$path"
      """;

  /**
   * The file as it is wanted.
   *
   * @param usual the mode of a new file of which nothing is said
   * @param there what is at the path now; its owner stays unless another is wanted
   */
  public static MadeFile of(
      String path, boolean backup, FileAttributes wanted, int usual, PathInfo there) {
    int before = there.file() ? there.mode() : usual;
    int mode = wanted.mode().map(it -> it.applyTo(before, false)).orElse(before);
    String owner =
        wanted.owner().isPresent() || wanted.group().isPresent()
            ? wanted.owner().orElse("") + wanted.group().map(group -> ":" + group).orElse("")
            : there.file() ? there.uid() + ":" + there.gid() : "";
    return new MadeFile(path, backup, FileMode.show(mode), owner);
  }

  /**
   * The script that makes it.
   *
   * @param needs leaves with a message when the program is not there
   * @param program writes {@code $work/made} from its arguments; {@code $path} is the place
   */
  public Script make(String needs, String program, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(path, backup ? "backup" : "", mode, owner));
    all.addAll(arguments);
    return Script.of(needs + KEEP + BEGIN + program + END, all.toArray(String[]::new));
  }

  /** The step that removes the file at a path. */
  public static Step remove(String path, boolean backup) {
    return Step.change(
        "remove " + path,
        Script.of(KEEP + REMOVE, path, backup ? "backup" : ""),
        BackupCopy.undo(path, backup, false));
  }

  /** What removes the file at a path, if there is one; the result tells the copy that was kept. */
  public static Verdict absent(String path, boolean backup, boolean exists, Result result) {
    return exists
        ? Verdict.changes(List.of(remove(path, backup)), List.of(), result.changed(true))
            .telling((end, ends) -> kept(end, ends.getFirst()))
        : Verdict.satisfied(result);
  }

  /** How the step is taken back that makes it. */
  public Undo undo() {
    return BackupCopy.undo(path, backup, false);
  }

  /** The result with the name of the copy, if one was kept. */
  public static Result kept(Result result, Outcome.Exited end) {
    String copy = end.out().strip();
    return copy.isEmpty() ? result : result.with("backup_file", copy);
  }
}
