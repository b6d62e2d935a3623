package dev.hearth.module.database;

/** Scripts that write databases of MySQL and MariaDB into files of the host and read them back. */
final class MysqlFiles {

  private MysqlFiles() {}

  /** Whole or not at all: what a failed dump wrote is not put in place. */
  static final String DUMP =
      MysqlAccess.OPTIONS
          + """
          find_client mariadb-dump mysqldump
          target=$1 chdir=$2
          shift 2
          [ -z "$chdir" ] || cd -- "$chdir" || exit
          case $target in
            *.gz) tool=gzip ;;
            *.bz2) tool=bzip2 ;;
            *.xz) tool=xz ;;
            *.zst) tool=zstd ;;
            *) tool=cat ;;
          esac
          command -v "$tool" >/dev/null || { echo "$tool is not on this host" >&2; exit 127; }
          case $target in */*) dir=${target%/*}/ ;; *) dir=./ ;; esac
          new=$(mktemp "$dir.hearth.XXXXXX") || exit 1
          trap 'rm -rf -- "$work" "$new"' EXIT
          usual=$(printf '%04o' $((0666 & ~0$(umask))))
          { "$client" --defaults-file="$work/options" "$@" && : >"$work/whole"; } | "$tool" >"$new" || exit 1
          [ -e "$work/whole" ] || exit 1
          sync "$new" 2>/dev/null || sync
          chmod "$usual" "$new" && mv -f -- "$new" "$target"
          """;

  /** Fails when the file does. */
  static final String IMPORT =
      MysqlAccess.OPTIONS
          + """
          find_client mariadb mysql
          target=$1 chdir=$2
          shift 2
          [ -z "$chdir" ] || cd -- "$chdir" || exit
          [ -f "$target" ] || { echo "target $target does not exist on the host" >&2; exit 1; }
          case $target in
            *.gz) tool=gzip ;;
            *.bz2) tool=bzip2 ;;
            *.xz) tool=xz ;;
            *.zst) tool=zstd ;;
            *)
              "$client" --defaults-file="$work/options" "$@" <"$target"
              exit
              ;;
          esac
          { "$tool" -dc <"$target" && : >"$work/whole"; } | "$client" --defaults-file="$work/options" "$@" || exit 1
          [ -e "$work/whole" ]
          """;
}
