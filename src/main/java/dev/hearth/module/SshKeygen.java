package dev.hearth.module;

import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.Optional;

/** How scripts call ssh-keygen with a passphrase. */
public final class SshKeygen {

  /**
   * A function {@code keygen OPTION WORD...}: ssh-keygen with these words; with the passphrase, if
   * there is one, and otherwise with OPTION, {@code -N} or {@code -P}, for an empty one. It asks a
   * program for it, which has it from the environment: an argument would show it, a file keep it.
   */
  public static final String FUNCTION =
      """
      keygen() (
        how=$1
        shift
        if [ -z "$HEARTH_PASSPHRASE" ]; then
          exec ssh-keygen "$how" '' "$@" </dev/null
        fi
        asking=$(umask 077; mktemp -d) || exit
        trap 'rm -rf -- "$asking"' EXIT
        printf '#!/bin/sh\\nprintf "%%s\\\\n" "$HEARTH_PASSPHRASE"\\n' >"$asking/ask" || exit
        chmod 0700 "$asking/ask" || exit
        export SSH_ASKPASS="$asking/ask" SSH_ASKPASS_REQUIRE=force DISPLAY="${DISPLAY:-none}"
        ssh-keygen "$@" </dev/null
      )
      """;

  private SshKeygen() {}

  /** What a script with the function needs; an empty passphrase is none. */
  public static Map<String, Word> environment(Optional<? extends Value.Textual> passphrase) {
    return passphrase
        .filter(text -> !text.reveal().isEmpty())
        .map(text -> Map.of("HEARTH_PASSPHRASE", Word.of(text)))
        .orElse(Map.of());
  }
}
