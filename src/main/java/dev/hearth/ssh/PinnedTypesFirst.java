package dev.hearth.ssh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoSession;

/**
 * Asks a host first for the types of keys that are pinned for it. Left alone, MINA asks for its own
 * favourite, and a host that has a key of that type too would look as if its key had changed.
 */
final class PinnedTypesFirst extends SessionFactory {

  PinnedTypesFirst(ClientFactoryManager client) {
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

  /** No fields: the method is called by the constructor of the class above. */
  private static final class Session extends ClientSessionImpl {

    Session(ClientFactoryManager client, IoSession io) throws Exception {
      super(client, io);
    }

    @Override
    protected String resolveAvailableSignaturesProposal(FactoryManager manager) {
      List<String> available = manager.getSignatureFactoriesNames();
      Attempt attempt = Attempt.of(this);
      if (attempt == null) {
        return String.join(",", available);
      }
      return String.join(
          ",", ordered(available, attempt.knownHosts().types(attempt.settings().knownName())));
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
