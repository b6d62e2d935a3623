package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C and SIGTERM do to a run: the first stops it in good order (the commands of its tasks
 * are ended on the hosts, the recap is printed), the second ends the process at once, after which
 * the hosts end the commands by themselves.
 *
 * <p>Java has no supported interface for signals; {@code sun.misc.Signal} of the module {@code
 * jdk.unsupported} is what there is. It is reached by reflection because the compiler warns of it
 * in a way that cannot be silenced. Where it is missing, signals end the process at once.
 */
final class Stopping implements AutoCloseable {

  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final Thread run;
  private final Environment environment;
  private final AtomicInteger asked = new AtomicInteger();
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
      stopping.listen();
    }
    return stopping;
  }

  private void listen() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler hear =
          (self, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> heard();
                case "equals" -> self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> "the handler of a run";
              };
      Object ours =
          Proxy.newProxyInstance(Stopping.class.getClassLoader(), new Class<?>[] {handler}, hear);
      for (String name : SIGNALS) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException none) {
      // This Java lets nobody hear signals; they end the process as ever.
      return;
    }
  }

  private @Nullable Object heard() {
    if (over || asked.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }
    environment.err().println("\nstopping; once more to leave at once");
    run.interrupt();
    return null;
  }

  /** The run has ended; what is left takes no time, so that a signal may end it. */
  @Override
  public void close() {
    over = true;
  }
}
