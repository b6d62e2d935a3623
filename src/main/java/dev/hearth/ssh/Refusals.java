package dev.hearth.ssh;

import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says for each way in which connecting can fail what it was and what to do next. */
final class Refusals {

  private static final Pattern NEGOTIATION =
      Pattern.compile("Unable to negotiate|negotiat", Pattern.CASE_INSENSITIVE);

  private Refusals() {}

  /** The name has no address. */
  static Unreachable noAddress(String name, SshSettings settings) {
    return new Unreachable(
        Diagnostic.error(
                ExitCode.UNREACHABLE, name + ": the name '" + settings.host() + "' has no address")
            .next(
                "correct ansible_host (or HostName in ssh_config), or make the name known to DNS or /etc/hosts"));
  }

  /** The connection did not come about. */
  static Unreachable notConnected(String name, Attempt attempt, Throwable failure) {
    SshSettings settings = attempt.settings();
    if (attempt.finding().isPresent()) {
      Diagnostic finding = attempt.finding().get();
      return new Unreachable(
          new Diagnostic(
              finding.severity(),
              finding.exit(),
              name + ": " + finding.summary(),
              finding.at(),
              finding.why(),
              finding.next()));
    }
    String where = settings.host() + " port " + settings.port();
    if (find(failure, UnknownHostException.class) != null) {
      return noAddress(name, settings);
    }
    String words = words(failure);
    if (find(failure, NoRouteToHostException.class) != null
        || words.contains("unreachable")
        || words.contains("No route")) {
      return unreachable(
          name, "there is no way to " + where, words, "check the network, the address and the VPN");
    }
    if (find(failure, ConnectException.class) != null && words.contains("refused")) {
      return unreachable(
          name,
          where + " refuses connections",
          words,
          "check that sshd runs there and that the port is right");
    }
    if (find(failure, TimeoutException.class) != null
        || words.contains("imed out")
        || words.contains("timeout")) {
      return unreachable(
          name,
          where + " did not answer within " + settings.connectTimeout().toSeconds() + " s",
          words,
          "check that the host is up and no firewall is in between, or give it more time with --timeout");
    }
    if (NEGOTIATION.matcher(words).find()) {
      return unreachable(
          name,
          where + " and Hearth have no safe algorithm in common",
          words,
          "update the host's OpenSSH: algorithms with SHA-1, CBC or 1024-bit groups are not used");
    }
    return unreachable(
        name,
        "no SSH connection to " + where,
        words + "\n" + attempt.farewell().reason(),
        "try 'ssh -v " + settings.host() + "'");
  }

  private static Unreachable unreachable(String name, String what, String why, String next) {
    return new Unreachable(
        Diagnostic.error(ExitCode.UNREACHABLE, name + ": " + what).because(why).next(next));
  }

  /** Nobody was let in. */
  static Unreachable notLoggedIn(
      String name, Attempt attempt, boolean password, Throwable failure) {
    SshSettings settings = attempt.settings();
    boolean exhausted = words(failure).contains("No more authentication methods");
    String tried =
        attempt.tried().isEmpty()
            ? "nothing: there is no key, no agent and no password"
            : String.join("\n       ", attempt.tried());
    String why =
        "tried: "
            + tried
            + (exhausted ? "" : "\n" + attempt.farewell().reason() + " (" + words(failure) + ")");
    return new Unreachable(
        Diagnostic.error(
                ExitCode.AUTHENTICATION,
                name + ": " + settings.where() + " lets nobody in with what was tried")
            .because(why)
            .next(
                password
                    ? "check the user and the password (ansible_user, --ask-pass)"
                    : "check the user, put your public key into its authorized_keys, or give a key with --private-key or a password with --ask-pass"));
  }

  /** The messages of a failure and its causes, each once. */
  static String words(Throwable failure) {
    StringBuilder words = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      String text = message == null ? cause.getClass().getSimpleName() : message;
      if (words.indexOf(text) < 0) {
        words.append(words.isEmpty() ? "" : ": ").append(text);
      }
    }
    return words.toString();
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return kind.cast(cause);
      }
    }
    return null;
  }

  /** A channel could not be opened although the connection stands. */
  static Unreachable noChannel(String name, Exception failure, Farewell farewell, boolean open) {
    return new Unreachable(
        Diagnostic.error(
                ExitCode.UNREACHABLE,
                name
                    + ": "
                    + (open ? "the host gives no further session" : "the connection is lost"))
            .because(open ? words(failure) : farewell.reason())
            .next(
                open
                    ? "raise MaxSessions in the host's sshd_config"
                    : "check the host and the network, then run again"));
  }
}
