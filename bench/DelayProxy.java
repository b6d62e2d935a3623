import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy that delivers every byte a fixed time after it came in, in both directions, without limiting how much is on the way:
 * what a longer line does to a protocol. Run it from source: {@code java DelayProxy.java LISTEN_ADDRESS TARGET_ADDRESS TARGET_PORT
 * ROUND_TRIP_MILLISECONDS}. It prints the port it listens on and runs until it is killed.
 */
public final class DelayProxy {
  /** Bytes and the moment they are due; an empty chunk says that the sender is done. */
  private record Chunk(byte[] bytes, long dueNanos) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.signum(dueNanos - ((Chunk) other).dueNanos);
    }
  }

  private DelayProxy() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      System.err.println("usage: java DelayProxy.java LISTEN_ADDRESS TARGET_ADDRESS TARGET_PORT ROUND_TRIP_MILLISECONDS");
      return;
    }
    var target = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
    long oneWayNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[3])) / 2;
    try (var server = new ServerSocket(0, 64, InetAddress.getByName(arguments[0]))) {
      System.out.println(server.getLocalPort());
      while (true) {
        var near = server.accept();
        Thread.ofVirtual().start(() -> join(near, target, oneWayNanos));
      }
    }
  }

  private static void join(Socket near, InetSocketAddress target, long delayNanos) {
    try (near;
        var far = new Socket()) {
      far.connect(target);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      var upwards = Thread.ofVirtual().start(() -> carry(near, far, delayNanos));
      carry(far, near, delayNanos);
      upwards.join();
    } catch (IOException e) {
      System.err.println("delay proxy: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads and writes on threads of their own, so that waiting for one chunk does not delay the next. */
  private static void carry(Socket from, Socket to, long delayNanos) {
    var underway = new DelayQueue<Chunk>();
    var reader = Thread.ofVirtual().start(() -> read(from, underway, delayNanos));
    try {
      OutputStream output = to.getOutputStream();
      for (var chunk = underway.take(); chunk.bytes().length > 0; chunk = underway.take()) {
        output.write(chunk.bytes());
      }
      to.shutdownOutput();
      reader.join();
    } catch (IOException e) {
      close(from);
      close(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void read(Socket from, DelayQueue<Chunk> underway, long delayNanos) {
    // Equal moments would let the queue swap chunks, so each is at least a nanosecond after the one before.
    long last = Long.MIN_VALUE;
    try {
      InputStream input = from.getInputStream();
      var buffer = new byte[64 * 1024];
      for (int count = input.read(buffer); count > 0; count = input.read(buffer)) {
        last = Math.max(last + 1, System.nanoTime() + delayNanos);
        underway.add(new Chunk(java.util.Arrays.copyOf(buffer, count), last));
      }
    } catch (IOException e) {
      System.err.println("delay proxy: " + e.getMessage());
    }
    underway.add(new Chunk(new byte[0], Math.max(last + 1, System.nanoTime() + delayNanos)));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.err.println("delay proxy: " + e.getMessage());
    }
  }
}
