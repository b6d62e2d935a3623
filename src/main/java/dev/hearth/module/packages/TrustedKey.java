package dev.hearth.module.packages;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;

/** Files of keys that apt trusts for all repositories. */
final class TrustedKey {

  static final String DIRECTORY = "/etc/apt/trusted.gpg.d/";

  private static final String WRITE =
      """
      t=$(umask 077; mktemp "${1%/*}/.${1##*/}.XXXXXX") || exit
      trap 'rm -f "$t"' EXIT
      cat >"$t" && chmod 0644 "$t" || exit
      sync "$t" 2>/dev/null || sync
      mv -f "$t" "$1" && trap - EXIT
      """;

  private TrustedKey() {}

  /** The step that keeps these keys in that file. */
  static Step write(String path, byte[] keys) {
    return Step.change(
        "write " + path,
        Script.of(WRITE, path).reading(new Payload.Binary(keys)),
        Undo.restore(path));
  }
}
