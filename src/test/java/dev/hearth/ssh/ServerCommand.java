package dev.hearth.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** What every command of the embedded server has: three streams, and an end that is told. */
public abstract class ServerCommand implements Command {

  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private @Nullable OutputStream err;
  private @Nullable ExitCallback exit;

  @Override
  public final void setInputStream(InputStream stream) {
    in = stream;
  }

  @Override
  public final void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public final void setErrorStream(OutputStream stream) {
    err = stream;
  }

  @Override
  public final void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  /** What the client sends. */
  protected final InputStream in() {
    return Objects.requireNonNull(in);
  }

  /** To the client's standard output. */
  protected final OutputStream out() {
    return Objects.requireNonNull(out);
  }

  /** To the client's standard error. */
  protected final OutputStream err() {
    return Objects.requireNonNull(err);
  }

  /** Waits for a process and for those who pass on what it wrote, and tells the client its end. */
  protected final void end(Process process, List<Thread> pumps) {
    try {
      int status = process.waitFor();
      for (Thread pump : pumps) {
        pump.join(Duration.ofSeconds(1));
      }
      Objects.requireNonNull(exit).onExit(status);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
