package dev.hearth.ssh;

import dev.hearth.connection.Receiver;
import dev.hearth.connection.ShellChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Supplier;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;

/** A program on a host, on an SSH channel without a terminal. */
final class SshChannel implements ShellChannel {

  /**
   * After the exit status a program's last words may still come; what it left running may never
   * close the stream.
   */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final ChannelExec exec;

  private SshChannel(ChannelExec exec) {
    this.exec = exec;
  }

  /**
   * Starts a command.
   *
   * @param lost tells why the connection broke, once it has
   */
  static SshChannel open(
      ClientSession session,
      String command,
      Receiver receiver,
      Duration limit,
      Supplier<String> lost)
      throws IOException {
    ChannelExec exec = session.createExecChannel(command);
    exec.setOut(new Sink(receiver::stdout));
    exec.setErr(new Sink(receiver::stderr));
    exec.addCloseFutureListener(closed -> receiver.ended(reason(exec, lost)));
    exec.addChannelListener(
        new ChannelListener() {
          @Override
          public void channelStateChanged(Channel channel, String hint) {
            if (hint.startsWith("exit-")) {
              Thread.ofVirtual().start(() -> afterExit(exec, receiver, lost));
            }
          }
        });
    try {
      exec.open().verify(limit);
    } catch (IOException failure) {
      exec.close(true);
      throw failure;
    }
    return new SshChannel(exec);
  }

  private static void afterExit(ChannelExec exec, Receiver receiver, Supplier<String> lost) {
    exec.waitFor(EnumSet.of(ClientChannelEvent.CLOSED, ClientChannelEvent.EOF), LAST_WORDS);
    receiver.ended(reason(exec, lost));
  }

  private static String reason(ChannelExec exec, Supplier<String> lost) {
    if (exec.getExitSignal() != null) {
      return "the shell on the host was killed by signal " + exec.getExitSignal();
    }
    if (exec.getExitStatus() != null) {
      return "the shell on the host ended with status " + exec.getExitStatus();
    }
    return exec.getSession().isOpen()
        ? "the host closed the shell's channel without saying why"
        : lost.get();
  }

  @Override
  public OutputStream stdin() {
    return exec.getInvertedIn();
  }

  @Override
  public void close() {
    // Not at once: that would not be told to the host, which has only so many sessions to give.
    exec.close(false);
  }

  /** Where bytes of the host go, at once and on the thread that brings them. */
  private interface Bytes {
    void accept(byte[] buffer, int offset, int length);
  }

  /** Makes a stream of it, as MINA wants it. */
  private static final class Sink extends OutputStream {
    private final Bytes to;

    Sink(Bytes to) {
      this.to = to;
    }

    @Override
    public void write(int single) {
      to.accept(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      to.accept(buffer, offset, length);
    }
  }
}
