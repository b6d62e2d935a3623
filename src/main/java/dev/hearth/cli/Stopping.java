package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Ctrl-C and SIGTERM do to a run: the first stops it in good order (the commands of its tasks
 * are ended on the hosts, the recap is printed), the second ends the process as soon as that has
 * been asked of the hosts, within a second: a host that hears of no end lets a step go on.
 */
final class Stopping implements AutoCloseable {

  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  /** How long it takes to ask the hosts. */
  private static final Duration ASKING = Duration.ofSeconds(1);

  private final Thread run;
  private final Environment environment;
  private final AtomicInteger asked = new AtomicInteger();
  private final Signals signals = new Signals();
  private volatile boolean over;

  private Stopping(Thread run, Environment environment) {
    this.run = run;
    this.environment = environment;
  }

  /**
   * From now on signals stop the work of a thread; in a process that is not ours alone, nothing.
   */
  static Stopping of(Thread run, Environment environment) {
    Stopping stopping = new Stopping(run, environment);
    if (environment.ownsProcess()) {
      stopping.signals.on(SIGNALS, stopping::heard);
    }
    return stopping;
  }

  private void heard() {
    int times = asked.incrementAndGet();
    if (over || times > 1) {
      if (times == 2) {
        awaitAsked();
      }
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }
    environment.err().println("\nstopping; once more to leave at once");
    run.interrupt();
  }

  private void awaitAsked() {
    try {
      run.join(ASKING);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run has ended; what is left takes no time, so that a signal may end it. */
  @Override
  public void close() {
    over = true;
  }
}
