package dev.hearth.module.files;

/** The shell text that makes a directory with all that is missing above it. */
final class MissingDirectories {

  /**
   * A shell function {@code make_directories PATH MODE OWNER GROUP}: each directory that it makes
   * gets the mode, owner and group, where empty texts leave what is usual; those that are there
   * stay as they are.
   */
  static final String FUNCTION =
      """
      make_directories() {
        [ ! -d "$1" ] || return 0
        case $1 in
          */*) [ -z "${1%/*}" ] || make_directories "${1%/*}" "$2" "$3" "$4" || return ;;
        esac
        if ! said=$(mkdir ${2:+-m "$2"} -- "$1" 2>&1); then
          # Somebody else may have made it since we looked: another name of the same machine.
          [ -d "$1" ] || { echo "$said" >&2; return 1; }
          [ -z "$2" ] || chmod "$2" -- "$1" || return
        fi
        if [ -n "$3" ]; then
          chown -h "$3${4:+:$4}" "$1"
        elif [ -n "$4" ]; then
          chgrp -h "$4" "$1"
        fi
      }
      """;

  private MissingDirectories() {}
}
