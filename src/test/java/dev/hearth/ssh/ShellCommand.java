package dev.hearth.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

/** A command of the embedded server, run by this machine's {@code sh} as OpenSSH would. */
final class ShellCommand extends ServerCommand {

  private final String text;
  private @Nullable Process process;

  ShellCommand(String text) {
    this.text = text;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    // As sshd does it, in a session of its own.
    Process shell = new ProcessBuilder("setsid", "/bin/sh", "-c", text).start();
    process = shell;
    Thread.ofVirtual().start(() -> pump(in(), shell.getOutputStream(), true));
    List<Thread> pumps =
        List.of(
            Thread.ofVirtual().start(() -> pump(shell.getInputStream(), out(), false)),
            Thread.ofVirtual().start(() -> pump(shell.getErrorStream(), err(), false)));
    Thread.ofVirtual().start(() -> end(shell, pumps));
  }

  private static void pump(InputStream from, OutputStream to, boolean close) {
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int size = from.read(buffer); size >= 0; size = from.read(buffer)) {
        to.write(buffer, 0, size);
        to.flush();
      }
      if (close) {
        to.close();
      }
    } catch (IOException ended) {
      // The other side has gone; the command's end is told by its own thread.
      return;
    }
  }

  @Override
  public void destroy(ChannelSession channel) {
    if (process != null) {
      try {
        process.getOutputStream().close();
      } catch (IOException already) {
        process.destroy();
      }
    }
  }
}
