package dev.hearth.ssh;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.stream.Collectors;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/** Accepts only pinned host keys, and says what to do about the others. */
final class StrictVerifier implements ServerKeyVerifier {

  @Override
  public boolean verifyServerKey(
      ClientSession session, @Nullable SocketAddress remote, PublicKey shown) {
    Attempt attempt = Attempt.of(session);
    return attempt != null && trusted(attempt, HostKey.of(shown));
  }

  private static boolean trusted(Attempt attempt, HostKey key) {
    SshSettings settings = attempt.settings();
    String name = settings.knownName();
    if (!attempt.onlyShow().isEmpty()) {
      attempt.show(key);
      return false;
    }
    return switch (attempt.knownHosts().about(name, key)) {
      case KnownHosts.Knowledge.Known known -> true;
      case KnownHosts.Knowledge.Unknown unknown -> unknown(attempt, name, key);
      case KnownHosts.Knowledge.Changed changed -> {
        attempt.refuse(
            Diagnostic.error(
                    ExitCode.HOST_KEY, "the host key of " + name + " is not the one that is pinned")
                .because(
                    "the host shows "
                        + key
                        + "\npinned is "
                        + String.join("\n          ", changed.pinned())
                        + "\nsomebody may be in between, or the host was set up anew")
                .next(
                    "if you know that it was set up anew: remove the pinned line, then run 'hearth trust "
                        + settings.host()
                        + "' and compare the fingerprint"));
        yield false;
      }
      case KnownHosts.Knowledge.Revoked revoked -> {
        attempt.refuse(
            Diagnostic.error(ExitCode.HOST_KEY, "the host key of " + name + " is revoked")
                .because(
                    "the host shows "
                        + key
                        + ", which "
                        + revoked.place()
                        + " marks @revoked: somebody else may have it")
                .next("give the host a new key, then run 'hearth trust " + settings.host() + "'"));
        yield false;
      }
    };
  }

  private static boolean unknown(Attempt attempt, String name, HostKey key) {
    if (attempt.settings().acceptNew()) {
      attempt.show(key);
      return true;
    }
    String files =
        attempt.knownHosts().files().stream()
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    attempt.refuse(
        Diagnostic.error(ExitCode.HOST_KEY, "the host key of " + name + " is not known")
            .because("the host shows " + key + "\nlooked for in " + files)
            .next(
                "run 'hearth trust "
                    + attempt.settings().host()
                    + "' and compare the fingerprint with the host's own"));
    return false;
  }
}
