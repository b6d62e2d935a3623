package dev.hearth.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of this machine's loopback that nobody listens on, and nobody else can take meanwhile: it
 * is bound and never connected.
 */
public final class ClosedPort implements AutoCloseable {

  private final Socket socket = new Socket();

  /** Takes one that the system gives. */
  public ClosedPort() throws IOException {
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Its number. */
  public int number() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
