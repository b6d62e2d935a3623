package dev.hearth.run;

import dev.hearth.plan.Conclusion;
import dev.hearth.plan.Result;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;

/** The detached jobs that this run has started, by their ids. */
final class Jobs {

  private static final long SMALLEST = 100_000_000_000L;

  private final ConcurrentMap<String, Job> jobs = new ConcurrentHashMap<>();

  /** What is known of a job. */
  sealed interface Job {
    /** It runs on the host; the module says what its end means. */
    record Running(Conclusion conclusion) implements Job {}

    /** There was nothing to detach. */
    record Over(Result result) implements Job {}
  }

  /** An id in Ansible's form. */
  static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "j" + random.nextLong(SMALLEST, 10 * SMALLEST) + "." + random.nextInt(1, 100_000);
  }

  void put(String id, Job job) {
    jobs.put(id, job);
  }

  Optional<Job> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  void forget(String id) {
    jobs.remove(id);
  }
}
