package dev.hearth.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentKeyConstraint;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives each session the agent that its settings name, or one without keys. Agents are never
 * forwarded.
 */
final class Agents implements SshAgentFactory {

  private final Identities identities;

  Agents(Identities identities) {
    this.identities = identities;
  }

  @Override
  public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
    return List.of();
  }

  @Override
  public SshAgent createClient(Session session, FactoryManager manager) {
    Attempt attempt = Attempt.of((ClientSession) session);
    Optional<Path> socket = attempt == null ? Optional.empty() : attempt.settings().agent();
    if (attempt == null || socket.isEmpty()) {
      return new NoAgent();
    }
    try {
      attempt.tried("the SSH agent at " + socket.get());
      if (!attempt.settings().identitiesOnly()) {
        return UnixAgent.connect(socket.get(), key -> true);
      }
      Set<HostKey> wanted =
          attempt.settings().identityFiles().stream()
              .map(identities::publicKey)
              .flatMap(Optional::stream)
              .collect(Collectors.toSet());
      return UnixAgent.connect(socket.get(), key -> wanted.contains(HostKey.of(key)));
    } catch (IOException failure) {
      attempt.tried(
          "the SSH agent at " + socket.get() + " (does not answer: " + failure.getMessage() + ")");
      return new NoAgent();
    }
  }

  @Override
  public @Nullable SshAgentServer createServer(ConnectionService service) {
    return null;
  }

  /** An agent without keys, which refuses to do anything. */
  private static final class NoAgent implements SshAgent {

    @Override
    public Iterable<? extends Map.Entry<PublicKey, String>> getIdentities() {
      return List.of();
    }

    @Override
    public Map.Entry<String, byte[]> sign(
        SessionContext session, PublicKey key, String algorithm, byte[] data) throws IOException {
      throw new IOException("there is no SSH agent");
    }

    @Override
    public void addIdentity(
        java.security.KeyPair key, String comment, SshAgentKeyConstraint... constraints)
        throws IOException {
      throw new IOException("there is no SSH agent");
    }

    @Override
    public void removeIdentity(PublicKey key) throws IOException {
      throw new IOException("there is no SSH agent");
    }

    @Override
    public void removeAllIdentities() throws IOException {
      throw new IOException("there is no SSH agent");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
