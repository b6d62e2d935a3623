package dev.hearth.connection;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Understands why sudo, su or doas did not give us a shell, from what they wrote. */
enum ElevationFailure {
  ONLY_AT_TERMINAL(
      "takes a password only at a terminal",
      "Hearth uses no terminal: use become_method sudo, or a rule with nopass in the host's doas.conf",
      "doas: authentication required",
      "doas: a tty is required"),
  NO_TERMINAL(
      "wants a terminal",
      "Hearth uses no terminal: remove 'Defaults requiretty' for this user from the host's /etc/sudoers",
      "must have a tty",
      "must be run from a terminal",
      "a tty is required"),
  WRONG_PASSWORD(
      "refused the password",
      "check the become password (--ask-become-pass or ansible_become_password)",
      "try again",
      "incorrect password",
      "authentication failure"),
  NO_PASSWORD(
      "wants a password and none was given",
      "give it with --ask-become-pass or ansible_become_password",
      "password is required",
      "authentication required",
      "terminal is required to read the password",
      "no password was provided"),
  NOT_ALLOWED(
      "does not allow it",
      "allow it in the host's sudoers (visudo) or log in as another user",
      "not in the sudoers",
      "not allowed to",
      "may not run",
      "operation not permitted",
      "permission denied"),
  NO_USER(
      "does not know the user",
      "set become_user to a user of the host or create it in an earlier task",
      "unknown user",
      "does not exist",
      "no passwd entry"),
  NO_PROGRAM(
      "is not installed on the host",
      "install it, choose another become_method, or log in as the user itself",
      "not found",
      "no such file"),
  UNKNOWN("did not give a shell", "try the same by hand on the host", "");

  private final String what;
  private final String next;
  private final Pattern signs;

  ElevationFailure(String what, String next, String... signs) {
    this.what = what;
    this.next = next;
    this.signs =
        Pattern.compile(
            Arrays.stream(signs).map(Pattern::quote).collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);
  }

  /** The kind that fits what the program wrote. */
  static ElevationFailure in(String written) {
    return Arrays.stream(values())
        .filter(kind -> kind.signs.matcher(written).find())
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The finding for people. */
  BecomeRefused on(String host, Elevation elevation, String written) {
    return new BecomeRefused(
        Diagnostic.error(
                ExitCode.BECOME,
                host
                    + ": cannot become "
                    + elevation.user()
                    + ": "
                    + elevation.method()
                    + " "
                    + what)
            .because(HostText.lastLines(elevation.withoutPrompt(written)))
            .next(next));
  }
}
