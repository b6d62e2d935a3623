package dev.hearth.ssh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.PropertyResolverUtils;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Asks a host first for the types of keys that are pinned for it. Left alone, MINA asks for its own
 * favourite, and a host that has a key of that type too would look as if its key had changed.
 */
final class Sessions extends SessionFactory {

  Sessions(ClientFactoryManager client) {
    super(client);
  }

  @Override
  protected ClientSessionImpl doCreateSession(IoSession io) throws Exception {
    Session session = new Session(getClient(), io);
    Attempt attempt = Attempt.of(session);
    if (attempt != null) {
      session.addSessionListener(attempt.farewell());
    }
    return session;
  }

  /** When bytes of the host last came, on the clock of {@link System#nanoTime}. */
  static long heard(ClientSession session) {
    return ((Session) session).heard;
  }

  /** A session that knows for which attempt it is. */
  private static final class Session extends ClientSessionImpl {

    private volatile long heard;

    Session(ClientFactoryManager client, IoSession io) throws Exception {
      super(client, io);
    }

    @Override
    public void messageReceived(Readable bytes) throws Exception {
      heard = System.nanoTime();
      super.messageReceived(bytes);
    }

    @Override
    protected String resolveAvailableSignaturesProposal(FactoryManager manager) {
      List<String> available = manager.getSignatureFactoriesNames();
      Attempt attempt = Attempt.of(this);
      if (attempt == null) {
        return String.join(",", available);
      }
      if (!attempt.onlyShow().isEmpty()) {
        return String.join(",", attempt.onlyShow());
      }
      return String.join(
          ",", ordered(available, attempt.knownHosts().types(attempt.settings().knownName())));
    }

    /**
     * MINA decides while it makes the session how often the host is asked whether it is still
     * there.
     */
    @Override
    public PropertyResolver getParentPropertyResolver() {
      Attempt attempt = Attempt.of(this);
      if (attempt == null) {
        return getFactoryManager();
      }
      SshSettings settings = attempt.settings();
      Map<String, Object> own =
          Map.of(
              CoreModuleProperties.HEARTBEAT_INTERVAL.getName(),
                  settings.aliveInterval().toMillis(),
              CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.getName(), settings.aliveMax());
      return PropertyResolverUtils.toPropertyResolver(own, getFactoryManager());
    }
  }

  /** The algorithms for pinned types first, then the rest. */
  static List<String> ordered(List<String> available, List<String> pinned) {
    Set<String> order = new LinkedHashSet<>();
    for (String type : pinned) {
      List<String> algorithms =
          type.equals("ssh-rsa") ? List.of("rsa-sha2-512", "rsa-sha2-256") : List.of(type);
      algorithms.stream().filter(available::contains).forEach(order::add);
    }
    order.addAll(available);
    return new ArrayList<>(order);
  }
}
