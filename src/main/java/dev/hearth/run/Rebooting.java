package dev.hearth.run;

import dev.hearth.connection.Unreachable;
import dev.hearth.plan.Result;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code ansible.builtin.reboot}: the host restarts, and the task ends when it is back. Whether it
 * restarted is what its kernel says about this start, not whether the connection broke.
 */
final class Rebooting {

  static final String ACTION = "ansible.builtin.reboot";

  private static final double LONGEST_PAUSE = 12;

  /**
   * {@code $1}: the user's command, {@code $2}: minutes, {@code $3}: message, then search paths.
   */
  private static final String RESTART =
      """
      command=$1 minutes=$2 message=$3
      shift 3
      PATH=$(IFS=:; printf '%s' "$*")
      export PATH
      if [ -n "$command" ]; then
        exec sh -c "$command" </dev/null
      elif [ -e /etc/alpine-release ] || ! command -v shutdown >/dev/null; then
        exec reboot </dev/null
      elif [ "$minutes" = 0 ]; then
        exec shutdown -r now "$message" </dev/null
      else
        exec shutdown -r "+$minutes" "$message" </dev/null
      fi
      """;

  private static final String COMMAND = "exec sh -c \"$1\" </dev/null\n";

  private final HostWork work;
  private final Given given;
  private final boolean local;

  /**
   * @param local whether the host is this machine
   */
  Rebooting(HostWork work, Given given, boolean local) {
    this.work = work;
    this.given = given;
    this.local = local;
  }

  Result run(boolean check) throws InterruptedException {
    if (local) {
      return Result.failure("Running reboot with local connection would reboot the control node.")
          .with("rebooted", false)
          .with("elapsed", 0);
    }
    if (check) {
      return Result.changedNow().with("rebooted", true).with("elapsed", 0);
    }
    Script marker =
        Script.of(
            COMMAND, given.text("boot_time_command").orElse("cat /proc/sys/kernel/random/boot_id"));
    Outcome before = work.inSession(session -> session.run(marker));
    if (!(before instanceof Outcome.Exited was) || !was.ok()) {
      return Result.failure("reboot: failed to get host boot time info").with("rebooted", false);
    }
    long start = System.nanoTime();
    Optional<Result> refused = restart();
    if (refused.isPresent()) {
      return refused.get();
    }
    Waiting.seconds(Math.max(0, seconds("post_reboot_delay", 0)));
    boolean back =
        until(
            session ->
                session.run(marker) instanceof Outcome.Exited now
                    && now.ok()
                    && !now.out().isBlank()
                    && !now.out().equals(was.out()));
    if (!back) {
      return late("last boot time check", start);
    }
    Script test = Script.of(COMMAND, given.text("test_command").orElse("whoami"));
    boolean works = until(session -> session.run(test) instanceof Outcome.Exited end && end.ok());
    if (!works) {
      return late("post-reboot test command", start);
    }
    return Result.changedNow().with("rebooted", true).with("elapsed", elapsed(start));
  }

  private Result late(String what, long start) {
    return Result.failure(
            "Timed out waiting for "
                + what
                + " (timeout="
                + (long) seconds("reboot_timeout", 600)
                + ")")
        .with("rebooted", true)
        .with("elapsed", elapsed(start));
  }

  /** Tells the host to restart; the connection may break at once. */
  private Optional<Result> restart() {
    List<String> words = new ArrayList<>();
    words.add(given.text("reboot_command").orElse(""));
    words.add(Long.toString((long) (Math.max(0, seconds("pre_reboot_delay", 0)) / 60)));
    words.add(given.text("msg").orElse("Reboot initiated by Ansible"));
    words.addAll(
        given.texts(
            "search_paths", List.of("/sbin", "/bin", "/usr/sbin", "/usr/bin", "/usr/local/sbin")));
    Outcome end;
    try {
      end =
          work.inSession(session -> session.run(Script.of(RESTART, words.toArray(String[]::new))));
    } catch (Unreachable gone) {
      return Optional.empty();
    } finally {
      work.hangUp();
    }
    return end instanceof Outcome.Exited exited && !exited.ok()
        ? Optional.of(
            Result.failure(
                    "Reboot command failed. Error was: '"
                        + exited.out().strip()
                        + ", "
                        + exited.err().strip()
                        + "'")
                .with("rebooted", false))
        : Optional.empty();
  }

  /** Tries again and again, each time over a new connection. */
  private boolean until(Predicate<Session> good) throws InterruptedException {
    double limit = seconds("reboot_timeout", 600);
    long start = System.nanoTime();
    double pause = 1;
    while (true) {
      try {
        if (work.inSession(good::test)) {
          return true;
        }
      } catch (Unreachable notYet) {
        // It is on its way down or up.
      }
      work.hangUp();
      if (elapsed(start) + pause > limit) {
        return false;
      }
      Waiting.seconds(pause);
      pause = Math.min(LONGEST_PAUSE, pause * 1.5);
    }
  }

  /** A time by its name or by its older one. */
  private double seconds(String name, double otherwise) {
    return given.number(name, given.number(name + "_sec", otherwise));
  }

  private static long elapsed(long start) {
    return (System.nanoTime() - start) / 1_000_000_000L;
  }
}
