package dev.hearth.module.system;

import dev.hearth.module.files.BackupCopy;

/** What runs on the host to mount and unmount file systems. */
final class MountScripts {

  /** Reads the former table and puts it back when the mount fails. */
  static final String MOUNT =
      """
      path=$1 table=$2 changed=$3
      shift 3
      if [ "$table" != /etc/fstab ]; then set -- -T "$table"; fi
      mount "$@" "$path" && exit
      status=$?
      if [ "$changed" = yes ]; then cat >"$table"; fi
      exit "$status"
      """;

  static final String REMOUNT =
      """
      path=$1 table=$2 options=$3
      shift 3
      if [ "$table" != /etc/fstab ]; then set -- -T "$table"; fi
      mount -o "remount$options" "$@" "$path" && exit
      if [ -n "$options" ]; then
        echo "the mount could not be changed to these options; unmount it and mount it anew" >&2
        exit 1
      fi
      umount "$path" && mount "$@" "$path"
      """;

  static final String DIRECT = "exec mount -t \"$1\" -o \"$2\" -- \"$3\" \"$4\"\n";

  static final String HIDDEN =
      """
      t=$(umask 077 && mktemp) || exit
      trap 'rm -f -- "$t"' EXIT
      cat >"$t" && mount -T "$t" "$1"
      """;

  static final String BACKUP =
      BackupCopy.FUNCTION
          + """
          kept=$(backup_name "$1")
          cp -p -- "$1" "$kept" && printf '%s\\n' "$kept"
          """;

  static final String UNMOUNT = "exec umount -- \"$1\"\n";
  static final String REMOVE = "[ ! -d \"$1\" ] || exec rmdir -- \"$1\"\n";

  private MountScripts() {}
}
