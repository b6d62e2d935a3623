package dev.hearth.module.textfile;

import dev.hearth.fact.FileMarks;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A small text file as it is on the host.
 *
 * @param path where
 * @param exists whether there is one
 * @param mode permissions, octal digits; empty when there is none
 * @param owner {@code user:group}, numbers; empty when there is none
 * @param content its text; empty when there is none
 */
public record TextFile(String path, boolean exists, String mode, String owner, String content) {

  private static final String REPLACE =
      FileMarks.FUNCTION
          + """
          if [ -L "$1" ] && [ -z "$6" ]; then set -- "$(readlink -f -- "$1")" "$2" "$3" "$4" "$5"; fi
          t=$(umask 077; mktemp "${1%/*}/.${1##*/}.XXXXXX") || exit
          trap 'rm -f "$t"' EXIT
          cat >"$t" || exit
          if [ "$(wc -c <"$t")" -ne "$4" ]; then
            echo "the new content of $1 did not arrive whole" >&2
            exit 1
          fi
          if [ -f "$1" ] && [ ! -L "$1" ]; then marks "$1" "$t" "$5"; else marks "$1" "$t" new; fi
          if [ -n "$3" ]; then chown "$3" "$t" || exit; fi
          chmod "$2" "$t" || exit
          sync "$t" 2>/dev/null
          mv -f "$t" "$1" || exit
          trap - EXIT
          """;

  /** Its lines without line ends. */
  public List<String> lines() {
    return content.isEmpty() ? List.of() : content.lines().toList();
  }

  /**
   * The step that gives it this content: a temporary file in its directory, 0600 until it is whole,
   * renamed over it (over its target when it is a link). Mode and owner of a file that exists are
   * kept.
   *
   * @param modeIfNew octal digits
   */
  public Step replace(Value.Textual text, String modeIfNew) {
    return write(text, exists ? mode : modeIfNew, owner);
  }

  /** The step that gives it this content, mode and owner ({@code user:group} or empty). */
  public Step write(Value.Textual text, String newMode, String newOwner) {
    return write(text, newMode, newOwner, List.of());
  }

  /** The same, but a link there is replaced, and not what it leads to. */
  public Step writeOver(Value.Textual text, String newMode, String newOwner) {
    return write(text, newMode, newOwner, List.of("over"));
  }

  private Step write(Value.Textual text, String newMode, String newOwner, List<String> further) {
    int bytes = text.reveal().getBytes(StandardCharsets.UTF_8).length;
    List<String> words =
        new ArrayList<>(
            List.of(
                path,
                newMode,
                newOwner,
                Integer.toString(bytes),
                newMode.equals(mode) && newOwner.equals(owner) ? "all" : "some"));
    words.addAll(further);
    return Step.change(
        "write " + path,
        Script.of(REPLACE, words.toArray(String[]::new)).reading(Payload.of(text)),
        Undo.restore(path));
  }

  /** The step that removes it. */
  public Step remove() {
    return Step.change("remove " + path, Script.of("rm -f -- \"$1\"\n", path), Undo.restore(path));
  }

  /** What changes when it gets this content. */
  public Diff diff(Value.Textual text) {
    return new Diff.Texts(exists ? path : "/dev/null", Value.text(content), path, text);
  }
}
