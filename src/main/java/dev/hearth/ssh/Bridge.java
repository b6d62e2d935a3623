package dev.hearth.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Supplier;

/**
 * Lets MINA, which connects to sockets only, use a stream: a jump host's channel or a ProxyCommand.
 * Listens on the loopback for the one connection that is made next and then for no other.
 */
final class Bridge implements Closeable {

  private static final int BUFFER = 64 * 1024;

  private final ServerSocket door;
  private final Supplier<String> complaint;

  private Bridge(ServerSocket door, Supplier<String> complaint) {
    this.door = door;
    this.complaint = complaint;
  }

  /**
   * Opens a bridge.
   *
   * @param in what comes from the far side
   * @param out what goes to the far side
   * @param far is closed when either side ends
   * @param complaint what the far side had to say, empty when nothing
   */
  static Bridge to(InputStream in, OutputStream out, Closeable far, Supplier<String> complaint)
      throws IOException {
    Bridge bridge = new Bridge(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), complaint);
    // Reading a program's output holds a thread of the system; no virtual one is to wait for that.
    Thread.ofPlatform().daemon().name("bridge").start(() -> bridge.serve(in, out, far));
    return bridge;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  /** What the far side had to say when it failed. */
  String complaint() {
    return complaint.get();
  }

  private void serve(InputStream in, OutputStream out, Closeable far) {
    try (far;
        Socket near = door.accept()) {
      door.close();
      near.setTcpNoDelay(true);
      OutputStream toNear = near.getOutputStream();
      Thread back =
          Thread.ofPlatform()
              .daemon()
              .name("bridge back")
              .start(
                  () -> {
                    copy(in, toNear);
                    closeQuietly(near);
                  });
      copy(near.getInputStream(), out);
      closeQuietly(far);
      back.join();
    } catch (IOException ended) {
      // The session on the near side notices and tells why.
      return;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int size = from.read(buffer); size >= 0; size = from.read(buffer)) {
        to.write(buffer, 0, size);
        to.flush();
      }
    } catch (IOException ended) {
      // One side has gone; the other is closed next.
      return;
    }
  }

  private static void closeQuietly(Closeable side) {
    try {
      side.close();
    } catch (IOException already) {
      // It was closed by the other side.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
