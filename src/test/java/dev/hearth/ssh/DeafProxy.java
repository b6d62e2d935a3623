package dev.hearth.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A way to a server that can stop carrying anything without closing, as a cut cable does. */
final class DeafProxy implements AutoCloseable {

  private final ServerSocket door;
  private final int server;
  private final int shut;
  private final boolean reset;
  private volatile boolean silent;

  private DeafProxy(ServerSocket door, int server, int shut, boolean reset) {
    this.door = door;
    this.server = server;
    this.shut = shut;
    this.reset = reset;
  }

  static DeafProxy to(int server) throws IOException {
    return start(server, 0, false);
  }

  /**
   * One that closes the first two connections at once.
   *
   * @param reset as a system does that throws away what was sent to it
   */
  static DeafProxy shutTwice(int server, boolean reset) throws IOException {
    return start(server, 2, reset);
  }

  private static DeafProxy start(int server, int shut, boolean reset) throws IOException {
    ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    DeafProxy proxy = new DeafProxy(door, server, shut, reset);
    Thread.ofVirtual().start(proxy::serve);
    return proxy;
  }

  int port() {
    return door.getLocalPort();
  }

  void fallSilent() {
    silent = true;
  }

  private void serve() {
    try {
      for (int i = 0; i < shut; i++) {
        try (Socket visitor = door.accept()) {
          if (reset) {
            visitor.setSoLinger(true, 0);
          }
        }
      }
    } catch (IOException ended) {
      return;
    }
    try (Socket near = door.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), server)) {
      Thread back = Thread.ofVirtual().start(() -> copy(far, near));
      copy(near, far);
      back.join();
    } catch (IOException ended) {
      return;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        if (!silent) {
          out.write(buffer, 0, size);
        }
      }
    } catch (IOException ended) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
