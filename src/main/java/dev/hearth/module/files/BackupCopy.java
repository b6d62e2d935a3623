package dev.hearth.module.files;

import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * The copy that {@code backup: true} leaves beside a file: its name, as Ansible names it, and how
 * it goes away again.
 */
public final class BackupCopy {

  /**
   * The shell function {@code backup_name}: a name for the copy of its argument that nothing has
   * yet. The shell of a connection writes several copies within a second, and each must stay.
   */
  public static final String FUNCTION =
      """
      backup_name() {
        set -- "$1" "$$" "$(date +%Y-%m-%d@%H:%M:%S)"
        while [ -e "$1.$2.$3~" ] || [ -L "$1.$2.$3~" ]; do
          set -- "$1" "$(($2 + 1))" "$3"
        done
        printf '%s\\n' "$1.$2.$3~"
      }
      """;

  /** A copy is told with its content, so that one that was changed since is another one. */
  private static final String LIST =
      """
      path=$1
      case $path in
        *'
      '*) exit 0 ;;
      esac
      [ -z "$2" ] || [ ! -L "$path" ] || path=$(readlink -f -- "$path") || exit 0
      for copy in "$path".*~; do
        [ ! -f "$copy" ] || printf '%s %s\\n' "$copy" "$(sha256sum <"$copy" | cut -c 1-64)"
      done
      """;

  private static final String REMOVE =
      """
      for copy do
        rm -f -- "${copy% *}" || exit 1
      done
      """;

  private BackupCopy() {}

  /**
   * How a step is taken back that writes or removes a file and may leave a copy of it: the file
   * comes back first, then the copy goes, unless somebody has changed it since.
   *
   * @param path the file
   * @param kept whether a copy may be left
   * @param follow whether a link at the path is followed
   */
  public static Undo undo(String path, boolean kept, boolean follow) {
    Undo file = Undo.restore(path);
    return kept
        ? new Undo.Several(
            List.of(
                file,
                new Undo.Appeared(
                    Script.of(LIST, path, follow ? "follow" : ""), Script.of(REMOVE))))
        : file;
  }
}
