package dev.hearth.module.system;

import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;

/** Files as /etc/passwd, changed in place on hosts that have no program for it. */
final class AccountFile {

  /** The awk program gets its values as arguments: neither it nor the shell reads them as code. */
  private static final String SET =
      """
      f=$1 n=$2
      shift 2
      t=$(umask 077 && mktemp "${f%/*}/.hearth.XXXXXX") || exit
      trap 'rm -f -- "$t"' EXIT
      trap 'exit 130' HUP INT TERM
      cp -p -- "$f" "$t" || exit
      awk '
        BEGIN {
          FS = OFS = ":"
          name = ARGV[1]
          for (i = 2; i < ARGC; i += 2) value[ARGV[i]] = ARGV[i + 1]
          ARGC = 1
        }
        $1 == name {
          found = 1
          for (field in value) {
            if (field == "gone") next
            if (field == "lock") { if ($2 !~ /^!/) $2 = "!" $2 }
            else if (field == "unlock") { if ($2 != "!") sub(/^!/, "", $2) }
            else $field = value[field]
          }
        }
        { print }
        END { exit !found }' "$n" "$@" <"$f" >"$t" || {
        echo "$n has no line in $f" >&2
        exit 1
      }
      sync "$t" 2>/dev/null || sync
      mv -f -- "$t" "$f"
      """;

  /**
   * A shell function {@code free LEAST MOST FILE...} that prints the least number of a range that
   * no line of the files has.
   */
  static final String FREE =
      """
      free() {
        least=${1:-1000} most=${2:-60000}
        shift 2
        cat "$@" | awk -F: -v "u=$least" -v "most=$most" '
          { taken[$3] = 1 }
          END { while (u <= most && u in taken) u++; if (u <= most) print u; exit !(u <= most) }' || {
          echo "no number from $least to $most is free" >&2
          return 1
        }
      }
      """;

  private AccountFile() {}

  /**
   * Sets fields of one line.
   *
   * @param file a file of lines with fields between colons
   * @param name the line's first field
   * @param values a field's number from 1 and its value, one behind the other; {@code lock} and
   *     {@code unlock} instead of a number put the mark of a locked password in front and take it
   *     away, but leave no account without any password
   */
  static Script set(String file, String name, List<String> values) {
    List<String> words = new ArrayList<>(List.of(file, name));
    words.addAll(values);
    return Script.of(SET, words.toArray(String[]::new));
  }

  /** Takes a line away. */
  static Script remove(String file, String name) {
    return set(file, name, List.of("gone", ""));
  }
}
