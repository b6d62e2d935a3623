package dev.hearth.postgres;

import dev.hearth.diag.HearthException;
import dev.hearth.journal.Heartbeat;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Says for the runs of this process that they go on, by the server's clock. */
final class SignsOfLife implements AutoCloseable {

  private final Database database;
  private final Pace pace;
  private final Set<String> runs = ConcurrentHashMap.newKeySet();
  private @Nullable Heartbeat beats;

  /**
   * How long a run counts as alive, and how often it says that it is.
   *
   * @param life from its last sign of life
   * @param beat between two signs of life
   */
  record Pace(Duration life, Duration beat) {

    /** The usual one. */
    static final Pace USUAL = new Pace(Duration.ofSeconds(60), Duration.ofSeconds(15));
  }

  SignsOfLife(Database database, Pace pace) {
    this.database = database;
    this.pace = pace;
  }

  /** A run of this process begins. */
  void begin(String run) {
    database.update(
        "INSERT INTO run VALUES (?, ?, clock_timestamp() + make_interval(secs => ?))",
        run,
        OwnProcess.mark(),
        (double) pace.life().toSeconds());
    runs.add(run);
    start();
  }

  private synchronized void start() {
    if (beats == null) {
      beats = Heartbeat.start("signs of life for the store", pace.beat(), this::sign);
    }
  }

  /** A run is over, and its journals are in the receipts. */
  void finish(String run) {
    runs.remove(run);
    database.update("UPDATE run SET alive_until = NULL WHERE name = ?", run);
  }

  private void sign() {
    for (String run : runs) {
      database.update(
          "UPDATE run SET alive_until = clock_timestamp() + make_interval(secs => ?)"
              + " WHERE name = ? AND alive_until IS NOT NULL",
          (double) pace.life().toSeconds(),
          run);
    }
  }

  /** The runs of this process that have not ended go on no longer. */
  @Override
  public synchronized void close() {
    if (beats != null) {
      beats.close();
    }
    try {
      for (String run : runs) {
        database.update("UPDATE run SET alive_until = clock_timestamp() WHERE name = ?", run);
      }
    } catch (HearthException unreachable) {
      // Then their time is over in a minute.
      return;
    }
  }
}
