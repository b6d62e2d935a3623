package dev.hearth.connection;

/** Starts programs on a host; what SSH and local connections differ in. */
@FunctionalInterface
public interface ChannelOpener {

  /**
   * Starts a command line under the user's login shell, without a terminal.
   *
   * @param command one line of shell; constant text, never with a secret in it
   * @param receiver hears everything that the program says
   * @throws Unreachable when the host is not there any more
   */
  ShellChannel open(String command, Receiver receiver);
}
