package dev.hearth.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signals of this process that do something else than end it, until this is closed.
 *
 * <p>Java has no supported interface for signals; {@code sun.misc.Signal} of the module {@code
 * jdk.unsupported} is what there is. It is reached by reflection because the compiler warns of it
 * in a way that cannot be silenced. Where it is missing, signals end the process at once.
 */
final class Signals implements AutoCloseable {

  private final Map<Object, @Nullable Object> before = new LinkedHashMap<>();

  /** Nothing is heard yet. */
  Signals() {}

  /** From now on these signals do this. */
  Signals on(List<String> names, Runnable heard) {
    InvocationHandler hear =
        (self, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                heard.run();
                yield null;
              }
              case "equals" -> self == arguments[0];
              case "hashCode" -> System.identityHashCode(self);
              default -> "a handler of Hearth";
            };
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, hear);
      Method handle = signal.getMethod("handle", signal, handler);
      for (String name : names) {
        Object one = signal.getConstructor(String.class).newInstance(name);
        before.put(one, handle.invoke(null, one, ours));
      }
    } catch (ReflectiveOperationException | IllegalArgumentException none) {
      // This Java lets nobody hear signals; they end the process as ever.
      return this;
    }
    return this;
  }

  /** The signals do again what they did before. */
  @Override
  public void close() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      for (Map.Entry<Object, @Nullable Object> was : before.entrySet()) {
        handle.invoke(null, was.getKey(), was.getValue());
      }
    } catch (ReflectiveOperationException | IllegalArgumentException none) {
      // What could not be set need not be set back.
      before.clear();
    }
  }
}
