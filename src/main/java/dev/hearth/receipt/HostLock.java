package dev.hearth.receipt;

import dev.hearth.connection.Connection;
import dev.hearth.connection.RunStopped;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to change a host, for one run at a time: a directory on the host, whose making decides.
 * A shell of its own holds it; the run gives a sign of life every ten seconds. It is stale when the
 * host was started anew, when the shell that held it is gone, or when no sign of life came for a
 * minute of the host's own clock while somebody watched.
 */
final class HostLock implements AutoCloseable {

  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int TAKEN = 75;

  private static final String WHERE =
      Place.OF_USER
          + """
          dir=$_h_b
          [ "$dir" != /var/lib/hearth ] || dir=/run/hearth
          """;

  /**
   * Words: place, run, who, how many seconds somebody has watched, the sign of life seen at first.
   * Prints whose it is and the sign of life when it is taken.
   */
  private static final String TAKE =
      WHERE
          + """
          umask 077
          started() { IFS= read -r line <"/proc/$1/stat" && set -- ${line##*) } && echo "${20}"; }
          boot=$(cat /proc/sys/kernel/random/boot_id)
          for try in 1 2 3; do
            mkdir -p -- "$dir" || exit 1
            if mkdir -- "$dir/lock" 2>/dev/null; then
              printf '%s\\n' "$1" "$2" "$(date -u '+%Y-%m-%dT%H:%M:%SZ')" "$$" "$(started $$)" "$boot" \\
                >"$dir/lock/owner.new" && mv -- "$dir/lock/owner.new" "$dir/lock/owner" || exit 1
              date +%s >"$dir/lock/alive"
              exit 0
            fi
            [ -f "$dir/lock/owner" ] || sleep 1
            {
              IFS= read -r run; IFS= read -r who; IFS= read -r since
              IFS= read -r pid; IFS= read -r start; IFS= read -r booted
            } <"$dir/lock/owner" 2>/dev/null || run=
            alive=$(cat -- "$dir/lock/alive" 2>/dev/null)
            stale=
            if [ -z "$run" ]; then stale=y
            elif [ "$run" = "$1" ]; then stale=y
            elif [ "$booted" != "$boot" ]; then stale=y
            elif [ "$(started "$pid" 2>/dev/null)" != "$start" ]; then stale=y
            elif [ "$3" -ge 60 ] && [ "$alive" = "$4" ]; then stale=y
            fi
            if [ -z "$stale" ]; then
              printf '%s\\n' "$alive" "$(date +%s)" "$run" "$who" "$since"
              exit 75
            fi
            # Only one can move it away.
            mv -- "$dir/lock" "$dir/lock.$$.$try" 2>/dev/null && rm -rf -- "$dir/lock.$$.$try"
          done
          exit 1
          """;

  private static final String SIGN =
      WHERE
          + """
          { IFS= read -r run <"$dir/lock/owner"; } 2>/dev/null && [ "$run" = "$1" ] || exit 75
          date +%s >"$dir/lock/alive"
          """;

  private static final String LEAVE =
      WHERE
          + """
          { IFS= read -r run <"$dir/lock/owner"; } 2>/dev/null && [ "$run" = "$1" ] || exit 0
          rm -rf -- "$dir/lock"
          rmdir -- "$dir" 2>/dev/null
          exit 0
          """;

  private final Way way;
  private final Connection own;
  private final String place;
  private final String run;
  private final ReentrantLock using = new ReentrantLock();
  private volatile @Nullable Thread beats;

  private HostLock(Way way, String place, String run) {
    this.way = way;
    this.own = way.connection().aside();
    this.place = place;
    this.run = run;
  }

  /**
   * Takes the lock of a host.
   *
   * @param place where this machine keeps such things, when it is the host; else empty
   * @param who who wants it, for others
   * @param patience how long to wait for another run
   * @throws dev.hearth.diag.HearthException with {@link ExitCode#LOCKED} when another run has it
   */
  static HostLock take(Way way, String place, String run, String who, Duration patience) {
    HostLock lock = new HostLock(way, place, run);
    try {
      lock.take(who, patience);
      lock.beats = Thread.ofVirtual().name("lock of " + way.host()).start(lock::beat);
      return lock;
    } catch (RuntimeException refused) {
      lock.own.close();
      throw refused;
    }
  }

  private void take(String who, Duration patience) {
    long begin = System.nanoTime();
    String sign = "none yet";
    long clock = 0;
    long watched = 0;
    for (; ; ) {
      if (!(run(TAKE, who, Long.toString(watched), sign) instanceof Outcome.Exited exited)) {
        throw broken();
      }
      if (exited.ok()) {
        return;
      }
      if (exited.code() != TAKEN) {
        throw Diagnostic.error(ExitCode.FAILED, way.host() + ": the lock cannot be taken")
            .because(exited.err().strip())
            .next("look at its directory on the host: /run/hearth")
            .failure();
      }
      String[] told = exited.out().split("\n", -1);
      long now = Long.parseLong(told[1]);
      if (!told[0].equals(sign)) {
        sign = told[0];
        clock = now;
      }
      watched = now - clock;
      if (System.nanoTime() - begin >= patience.toNanos()) {
        throw taken(told, patience);
      }
      LockSupport.parkNanos(LOOK.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new RunStopped(way.host());
      }
    }
  }

  private RuntimeException taken(String[] told, Duration patience) {
    return Diagnostic.error(ExitCode.LOCKED, way.host() + ": another run is changing this host")
        .because(
            "run "
                + told[2]
                + " of "
                + told[3]
                + ", since "
                + told[4]
                + (patience.isZero() ? "" : "; waited " + patience.toSeconds() + " s"))
        .next("wait for its end: --wait-lock SECONDS; one that is no more is found out by that")
        .failure();
  }

  private Unreachable broken() {
    return new Unreachable(
        Diagnostic.error(
                ExitCode.UNREACHABLE, "the connection to " + way.host() + " broke at its lock")
            .next("run again: what is already done will not be done twice"));
  }

  private Outcome run(String script, String... more) {
    String[] words = new String[2 + more.length];
    words[0] = place;
    words[1] = run;
    System.arraycopy(more, 0, words, 2, more.length);
    using.lock();
    try {
      return own.run(Script.of(script, words), way.become());
    } finally {
      using.unlock();
    }
  }

  private void beat() {
    try {
      while (beats != null) {
        TimeUnit.NANOSECONDS.sleep(BEAT.toNanos());
        run(SIGN);
      }
    } catch (InterruptedException | RuntimeException over) {
      // The run has ended, or the way is broken, which the run itself finds out.
      return;
    }
  }

  /** Whether this is the lock for a way, which may be a new one after the old one broke. */
  boolean holds(Way other) {
    return other.connection() == way.connection() && way.connection().open();
  }

  @Override
  public void close() {
    Thread thread = beats;
    beats = null;
    if (thread != null) {
      thread.interrupt();
    }
    try {
      run(LEAVE);
    } catch (RuntimeException broken) {
      // The shell that held it is gone, which makes it stale at once.
      return;
    } finally {
      own.close();
    }
  }
}
