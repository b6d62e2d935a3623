package dev.hearth.connection;

import dev.hearth.local.LocalProcess;

/** A connection to this machine whose worker runs under a shell of choice. */
final class LocalShell {

  private LocalShell() {}

  static Connection under(String shell) {
    return new ShellConnection(
        shell,
        (command, receiver) ->
            LocalProcess.start(
                shell, command.replace("exec /bin/sh -c", "exec " + shell + " -c"), receiver),
        () -> true,
        () -> {});
  }
}
