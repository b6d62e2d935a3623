package dev.hearth.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** The user's ssh-agent on its socket. */
final class UnixAgent extends AbstractAgentProxy {

  private static final int LARGEST_ANSWER = 1 << 20;

  private final SocketChannel channel;
  private final Predicate<PublicKey> wanted;
  private boolean open = true;

  private UnixAgent(SocketChannel channel, Predicate<PublicKey> wanted) {
    super(null);
    this.channel = channel;
    this.wanted = wanted;
  }

  /**
   * Connects to an agent.
   *
   * @param wanted the keys that it may offer
   */
  static UnixAgent connect(Path socket, Predicate<PublicKey> wanted) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new UnixAgent(channel, wanted);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public Iterable<? extends Map.Entry<PublicKey, String>> getIdentities() throws IOException {
    List<Map.Entry<PublicKey, String>> all = new ArrayList<>();
    super.getIdentities()
        .forEach(
            entry -> {
              if (wanted.test(entry.getKey())) {
                all.add(Map.entry(entry.getKey(), entry.getValue()));
              }
            });
    return all;
  }

  @Override
  protected synchronized Buffer request(Buffer request) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(request.getCompactData());
    while (out.hasRemaining()) {
      channel.write(out);
    }
    int length = read(Integer.BYTES).getInt();
    if (length < 1 || length > LARGEST_ANSWER) {
      throw new IOException("the SSH agent announces an answer of " + length + " bytes");
    }
    return new ByteArrayBuffer(read(length).array());
  }

  private ByteBuffer read(int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new EOFException("the SSH agent closed its socket");
      }
    }
    return in.flip();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    channel.close();
    super.close();
  }
}
