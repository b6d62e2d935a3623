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
  private volatile boolean silent;

  private DeafProxy(ServerSocket door, int server) {
    this.door = door;
    this.server = server;
  }

  static DeafProxy to(int server) throws IOException {
    DeafProxy proxy =
        new DeafProxy(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), server);
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
