package dev.hearth.local;

import dev.hearth.connection.Receiver;
import dev.hearth.connection.ShellChannel;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process of this machine as a channel. */
public final class LocalProcess implements ShellChannel {

  private static final int BUFFER = 32 * 1024;

  /**
   * In a session of its own, as sshd does it: Ctrl-C at our terminal is for us, and what a script
   * started can be told from what others did.
   */
  private static final String OWN_SESSION =
      "if command -v setsid >/dev/null 2>&1; then exec setsid /bin/sh -c \"$1\"; fi; exec /bin/sh"
          + " -c \"$1\"";

  /**
   * What a dead shell wrote is read at once; a process it left behind may hold the pipe open for
   * ever.
   */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /** What sshd sets at a login and a service of systemd has not, by Java's properties for it. */
  private static final Map<String, String> LOGIN =
      Map.of("HOME", "user.home", "USER", "user.name", "LOGNAME", "user.name");

  /** Java's word for a user that the system does not know. */
  private static final String UNKNOWN = "?";

  private final Process process;

  private LocalProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a command line under {@code /bin/sh}.
   *
   * @param host the inventory's name for this machine, for messages
   * @throws Unreachable when there is no shell
   */
  public static LocalProcess start(String host, String command, Receiver receiver) {
    try {
      ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", OWN_SESSION, "sh", command);
      LOGIN.forEach((name, property) -> login(shell.environment(), name, property));
      Process process = shell.start();
      Thread out = pump(process.getInputStream(), receiver::stdout);
      Thread err = pump(process.getErrorStream(), receiver::stderr);
      Thread.ofPlatform()
          .daemon()
          .name("end of the shell on " + host)
          .start(() -> waitFor(process, List.of(out, err), receiver));
      return new LocalProcess(process);
    } catch (IOException failure) {
      throw new Unreachable(
          Diagnostic.error(ExitCode.UNREACHABLE, host + ": cannot start a shell on this machine")
              .because(String.valueOf(failure.getMessage()))
              .next("check that /bin/sh exists"));
    }
  }

  private static void login(Map<String, String> environment, String name, String property) {
    Optional.ofNullable(System.getProperty(property))
        .filter(value -> !value.equals(UNKNOWN))
        .ifPresent(value -> environment.putIfAbsent(name, value));
  }

  private interface Sink {
    void accept(byte[] buffer, int offset, int length);
  }

  /** Reading a pipe holds a thread of the system: a virtual one would take it from all others. */
  private static Thread pump(InputStream from, Sink to) {
    return Thread.ofPlatform()
        .daemon()
        .name("output of a shell")
        .start(
            () -> {
              byte[] buffer = new byte[BUFFER];
              try (from) {
                for (int size = from.read(buffer); size >= 0; size = from.read(buffer)) {
                  to.accept(buffer, 0, size);
                }
              } catch (IOException closed) {
                // The pipe was closed with the process; its end is told by the thread that waits
                // for it.
                return;
              }
            });
  }

  private static void waitFor(Process process, List<Thread> pumps, Receiver receiver) {
    try {
      int status = process.waitFor();
      for (Thread pump : pumps) {
        pump.join(LAST_WORDS);
      }
      receiver.ended("the shell on this machine ended with status " + status);
    } catch (InterruptedException interrupted) {
      receiver.ended("waiting for the shell on this machine was interrupted");
    }
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  @Override
  public void close() {
    // Who writes to a pipe that nobody reads holds its stream for ever.
    Thread.ofPlatform().daemon().name("farewell to a shell").start(this::closeInput);
  }

  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException broken) {
      // The process has gone before us.
      process.destroy();
    }
  }
}
