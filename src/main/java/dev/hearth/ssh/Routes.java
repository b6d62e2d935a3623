package dev.hearth.ssh;

import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/**
 * Ways to hosts that are not reached directly: through jump hosts, whose connections are shared, or
 * a ProxyCommand.
 */
final class Routes {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final SshConfig config;
  private final Login login;
  private final Map<String, ClientSession> jumps = new ConcurrentHashMap<>();
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  Routes(SshConfig config, Login login) {
    this.config = config;
    this.login = login;
  }

  /** A bridge to a host that is behind jump hosts. */
  Bridge throughJumps(Target target, SshSettings settings) throws IOException {
    List<String> jumpHosts = settings.jumps();
    ClientSession last = session(target, jumpHosts);
    ChannelDirectTcpip channel =
        last.createDirectTcpipChannel(
            SshdSocketAddress.LOCALHOST_ADDRESS,
            new SshdSocketAddress(settings.host(), settings.port()));
    try {
      channel.open().verify(settings.connectTimeout());
    } catch (IOException failure) {
      channel.close(true);
      throw new Unreachable(
          Diagnostic.error(
                  ExitCode.UNREACHABLE,
                  target.name()
                      + ": the jump host "
                      + jumpHosts.getLast()
                      + " does not reach "
                      + settings.host()
                      + " port "
                      + settings.port())
              .because(Refusals.words(failure))
              .next(
                  "check the address as the jump host sees it, and AllowTcpForwarding in its"
                      + " sshd_config"));
    }
    return Bridge.to(
        channel.getInvertedOut(), channel.getInvertedIn(), () -> channel.close(true), () -> "");
  }

  private ClientSession session(Target target, List<String> jumpHosts) {
    String key = String.join(",", jumpHosts);
    synchronized (locks.computeIfAbsent(key, name -> new Object())) {
      ClientSession known = jumps.get(key);
      if (known != null && known.isOpen()) {
        return known;
      }
      SshSettings settings =
          config.jump(jumpHosts.getLast(), jumpHosts.subList(0, jumpHosts.size() - 1), target);
      ClientSession fresh = login.to(asJump(target, jumpHosts.getLast()), settings, this).session();
      jumps.put(key, fresh);
      return fresh;
    }
  }

  /** A password is for the host that it was given for and for no other on the way. */
  private static Target asJump(Target target, String jump) {
    return new Target(
        target.name() + " (jump host " + jump + ")",
        target.kind(),
        target.address(),
        target.port(),
        target.user(),
        Optional.empty(),
        target.identityFiles(),
        target.knownHosts(),
        target.sshOptions(),
        target.connectTimeout());
  }

  /** A bridge to what a local command connects to. */
  static Bridge throughCommand(String command) throws IOException {
    Process process = new ProcessBuilder("/bin/sh", "-c", "exec " + command).start();
    LastWords words = new LastWords(process.getErrorStream());
    return Bridge.to(
        process.getInputStream(), process.getOutputStream(), () -> end(process), words::text);
  }

  /** Closes its input and gives it a moment to say why it ends, before it is made to end. */
  private static void end(Process process) throws IOException {
    try {
      process.getOutputStream().close();
    } finally {
      try {
        if (!process.waitFor(PATIENCE)) {
          // Through its handle: the process's own method would close its streams with its last
          // words unread.
          process.toHandle().destroy();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What a command complains of; its beginning is kept, for the message when it fails. */
  private static final class LastWords {
    private static final int MOST = 2000;

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final Thread reader;

    LastWords(InputStream errors) {
      reader =
          Thread.ofPlatform().daemon().name("complaints of a command").start(() -> hear(errors));
    }

    private synchronized void add(byte[] buffer, int length) {
      if (heard.size() < MOST) {
        heard.write(buffer, 0, length);
      }
    }

    private void hear(InputStream errors) {
      byte[] buffer = new byte[MOST];
      try (errors) {
        for (int size = errors.read(buffer); size >= 0; size = errors.read(buffer)) {
          add(buffer, size);
        }
      } catch (IOException ended) {
        byte[] words = " (and its error stream broke)".getBytes(StandardCharsets.UTF_8);
        add(words, words.length);
      }
    }

    private synchronized String soFar() {
      return heard.toString(StandardCharsets.UTF_8).strip();
    }

    /** All that it said, if it has ended, or what it said until now. */
    String text() {
      try {
        reader.join(PATIENCE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return soFar();
    }
  }
}
