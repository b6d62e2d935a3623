package dev.hearth.module.database;

import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The way into MySQL or MariaDB.
 *
 * @param login what the task says of it
 * @param implicitAdmin whether root without a password is tried first
 * @param configWins whether the configuration file says the server before the task does
 */
record MysqlAccess(MysqlLogin login, boolean implicitAdmin, boolean configWins) {

  /**
   * Makes {@code $work/options} of the first bytes of standard input; {@code $1}: how many, {@code
   * $2}: the configuration file. Both are taken off the words.
   */
  static final String OPTIONS =
      """
      length=$1 config=$2
      shift 2
      case $config in "~/"*) config=$HOME/${config#"~/"} ;; esac
      find_client() {
        for client do
          ! command -v "$client" >/dev/null || return 0
        done
        echo "$1 is not on this host; install the client of MariaDB or MySQL first" >&2
        exit 127
      }
      work=$(umask 077 && mktemp -d) || exit 1
      trap 'rm -rf -- "$work"' EXIT
      trap 'exit 130' HUP INT TERM
      (
        umask 077
        [ -z "$HEARTH_SERVER" ] || printf '[client]\\n%s' "$HEARTH_SERVER"
        [ ! -r "$config" ] || printf '!include %s\\n' "$config"
        dd bs=1 count="$length" 2>/dev/null
      ) >"$work/options" || exit 1
      if [ -n "$HEARTH_IMPLICIT_ADMIN" ]; then
        find_client mariadb mysql
        (umask 077 && cat "$work/options" && printf '\\n[client]\\nuser=root\\npassword=\\n') >"$work/admin" || exit 1
        ! "$client" --defaults-file="$work/admin" --execute='SELECT 1' >/dev/null 2>&1 </dev/null ||
          mv -f "$work/admin" "$work/options" || exit 1
      fi
      """;

  private static final String CLIENT =
      OPTIONS
          + """
          find_client mariadb mysql
          "$client" --defaults-file="$work/options" --batch "$@"
          """;

  /** A script of a body that begins with {@link #OPTIONS}, which reads the rest of its input. */
  Script script(String body, Payload rest, List<String> words) {
    Map<String, Word> environment = new TreeMap<>();
    if (implicitAdmin) {
      environment.put("HEARTH_IMPLICIT_ADMIN", Word.of("yes"));
    }
    if (configWins) {
      environment.put("HEARTH_SERVER", Word.of(login.server()));
    }
    Payload options = Payload.of(login.options(!configWins));
    List<String> all =
        new ArrayList<>(List.of(Long.toString(options.length()), login.configFile()));
    all.addAll(words);
    return Script.of(body, all.toArray(String[]::new))
        .in(environment)
        .reading(new Payload.Joined(List.of(options, rest)));
  }

  /** Runs statements; rows come out with tabs between the columns. */
  Script statements(Value.Textual text, String... options) {
    return script(CLIENT, Payload.of(text.with(text.reveal() + "\n")), Arrays.asList(options));
  }
}
