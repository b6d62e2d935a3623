package dev.hearth.ssh;

import java.time.Duration;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientConnectionService;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;

/**
 * Asks a host whether it is still there, and is patient: any byte that came since the last question
 * answers it, and time during which this machine itself stood still (asleep, overloaded) does not
 * count. MINA's own heartbeat counts answers only, and after a pause asks all the questions that it
 * missed at once, which no host can answer in time.
 */
final class Heartbeat extends ClientConnectionService {

  private final Duration interval;
  private long heardBefore;
  private long lastBeat;

  private Heartbeat(AbstractClientSession session) throws SshException {
    super(session);
    this.interval = heartbeatInterval;
    this.lastBeat = System.nanoTime();
  }

  /** Makes them for MINA. */
  static final class Factory extends ClientConnectionServiceFactory {
    @Override
    public Service create(Session session) throws SshException {
      return new Heartbeat((AbstractClientSession) session);
    }
  }

  @Override
  protected boolean sendHeartBeat() {
    long now = System.nanoTime();
    boolean tooSoon = now - lastBeat < interval.toNanos() / 2;
    lastBeat = now;
    if (tooSoon) {
      return false;
    }
    long heard = Sessions.heard(getSession());
    if (heard != heardBefore) {
      heardBefore = heard;
      outstandingHeartbeats.set(0);
    }
    if (heartbeatMaxNoReply > 0 && outstandingHeartbeats.get() >= heartbeatMaxNoReply) {
      getSession().exceptionCaught(new Silence(interval.multipliedBy(heartbeatMaxNoReply + 1L)));
      return false;
    }
    return super.sendHeartBeat();
  }

  /** Nothing was heard of the host for so long. */
  static final class Silence extends SshException {
    private static final long serialVersionUID = 1L;

    private Silence(Duration since) {
      super("nothing was heard of it for " + since.toSeconds() + " s");
    }
  }
}
