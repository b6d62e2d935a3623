package dev.hearth.cli;

import dev.hearth.ssh.EmbeddedServer;
import dev.hearth.ssh.ServerCommand;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * A host behind a real SSH server whose connection can be cut at any place of any frame, in both
 * directions: it reads along. Then its end of the connection dies as sshd does, and what runs on
 * the host hears of it as it would there.
 */
final class CuttingHost implements AutoCloseable {

  /** Where in a frame the connection can be cut. */
  enum Cut {
    /** Before a shell has greeted. */
    GREETING,
    /** Before the frame. */
    BEFORE,
    /** In the middle of its script. */
    SCRIPT,
    /** In the middle of its input. */
    INPUT,
    /** When the host has it all. */
    SENT,
    /** When its answer has begun. */
    ANSWER,
    /** When it has ended, before that is told. */
    STATUS,
    /** When its end was told on one stream of two. */
    HALF
  }

  private final EmbeddedServer server;
  private final Path home;
  private final Path programs;
  private final Set<Shell> shells = ConcurrentHashMap.newKeySet();
  private final Map<Cut, Integer> met = new EnumMap<>(Cut.class);
  private int places;
  private int cutAt;
  private @Nullable Cut cut;

  private CuttingHost(Path directory) throws IOException {
    home = directory.resolve("home");
    programs = Files.createDirectories(directory.resolve("bin"));
    // Whoever runs the tests is nobody special on the host, and keeps what is Hearth's at home.
    program(
        "id",
        "case $1 in -u) echo 12345 ;; -un) echo keeper ;; *) exec /usr/bin/id \"$@\" ;; esac");
    program("sudo", "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"");
    server =
        EmbeddedServer.start(
            directory,
            ssh -> {
              ssh.setPasswordAuthenticator((user, password, session) -> true);
              ssh.setCommandFactory((channel, command) -> new Shell(channel, command));
            });
  }

  private void program(String name, String text) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A host with an empty home below a directory. */
  static CuttingHost start(Path directory) throws IOException {
    return new CuttingHost(directory);
  }

  int port() {
    return server.port();
  }

  /** The known_hosts file that has its key. */
  Path knownHosts() {
    return server.pinned();
  }

  Path home() {
    return home;
  }

  /** From now on the connection is cut at the place with this number; 0 for never. */
  synchronized void cutAt(int number) {
    places = 0;
    cutAt = number;
    cut = null;
  }

  /** Where it was cut; empty when there were fewer places. */
  synchronized String cut() {
    return cut == null ? "" : cut.toString();
  }

  /** How often it was cut at which place so far. */
  synchronized Map<Cut, Integer> met() {
    return Map.copyOf(met);
  }

  /**
   * The connection is at a place.
   *
   * @return whether it is cut here
   */
  private boolean at(Cut place, Shell shell) {
    synchronized (this) {
      if (shell.dead) {
        return true;
      }
      if (++places != cutAt || cut != null) {
        return false;
      }
      cut = place;
      shells.forEach(each -> each.dead = true);
      met.merge(place, 1, Integer::sum);
    }
    shell.session().close(true);
    shells.forEach(
        each -> {
          if (each.dead) {
            each.sshdDies();
          }
        });
    return true;
  }

  @Override
  public void close() {
    server.close();
  }

  /** A command of the server, with something that stands for its sshd. */
  private final class Shell extends ServerCommand {
    private final ChannelSession channel;
    private final String command;
    private final List<String> nonces = new ArrayList<>();
    private final Set<String> halves = ConcurrentHashMap.newKeySet();
    private @Nullable Process process;
    private volatile boolean dead;

    Shell(ChannelSession channel, String command) {
      this.channel = channel;
      this.command = command;
    }

    ServerSession session() {
      return channel.getServerSession();
    }

    @Override
    public void start(ChannelSession opened, Environment environment) throws IOException {
      Files.createDirectories(home);
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", "-c", "setsid /bin/sh -c \"$1\"; exit $?", "sshd", command);
      builder.environment().put("HOME", home.toString());
      builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
      Process shell = builder.start();
      process = shell;
      shells.add(this);
      if (at(Cut.GREETING, this)) {
        return;
      }
      Thread.ofVirtual().start(() -> forth(in(), shell.getOutputStream()));
      List<Thread> pumps =
          List.of(
              Thread.ofVirtual().start(() -> back(shell.getInputStream(), out())),
              Thread.ofVirtual().start(() -> back(shell.getErrorStream(), err())));
      Thread.ofVirtual().start(() -> end(shell, pumps));
    }

    void sshdDies() {
      Process shell = Objects.requireNonNull(process);
      shell.destroyForcibly();
      for (Closeable stream :
          List.of(shell.getOutputStream(), shell.getInputStream(), shell.getErrorStream())) {
        close(stream);
      }
    }

    private static void close(Closeable stream) {
      try {
        stream.close();
      } catch (IOException broken) {
        // It was broken before.
        return;
      }
    }

    /** Passes frames on to the host. */
    private void forth(InputStream from, OutputStream to) {
      try (to) {
        for (; ; ) {
          byte[] header = line(from);
          if (header.length == 0 || at(Cut.BEFORE, this)) {
            return;
          }
          String[] words = new String(header, StandardCharsets.US_ASCII).strip().split(" ");
          ByteArrayOutputStream script = new ByteArrayOutputStream();
          script.write(header);
          byte[] last = (words[0] + "\n").getBytes(StandardCharsets.US_ASCII);
          byte[] line = line(from);
          while (line.length > 0 && !Arrays.equals(line, last)) {
            script.write(line);
            line = line(from);
          }
          script.write(line);
          synchronized (nonces) {
            nonces.add(words[0]);
          }
          if (!pass(script.toByteArray(), to, Cut.SCRIPT)) {
            return;
          }
          if (!words[1].equals("-")) {
            // The nonce stands behind it twice, once with a dot.
            byte[] input = from.readNBytes(Integer.parseInt(words[1]) + 2 * last.length + 1);
            if (!pass(input, to, Cut.INPUT)) {
              return;
            }
          }
          if (at(Cut.SENT, this)) {
            return;
          }
        }
      } catch (IOException ended) {
        // One of the two sides is gone.
        return;
      }
    }

    private boolean pass(byte[] bytes, OutputStream to, Cut middle) throws IOException {
      int half = bytes.length / 2;
      to.write(bytes, 0, half);
      to.flush();
      if (at(middle, this)) {
        return false;
      }
      to.write(bytes, half, bytes.length - half);
      to.flush();
      return true;
    }

    /** A line with its end; empty at the end of the stream. */
    private static byte[] line(InputStream from) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int each = from.read(); each >= 0; each = from.read()) {
        line.write(each);
        if (each == '\n') {
          break;
        }
      }
      return line.toByteArray();
    }

    /** Passes answers back. */
    private void back(InputStream from, OutputStream to) {
      try {
        for (byte[] line = line(from); line.length > 0; line = line(from)) {
          String text = new String(line, StandardCharsets.ISO_8859_1).stripTrailing();
          String nonce = text.replaceFirst("(?s).*?([0-9a-f]{32})( [0-9]+)?$", "$1");
          boolean known;
          synchronized (nonces) {
            known = nonces.contains(nonce);
          }
          if (known && cut(text, nonce)) {
            return;
          }
          to.write(line);
          to.flush();
        }
      } catch (IOException ended) {
        // One of the two sides is gone.
        return;
      }
    }

    private boolean cut(String text, String nonce) {
      if (text.endsWith(nonce)) {
        return at(Cut.ANSWER, this);
      }
      return at(halves.add(nonce) ? Cut.STATUS : Cut.HALF, this);
    }

    @Override
    public void destroy(ChannelSession closed) {
      sshdDies();
    }
  }
}
