package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What only {@code stat} wants to know about a path: what the user may do with it, its blocks,
 * which device it is, where links end, what {@code file} takes it for, its flags in the file
 * system.
 *
 * @param path the path
 * @param follow whether a link at the path is followed
 * @param mime whether to ask {@code file}
 * @param flags whether to ask {@code lsattr}
 */
record PathDetails(String path, boolean follow, boolean mime, boolean flags)
    implements Fact<Map<String, String>> {

  private static final String PROBE =
      """
      [ -e "$1" ] || [ -L "$1" ] || exit 0
      access=
      [ ! -r "$1" ] || access=r
      [ ! -w "$1" ] || access=${access}w
      [ ! -x "$1" ] || access=${access}x
      echo "access=$access"
      stat $4 -c 'blocks=%b
      block_size=%o
      device=%t %T' -- "$1" 2>/dev/null
      [ ! -L "$1" ] || printf 'real=%s\\n' "$(readlink -f -- "$1")"
      if [ -n "$2" ]; then
        if command -v file >/dev/null 2>&1; then
          said=$(file -b --mime-type --mime-encoding -- "$1")
          printf 'mimetype=%s\\ncharset=%s\\n' "${said%%;*}" "${said##*charset=}"
        else
          printf 'mimetype=unknown\\ncharset=unknown\\n'
        fi
      fi
      if [ -n "$3" ] && command -v lsattr >/dev/null 2>&1; then
        printf 'flags=%s\\n' "$(lsattr -vd -- "$1" 2>/dev/null)"
      fi
      :
      """;

  @Override
  public String key() {
    return "details " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path, mime ? "mime" : "", flags ? "flags" : "", follow ? "-L" : "");
  }

  @Override
  public Map<String, String> parse(Outcome.Exited answer) {
    Map<String, String> details = new LinkedHashMap<>();
    for (String line : answer.out().lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        details.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return details;
  }
}
