package dev.hearth.connection;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a script wrote and nobody has looked at yet. Of one that writes faster than it can be looked
 * at, the middle is left out in the end: who waits for an answer has written nothing behind it.
 */
final class Unheard {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private BoundedOutput bytes = new BoundedOutput(BoundedOutput.LIMIT);
  private boolean some;
  private boolean ended;

  /** It wrote more. */
  void add(byte[] more) {
    change(
        () -> {
          bytes.add(more, 0, more.length);
          some = true;
        });
  }

  /** It writes nothing more. */
  void end() {
    change(() -> ended = true);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for something that was written, and takes all of it.
   *
   * @return nothing when nothing more will come; null when nothing came in that time
   */
  byte @Nullable [] take(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      for (long left = nanos; !some && !ended; ) {
        if (left <= 0) {
          return null;
        }
        left = news.awaitNanos(left);
      }
      byte[] all = bytes.bytes();
      bytes = new BoundedOutput(BoundedOutput.LIMIT);
      some = false;
      return all;
    } finally {
      lock.unlock();
    }
  }
}
