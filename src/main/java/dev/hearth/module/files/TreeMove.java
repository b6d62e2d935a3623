package dev.hearth.module.files;

/** The shell text that puts a prepared tree in place. */
final class TreeMove {

  /**
   * A shell function {@code move DIRECTORY} that moves all that is in the working directory there
   * and merges directories; all files of one directory go with one {@code mv}. A link to a
   * directory is followed only if we or root made it.
   */
  static final String FUNCTION =
      """
      trusted() {
        [ ! -L "$1" ] || case $(stat -c %u -- "$1") in 0 | "$(id -u)") ;; *) return 1 ;; esac
      }
      move() {
        for entry in ./* ./.[!.]* ./..?*; do
          [ -e "$entry" ] || [ -L "$entry" ] || continue
          if [ -d "$entry" ] && [ ! -L "$entry" ] && [ -d "$1/$entry" ]; then
            trusted "$1/$entry" || {
              echo "$1/${entry#./} is a link that somebody else made" >&2
              return 1
            }
            (cd -- "$entry" && move "$1/$entry") || return
          elif [ -d "$1/$entry" ] && [ ! -L "$1/$entry" ]; then
            echo "$1/${entry#./} is a directory" >&2
            return 1
          else
            [ ! -d "$1/$entry" ] || rm -f -- "$1/$entry" || return
            set -- "$@" "$entry"
          fi
        done
        to=$1
        shift
        [ $# -eq 0 ] || mv -f -- "$@" "$to/"
      }
      """;

  private TreeMove() {}
}
