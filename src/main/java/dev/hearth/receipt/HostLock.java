package dev.hearth.receipt;

import dev.hearth.connection.Connection;
import dev.hearth.connection.RunStopped;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.journal.Heartbeat;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to change a host, for one run at a time: a file on the host, whose making decides. A
 * shell of its own holds it; the run gives a sign of life every ten seconds. It is stale when the
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
          dir=$_h_a
          """;

  /** Leaves the number of the newest lock in {@code newest}, 0 for none. */
  private static final String NEWEST =
      """
      newest() {
        newest=0
        for file in "$dir"/lock.*; do
          number=${file##*/lock.}
          case $number in *[!0-9]*) continue ;; esac
          [ "$number" -le "$newest" ] || newest=$number
        done
      }
      """;

  /**
   * Words: place, run, who, how many seconds somebody has watched, the sign of life seen at first.
   * Prints the lock's number when it was taken, else the sign of life and whose it is.
   *
   * <p>Locks are files with numbers, made whole by {@code ln}, which fails where there is one. One
   * that is stale is not taken away: the next number is taken, which only one can do. It counts if
   * then it is the newest, and the one before it still is what was found to be stale; otherwise
   * others were faster, perhaps all the way to their end.
   */
  private static final String TAKE =
      WHERE
          + NEWEST
          + """
          umask 077
          # Of one that has ended nothing, even if its parent has not asked how.
          started() {
            IFS= read -r line <"/proc/$1/stat" && set -- ${line##*) } || return 1
            case $1 in Z | X) return 1 ;; esac
            echo "${20}"
          }
          # A step goes on when the connection of its run breaks, and nobody may come between.
          goes_on() {
            for file in "$_h_b/former/$1"/*/shell; do
              [ -e "$file" ] && [ ! -s "${file%shell}exit" ] || continue
              { read -r shell begun <"$file"; } 2>/dev/null || continue
              [ "$(started "$shell" 2>/dev/null)" != "$begun" ] || return 0
            done
            return 1
          }
          boot=$(cat /proc/sys/kernel/random/boot_id)
          mine=$dir/owner.$$
          for try in 1 2 3 4 5 6 7 8 9; do
            newest
            before=$newest found=
            if [ "$before" -gt 0 ]; then
              found=$(cat -- "$dir/lock.$before" 2>/dev/null) || continue
              {
                IFS= read -r run; IFS= read -r who; IFS= read -r since
                IFS= read -r pid; IFS= read -r start; IFS= read -r booted
              } <<END
          $found
          END
              alive=$before:$(cat -- "$dir/alive.$before" 2>/dev/null)
              stale=
              if [ "$run" = "$1" ]; then stale=y
              elif [ "$booted" != "$boot" ]; then stale=y
              elif [ "$(started "$pid" 2>/dev/null)" != "$start" ]; then stale=y
              elif [ "$3" -ge 60 ] && [ "$alive" = "$4" ]; then stale=y
              fi
              on=
              if [ -n "$stale" ] && [ "$run" != "$1" ] && [ "$booted" = "$boot" ] && goes_on "$run"; then
                stale= on=y
              fi
              if [ -z "$stale" ]; then
                printf '%s\\n' "$alive" "$(date +%s)" "$run" "$who" "$since" "$on"
                exit 75
              fi
            fi
            next=$((before + 1))
            mkdir -p -- "$dir" &&
            printf '%s\\n' "$1" "$2" "$(date -u '+%Y-%m-%dT%H:%M:%SZ')" "$$" "$(started $$)" "$boot" \\
              >"$mine" || exit 1
            ln -- "$mine" "$dir/lock.$next" 2>"$mine.why"
            taken=$? why=$(cat -- "$mine.why")
            rm -f -- "$mine" "$mine.why"
            [ "$taken" = 0 ] || continue
            newest
            if [ "$newest" != "$next" ] ||
               { [ "$before" -gt 0 ] && [ "$(cat -- "$dir/lock.$before" 2>/dev/null)" != "$found" ]; }
            then
              rm -f -- "$dir/lock.$next"
              continue
            fi
            date +%s >"$dir/alive.$next"
            while [ "$before" -gt 0 ]; do
              rm -f -- "$dir/lock.$before" "$dir/alive.$before"
              before=$((before - 1))
              [ -e "$dir/lock.$before" ] || break
            done
            echo "$next"
            exit 0
          done
          echo "$why" >&2
          exit 1
          """;

  /** Words: place, run, the lock's number. */
  private static final String SIGN =
      WHERE
          + """
          { IFS= read -r run <"$dir/lock.$2"; } 2>/dev/null && [ "$run" = "$1" ] || exit 75
          date +%s >"$dir/alive.$2"
          """;

  /** Words: place, run, the lock's number. */
  private static final String LEAVE =
      WHERE
          + """
          { IFS= read -r run <"$dir/lock.$2"; } 2>/dev/null && [ "$run" = "$1" ] || exit 0
          rm -f -- "$dir/alive.$2" "$dir/lock.$2"
          rmdir -- "$dir" 2>/dev/null
          exit 0
          """;

  private final Way way;
  private final Connection own;
  private final String place;
  private final String run;
  private final ReentrantLock using = new ReentrantLock();
  private @Nullable Heartbeat beats;
  private volatile boolean lost;
  private String number = "";

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
      lock.beats = Heartbeat.start("lock of " + way.host(), BEAT, lock::sign);
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
        number = exited.out().strip();
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
                + (told[5].isEmpty() ? "" : "; it is gone, but its last step still goes on")
                + (patience.isZero() ? "" : "; waited " + patience.toSeconds() + " s"))
        .next(
            told[5].isEmpty()
                ? "wait for its end: --wait-lock SECONDS; one that is no more is found out by that"
                : "continue that run, which waits for the step: hearth resume " + told[2])
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

  /** Gives a sign of life, and finds out whether the lock was taken away. */
  void sign() {
    if (run(SIGN, number) instanceof Outcome.Exited answer && answer.code() == TAKEN) {
      lost = true;
    }
  }

  /** The number of the lock that this is. */
  String number() {
    return number;
  }

  /**
   * Whether this is the lock for a way, which may be a new one after the old one broke, and no
   * other run has taken it because no sign of life had come for long.
   */
  boolean holds(Way other) {
    return !lost && other.connection() == way.connection() && way.connection().open();
  }

  @Override
  public void close() {
    if (beats != null) {
      beats.close();
    }
    try {
      run(LEAVE, number);
    } catch (RuntimeException broken) {
      // The shell that held it is gone, which makes it stale at once.
      return;
    } finally {
      own.close();
    }
  }
}
