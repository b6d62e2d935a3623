package dev.hearth.connection;

/**
 * The thread was interrupted while a script ran or a shell was started: the user stops the run.
 * What the script had started on the host was killed before this is thrown.
 */
public final class RunStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Stopped on this host. */
  public RunStopped(String host) {
    super(host + ": the run was stopped");
  }
}
