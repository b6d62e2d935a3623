package dev.hearth.postgres;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Which run writes about which host: one at a time, each with a token greater than all before. */
final class Leases {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Database database;
  private final Map<String, Long> tokens = new ConcurrentHashMap<>();

  Leases(Database database) {
    this.database = database;
  }

  /** Who has a host. */
  private record Holder(String run, String who, String since) {}

  /**
   * Takes the lease of a host for a run, if the run does not have it.
   *
   * @throws HearthException with {@link ExitCode#LOCKED} when another run has it
   */
  void take(String run, String host, String who, Duration patience) {
    if (tokens.containsKey(key(run, host))) {
      return;
    }
    long begin = System.nanoTime();
    for (; ; ) {
      Optional<Holder> other = tryTake(run, host, who);
      if (other.isEmpty()) {
        return;
      }
      if (System.nanoTime() - begin >= patience.toNanos()) {
        throw taken(host, other.get(), patience);
      }
      LockSupport.parkNanos(LOOK.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw Diagnostic.error(ExitCode.INTERRUPTED, host + ": stopped while waiting for its lease")
            .next("run again: what is done stays done")
            .failure();
      }
    }
  }

  private Optional<Holder> tryTake(String run, String host, String who) {
    return database.transaction(
        connection -> {
          try (PreparedStatement first =
              connection.prepareStatement(
                  "INSERT INTO lease VALUES (?, 0, NULL, '', clock_timestamp())"
                      + " ON CONFLICT DO NOTHING")) {
            first.setString(1, host);
            first.execute();
          }
          Optional<Holder> holder = holder(connection, host);
          if (holder.isPresent()) {
            return holder;
          }
          try (PreparedStatement take =
              connection.prepareStatement(
                  "UPDATE lease SET token = token + 1, run = ?, who = ?, since = clock_timestamp()"
                      + " WHERE host = ? RETURNING token")) {
            take.setString(1, run);
            take.setString(2, who);
            take.setString(3, host);
            try (ResultSet token = take.executeQuery()) {
              token.next();
              tokens.put(key(run, host), token.getLong(1));
            }
          }
          return Optional.empty();
        });
  }

  /** Locks the lease's row until the end of the transaction; empty when it may be taken. */
  private static Optional<Holder> holder(Connection connection, String host) throws SQLException {
    try (PreparedStatement ask =
        connection.prepareStatement(
            """
            SELECT l.run, l.who, to_char(l.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                   r.process
            FROM lease l JOIN run r ON r.name = l.run AND r.alive_until > clock_timestamp()
            WHERE l.host = ?
            FOR UPDATE OF l
            """)) {
      // A row that the join leaves out would not be locked.
      lock(connection, host);
      ask.setString(1, host);
      try (ResultSet answer = ask.executeQuery()) {
        return answer.next() && !OwnProcess.isGone(answer.getString(4))
            ? Optional.of(new Holder(answer.getString(1), answer.getString(2), answer.getString(3)))
            : Optional.empty();
      }
    }
  }

  private static void lock(Connection connection, String host) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT 1 FROM lease WHERE host = ? FOR UPDATE")) {
      lock.setString(1, host);
      lock.execute();
    }
  }

  /** The token that a run has for a host. */
  OptionalLong token(String run, String host) {
    Long token = tokens.get(key(run, host));
    return token == null ? OptionalLong.empty() : OptionalLong.of(token);
  }

  /** Gives a lease back; one that another run took stays there. */
  void release(String run, String host) {
    Long token = tokens.remove(key(run, host));
    if (token == null) {
      return;
    }
    database.update(
        "UPDATE lease SET run = NULL WHERE host = ? AND run = ? AND token = ?", host, run, token);
  }

  private static HearthException taken(String host, Holder holder, Duration patience) {
    return Diagnostic.error(ExitCode.LOCKED, host + ": another run is changing this host")
        .because(
            "run %s of %s, since %s, as the store has it%s"
                .formatted(
                    holder.run(),
                    holder.who(),
                    holder.since(),
                    patience.isZero() ? "" : "; waited " + patience.toSeconds() + " s"))
        .next("wait for its end: --wait-lock SECONDS; one that is gone loses its lease in a minute")
        .failure();
  }

  /** Why a run may write no more about a host. */
  HearthException lost(String host) {
    Optional<Holder> holder =
        database.statement(
            connection -> {
              try (PreparedStatement ask =
                  connection.prepareStatement(
                      "SELECT coalesce(run, ''), who,"
                          + " to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                          + " FROM lease WHERE host = ?")) {
                ask.setString(1, host);
                try (ResultSet answer = ask.executeQuery()) {
                  return answer.next()
                      ? Optional.of(
                          new Holder(answer.getString(1), answer.getString(2), answer.getString(3)))
                      : Optional.empty();
                }
              }
            });
    return Diagnostic.error(ExitCode.LOCKED, host + ": this run has lost its lease of the host")
        .because(
            "the store had no sign of life of it for a minute"
                + holder
                    .map(
                        by ->
                            by.run().isEmpty()
                                ? ", and " + by.who() + " had the host since"
                                : ", and run %s of %s has the host since %s"
                                    .formatted(by.run(), by.who(), by.since()))
                    .orElse("")
                + "; this run changes nothing more there")
        .next("when the other run has ended, continue this one: hearth resume")
        .failure();
  }

  private static String key(String run, String host) {
    return run + " " + host;
  }
}
