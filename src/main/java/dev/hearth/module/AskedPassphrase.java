package dev.hearth.module;

/** How a script gives a passphrase to programs of OpenSSH's. */
public final class AskedPassphrase {

  /**
   * Reads a line of standard input and lets ssh-keygen ask for it. An argument would show it and a
   * file would keep it; the environment of a process only its own user sees. Sets a trap at the
   * script's end.
   */
  public static final String SHELL =
      """
      asking=$(umask 077; mktemp -d) || exit
      trap 'rm -rf "$asking"' EXIT
      printf '#!/bin/sh\\nprintf "%%s\\\\n" "$HEARTH_PASSPHRASE"\\n' >"$asking/ask" || exit
      chmod 0700 "$asking/ask" || exit
      IFS= read -r HEARTH_PASSPHRASE || exit
      export HEARTH_PASSPHRASE SSH_ASKPASS="$asking/ask" SSH_ASKPASS_REQUIRE=force DISPLAY="${DISPLAY:-none}"
      """;

  private AskedPassphrase() {}
}
