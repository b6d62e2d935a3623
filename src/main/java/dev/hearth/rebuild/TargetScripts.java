package dev.hearth.rebuild;

import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is done on the host that is rebuilt. Nothing of its old state is removed by any of it. */
public final class TargetScripts {

  /** Where snapshots are restored to. */
  public static final String FRESH = "/var/lib/hearth/rebuild";

  private static final String RESTORE =
      """
      umask 077
      mkdir -p -- "${2%/*}" && mkdir -- "$2" && exec /usr/local/sbin/hearth-backup restore "$1" "$2"
      """;

  /** Words: fresh directory, suffix, paths. */
  private static final String MOVE =
      """
      fresh=$1 suffix=$2
      shift 2
      for path; do
        [ -e "$fresh$path" ] || { echo "$path is not in the snapshot" >&2; exit 1; }
      done
      for path; do
        mkdir -p -- "${path%/*}/" || exit 1
        # An empty directory that provisioning has made is no state of anybody's.
        if [ -d "$path" ] && [ ! -L "$path" ]; then rmdir -- "$path" 2>/dev/null; fi
        if [ -e "$path" ] || [ -L "$path" ]; then
          mv -T -- "$path" "$path.before-$suffix" || exit 1
          mv -T -- "$fresh$path" "$path" || { mv -T -- "$path.before-$suffix" "$path"; exit 1; }
        else
          mv -T -- "$fresh$path" "$path" || exit 1
        fi
      done
      """;

  private static final String PROGRAMS =
      """
      container=$1 user=$2 database=$3
      if [ "$container" = - ]; then
        there() { runuser -u postgres -- "$@"; }
        set_user=
      else
        there() { docker exec -i "$container" "$@"; }
        set_user=--username=$user
      fi
      server() { there psql $set_user -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }
      sql() { server -d "$1" -c "$2" </dev/null; }
      """;

  /** Words: container, user, database, suffix, dump. */
  private static final String IMPORT =
      PROGRAMS
          + """
          suffix=$4 dump=$5 new=${3}_hearth_new
          version=$(sql postgres 'show server_version_num') || exit 1
          made=$(sed -n 's/^-- Dumped from database version \\([0-9]*\\).*/\\1/p;30q' "$dump")
          [ $((version / 10000)) -ge "${made:-0}" ] || {
            echo "the server is PostgreSQL $((version / 10000)), the dump is of $made: import it into $made or newer" >&2
            exit 1
          }
          sql postgres "drop database if exists \\"$new\\"" || exit 1
          sql postgres "create database \\"$new\\" owner \\"$user\\" template template0" || exit 1
          server -d "$new" --single-transaction -o /dev/null <"$dump" || exit 1
          tab=$(printf '\\t')
          while IFS=$tab read -r table rows; do
            found=$(sql "$new" "select count(*) from $table") || exit 1
            [ "$found" = "$rows" ] || { echo "$table has $found rows, not $rows" >&2; exit 1; }
          done <"$dump.rows"
          # Only now, with the new one proven, the old one makes room; it is kept.
          if [ -n "$(sql postgres "select 1 from pg_database where datname = '$database'")" ]; then
            sql postgres "alter database \\"$database\\" allow_connections false" || exit 1
            sql postgres "select pg_terminate_backend(pid) from pg_stat_activity where datname = '$database'" >/dev/null
            # Both names change in one transaction, or neither.
            sql postgres "alter database \\"$database\\" rename to \\"${database}_before_$suffix\\"; alter database \\"$new\\" rename to \\"$database\\"" ||
              { sql postgres "alter database \\"$database\\" allow_connections true"; exit 1; }
            sql postgres "alter database \\"${database}_before_$suffix\\" allow_connections true"
          else
            sql postgres "alter database \\"$new\\" rename to \\"$database\\""
          fi
          """;

  private static final String KEPT =
      """
      suffix=$1
      shift
      for path; do
        [ ! -e "$path.before-$suffix" ] || printf '%s\\n' "$path.before-$suffix"
      done
      """;

  private static final String KEPT_DATABASE =
      PROGRAMS
          + """
          sql postgres "select 'the database ' || datname from pg_database where datname = '${database}_before_$4'"
          """;

  private static final String NEWEST =
      PROGRAMS
          + """
          shift 3
          while [ $# -gt 0 ]; do
            sql "$database" "select floor(extract(epoch from max($2)))::bigint from $1" || exit 1
            shift 2
          done
          """;

  /**
   * A constant script and its words.
   *
   * @param body what sh runs
   * @param words its positional parameters
   */
  public record Command(String body, List<String> words) {

    /** Keeps its own copy. */
    public Command {
      words = List.copyOf(words);
    }
  }

  private static final String WITHDRAW =
      """
      for file in /etc/ssh/authorized_keys.d/*; do
        grep -qF -- "$1" "$file" || continue
        grep -vF -- "$1" "$file" >"$file.new"
        cat -- "$file.new" >"$file" && rm -f -- "$file.new" || exit 1
      done
      """;

  private TargetScripts() {}

  /** The public key with which the host opens its repository; nothing when it has none. */
  public static Script key() {
    return Script.of("cut -d' ' -f1,2 /etc/hearth-backup/id_ed25519.pub 2>/dev/null || :\n");
  }

  /** On the repository's host: this key opens nothing any more. */
  public static Script withdraw(String key) {
    return Script.of(key.isEmpty() ? ":\n" : WITHDRAW, key);
  }

  /** Free bytes where snapshots are restored to. */
  public static Script space() {
    return Script.of("df -Pk /var | awk 'NR == 2 { print $4 * 1024 }'\n");
  }

  /** Restores a snapshot into a directory that must not be there, and verifies it. */
  public static Command restore(String id, String directory) {
    return new Command(RESTORE, List.of(id, directory));
  }

  /** Moves restored paths into place; what was there is renamed. */
  public static Command move(String directory, String suffix, List<String> paths) {
    List<String> words = new ArrayList<>(List.of(directory, suffix));
    words.addAll(paths);
    return new Command(MOVE, words);
  }

  /** Imports a dump beside the database, proves it, and exchanges the two. */
  public static Command importing(BackupPlan.Database database, String suffix, String dump) {
    return new Command(
        IMPORT,
        List.of(database.container().orElse("-"), database.user(), database.name(), suffix, dump));
  }

  /** Which of these paths were kept aside. */
  public static Script kept(String suffix, List<String> paths) {
    List<String> words = new ArrayList<>(List.of(suffix));
    words.addAll(paths);
    return Script.of(KEPT, words.toArray(String[]::new));
  }

  /** The database that was kept aside, if there was one. */
  public static Script kept(BackupPlan.Database database, String suffix) {
    return Script.of(
        KEPT_DATABASE, database.container().orElse("-"), database.user(), database.name(), suffix);
  }

  /** When the newest rows of a database were written, in seconds since 1970, one on each line. */
  public static Script newest(BackupPlan.Database database) {
    List<String> words =
        new ArrayList<>(
            List.of(database.container().orElse("-"), database.user(), database.name()));
    new TreeMap<>(database.newest())
        .forEach((table, column) -> words.addAll(List.of(table, column)));
    return Script.of(NEWEST, words.toArray(String[]::new));
  }

  /** The command with which the database's server tells whether others can reach it. */
  public static List<String> answers(BackupPlan.Database database) {
    // While an image makes its database, the server answers on its socket alone.
    return database
        .container()
        .map(
            name ->
                List.of(
                    "docker", "exec", name, "pg_isready", "-h", "127.0.0.1", "-U", database.user()))
        .orElse(List.of("runuser", "-u", "postgres", "--", "psql", "-qAtc", "select 1"));
  }
}
