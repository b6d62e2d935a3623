package dev.hearth.module.database;

import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.CommandLine;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.Refusal;
import dev.hearth.module.files.MadeFile;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database of PostgreSQL in a file on the host. How it is written the file's name says, as in
 * Ansible: {@code .tar}, {@code .pgc} and {@code .dir} are formats of pg_dump's own, {@code .gz},
 * {@code .bz2} and {@code .xz} compress statements, all others hold them as they are.
 *
 * @param login how to get in
 * @param database which one
 * @param target the file as the task names it
 * @param options further words for the program that writes or reads it
 */
record PostgresDump(PostgresLogin login, String database, String target, String options) {

  private static final String NEEDS =
      """
      old=$(umask)
      if ! command -v pg_dump >/dev/null; then
        echo "pg_dump is not on this host; install postgresql-client" >&2
        exit 127
      fi
      """;

  private static final String TOOL =
      """
      case $kind in
        gz) tool=gzip ;;
        bz2) tool=bzip2 ;;
        xz) tool=xz ;;
        *) tool=cat ;;
      esac
      command -v "$tool" >/dev/null || {
        echo "$tool is not on this host" >&2
        exit 127
      }
      """;

  private static final String WRITE =
      PostgresLogin.SERVICE
          + """
          kind=$1
          shift
          umask "$old"
          if [ "$kind" = dir ]; then
            mode=0700
          elif [ ! -e "$path" ]; then
            mode=$(printf '%04o' $((0666 & ~0$old)))
          fi
          """
          + TOOL
          + """
          if [ "$kind" = dir ]; then
            if [ -e "$path" ] && [ -n "$(ls -A -- "$path")" ]; then
              echo "there is something in $path already; remove it first or name another directory" >&2
              exit 1
            fi
            pg_dump "$@" --file="$work/made" || exit 1
            sync "$work/made"/* 2>/dev/null || sync
            [ ! -d "$path" ] || rmdir -- "$path" || exit 1
          else
            [ "$tool" != gzip ] || ! command -v pigz >/dev/null || tool=pigz
            { pg_dump "$@" && : >"$work/whole"; } | "$tool" >"$work/made" || exit 1
            [ -e "$work/whole" ] || exit 1
            [ -s "$work/made" ] || {
              echo "pg_dump wrote nothing; look whether its options send the dump elsewhere" >&2
              exit 1
            }
          fi
          """;

  private static final String READ =
      "work=\n"
          + PostgresLogin.SERVICE
          + """
          kind=$1 program=$2 target=$3
          shift 3
          command -v "$program" >/dev/null || {
            echo "$program is not on this host; install postgresql-client" >&2
            exit 127
          }
          [ -e "$target" ] || {
            echo "target $target does not exist on the host" >&2
            exit 1
          }
          """
          + TOOL
          + """
          some() {
            [ "$("$tool" -dc <"$target" 2>/dev/null | dd bs=1 count=1 2>/dev/null | wc -c)" -gt 0 ]
          }
          case $kind in
            tar) pg_restore "$@" <"$target" ;;
            pgc | dir) pg_restore "$@" "$target" </dev/null ;;
            plain)
              [ -s "$target" ] || {
                echo "target $target is empty" >&2
                exit 1
              }
              # A dump that ends in the middle of a table's rows is no error to psql.
              if head -n 5 "$target" | grep -qx -e '-- PostgreSQL database dump' &&
                ! tail -n 12 "$target" | grep -qx -e '-- PostgreSQL database dump complete'; then
                echo "target $target is cut off: the mark at the end of a whole dump is missing" >&2
                exit 1
              fi
              psql "$@" --file="$target" </dev/null
              ;;
            *)
              some || {
                echo "target $target is empty, or damaged, or nothing that $tool can read" >&2
                exit 1
              }
              { "$tool" -dc <"$target" && : >"$work/whole"; } | psql "$@" || exit 1
              [ -e "$work/whole" ]
              ;;
          esac
          """;

  /**
   * Writes the database into the file: all of it, or the file stays what it was.
   *
   * @param extra further words for pg_dump
   */
  Verdict write(String extra, Facts host, Result result) {
    String path = new HostPath(target).on(host);
    List<String> words = new ArrayList<>(connecting("--role="));
    format().ifPresent(words::add);
    words.addAll(CommandLine.split(extra));
    words.addAll(CommandLine.split(options));
    boolean directory = words.contains("--format=d");
    PathInfo there = host.get(new PathFact(path)).followed();
    if (there.directory() && !directory) {
      throw new Refusal(path + " is a directory; name a file");
    }
    MadeFile made = MadeFile.of(path, false, FileAttributes.of(Optional.empty()), 0600, there);
    String command = "pg_dump " + String.join(" ", words) + " > " + path;
    words.addFirst(directory ? "dir" : kind());
    return changes(
        Step.change(
            "dump the database " + database + " to " + path,
            made.make(NEEDS, WRITE, words).in(login.environment()),
            directory ? new Undo.RestoreTrees(List.of(path)) : made.undo()),
        Map.of("target", Value.text(path)),
        command,
        result);
  }

  /**
   * Reads the file into the database. Other than with Ansible it ends at the first statement that
   * fails, and fails; {@code --set=ON_ERROR_STOP=0} among the options lets it go on.
   */
  Verdict read(Facts host, Result result) {
    String path = new HostPath(target).on(host);
    List<String> words = new ArrayList<>();
    if (format().isPresent()) {
      words.addAll(connecting("--role="));
      words.add(format().get());
    } else {
      words.addAll(List.of("--no-psqlrc", "--quiet", "--output=/dev/null"));
      words.add("--set=ON_ERROR_STOP=1");
      words.addAll(connecting("--command=SET ROLE "));
    }
    words.addAll(CommandLine.split(options));
    String program = format().isPresent() ? "pg_restore" : "psql";
    String command = program + " " + String.join(" ", words) + " < " + path;
    words.addAll(0, List.of(kind(), program, path));
    return changes(
        Step.change(
            "restore the database " + database + " from " + path,
            Script.of(READ, words.toArray(String[]::new)).in(login.environment()),
            new Undo.Impossible("what was in the database before is not kept")),
        Map.of("restored", Value.text(path)),
        command,
        result);
  }

  /** Never a password: that is in the environment. */
  private List<String> connecting(String role) {
    List<String> words = new ArrayList<>(List.of("--no-password"));
    login
        .sessionRole()
        .ifPresent(name -> words.add(role + (role.endsWith(" ") ? Sql.name(name) : name)));
    // A name with an equals sign would be taken for parameters of the connection.
    words.add("--dbname=dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'");
    return words;
  }

  private String kind() {
    String ending = target.substring(target.lastIndexOf('.') + 1);
    return List.of("tar", "pgc", "dir", "gz", "bz2", "xz").contains(ending) ? ending : "plain";
  }

  /** Of an archive of pg_dump's own. */
  private Optional<String> format() {
    return switch (kind()) {
      case "tar" -> Optional.of("--format=t");
      case "pgc" -> Optional.of("--format=c");
      case "dir" -> Optional.of("--format=d");
      default -> Optional.empty();
    };
  }

  private static Verdict changes(
      Step step, Map<String, Value> after, String command, Result result) {
    return Verdict.changes(
        List.of(step),
        List.of(new Diff.Properties(Map.of(), after)),
        result
            .changed(true)
            .with("executed_commands", new Value.Seq(List.of(Value.text(command)))));
  }
}
