package dev.hearth.ssh;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/** Remembers why a session ended. */
final class Farewell implements SessionListener {

  private volatile @Nullable String reason;
  private volatile @Nullable Throwable cause;

  /** The first reason that was heard. */
  String reason() {
    String known = reason;
    return known == null ? "the host closed the connection without saying why" : known;
  }

  /** What broke the session, as something to look into. */
  Throwable cause() {
    Throwable known = cause;
    return known == null ? new SshException(reason()) : known;
  }

  /** Whether the two sides have no algorithm in common. */
  boolean nothingInCommon() {
    return cause() instanceof SshException ssh
        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED;
  }

  private void hear(String words) {
    if (reason == null) {
      reason = words;
    }
  }

  @Override
  public void sessionDisconnect(
      Session session, int code, String message, String language, boolean initiator) {
    String who = initiator ? "the connection was given up: " : "the host ended the connection: ";
    hear(
        who
            + (message == null || message.isBlank()
                ? SshConstants.getDisconnectReasonName(code)
                : message));
  }

  @Override
  public void sessionException(Session session, Throwable failure) {
    if (cause == null) {
      cause = failure;
    }
    hear(
        (failure instanceof Heartbeat.Silence
                ? "the host does not answer any more: "
                : "the connection broke: ")
            + words(failure));
  }

  private static String words(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
