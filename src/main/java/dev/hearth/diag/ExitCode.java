package dev.hearth.diag;

/**
 * The one table of exit codes. Numbers are stable; a number that is not in this table means
 * failure. 0, 2 and 4 mean what they mean to {@code ansible-playbook}.
 */
public enum ExitCode {
  /** All went well. */
  OK(0, "everything asked for is done"),
  /** Something failed that no other code names. */
  FAILED(1, "failed for a reason that no other code names"),
  /** A task failed on at least one host. */
  HOSTS_FAILED(2, "a task failed on at least one host"),
  /** With {@code --check --detailed-exitcode}: there is something to change. */
  CHANGES_PENDING(3, "check mode found changes to make (only with --detailed-exitcode)"),
  /** A host could not be reached. */
  UNREACHABLE(4, "at least one host could not be reached"),
  /** What the user wrote, on the command line or in a file, is wrong; nothing was changed. */
  INVALID(5, "a command line, playbook, inventory or template is wrong; nothing was changed"),
  /** A pattern or limit matched nothing. */
  NO_HOSTS(6, "no inventory, or the hosts asked for match nothing"),
  /** A file, role or template that is named does not exist. */
  NOT_FOUND(7, "a file, role or template that is named does not exist"),
  /** Another run holds the lock. */
  LOCKED(10, "another run holds the lock"),
  /** The host's key is unknown or changed. */
  HOST_KEY(11, "a host key is unknown, changed or revoked"),
  /** A vault password is missing or wrong. */
  VAULT_PASSWORD(12, "a vault password is missing or wrong"),
  /** A vault file is damaged. */
  VAULT_CORRUPT(13, "a vault file is damaged"),
  /** The host refused our key or password. */
  AUTHENTICATION(14, "a host refused the key or password"),
  /** Privilege escalation failed. */
  BECOME(15, "a become (sudo) password is missing or wrong"),
  /** A defect of Hearth. */
  DEFECT(70, "a defect in Hearth itself; please report it"),
  /** Stopped by Ctrl-C or a signal. */
  INTERRUPTED(130, "stopped by Ctrl-C or SIGTERM");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }

  /** What it tells a script, one clause. */
  public String meaning() {
    return meaning;
  }
}
