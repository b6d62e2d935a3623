package dev.hearth.ssh;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets only some logins to one machine happen at the same time: OpenSSH drops connections when more
 * than ten have not logged in yet.
 */
final class Gate {

  private static final int AT_ONCE = 8;

  private final Map<String, Semaphore> machines = new ConcurrentHashMap<>();

  /** Does something when it is its turn at the machine. */
  <T> T through(String machine, Supplier<T> login) {
    Semaphore turn = machines.computeIfAbsent(machine, name -> new Semaphore(AT_ONCE, true));
    turn.acquireUninterruptibly();
    try {
      return login.get();
    } finally {
      turn.release();
    }
  }
}
