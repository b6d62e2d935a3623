package dev.hearth.vars;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Does the same to many things, on all cores: opening encrypted files is nothing but computing. The
 * caller's thread takes part, and no other work gets into it, so that it may hold locks.
 */
public final class AllCores {

  private AllCores() {}

  /**
   * What the work makes of each of them, in their order.
   *
   * <p>The first that fails, in their order, fails the whole; those behind it may or may not have
   * been done. An interrupt is kept for the caller.
   */
  public static <T, R> List<R> map(List<T> all, Function<T, R> work) {
    List<FutureTask<R>> tasks = new ArrayList<>();
    all.forEach(one -> tasks.add(new FutureTask<>(() -> work.apply(one))));
    AtomicInteger next = new AtomicInteger();
    Runnable worker = () -> workThrough(tasks, next);
    int threads = Math.min(tasks.size(), Math.max(2, Runtime.getRuntime().availableProcessors()));
    List<Thread> others = new ArrayList<>();
    for (int thread = 1; thread < threads; thread++) {
      others.add(Thread.ofPlatform().daemon().start(worker));
    }
    worker.run();
    others.forEach(AllCores::join);
    return tasks.stream().map(AllCores::result).toList();
  }

  private static <R> void workThrough(List<FutureTask<R>> tasks, AtomicInteger next) {
    for (int index = next.getAndIncrement(); index < tasks.size(); index = next.getAndIncrement()) {
      FutureTask<R> task = tasks.get(index);
      task.run();
      if (task.state() == FutureTask.State.FAILED) {
        next.set(tasks.size());
      }
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    for (; ; ) {
      try {
        thread.join();
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** All tasks before the first that failed are done: they were taken in their order. */
  private static <R> R result(FutureTask<R> task) {
    boolean interrupted = Thread.interrupted();
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("it has ended", impossible);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
