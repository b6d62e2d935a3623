package dev.hearth.run;

import dev.hearth.connection.Connection;
import dev.hearth.connection.Connector;
import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection for each target open until the run ends; only one task at a time uses it.
 */
final class Sessions implements AutoCloseable {

  private final Connector ssh;
  private final Connector local;
  private final Freshness freshness;
  private final Map<Target, Line> lines = new HashMap<>();
  private final Map<String, Integer> roundTrips = new ConcurrentHashMap<>();

  /**
   * @param freshness how long what was read of hosts can be believed
   */
  Sessions(Connector ssh, Connector local, Freshness freshness) {
    this.ssh = ssh;
    this.local = local;
    this.freshness = freshness;
  }

  /** Whether what was read of hosts before can be believed. */
  Freshness freshness() {
    return freshness;
  }

  /** Does something with the connection to a host, which is opened when it is not open yet. */
  <T> T with(Manner manner, Function<Session, T> work) {
    Target target = manner.target();
    Line line;
    synchronized (lines) {
      line = lines.computeIfAbsent(target, key -> new Line());
    }
    line.lock.lock();
    try {
      if (line.connection != null && !line.connection.open()) {
        // Lost between two tasks: nothing was under manner, so nothing is in doubt.
        line.hangUp();
      }
      if (line.connection == null) {
        line.connection = connector(target).connect(target);
      }
      return counted(
          line.connection,
          new Session(line.connection, manner, line.ahead(manner, freshness)),
          work);
    } catch (Unreachable broken) {
      line.hangUp();
      throw broken;
    } finally {
      line.lock.unlock();
    }
  }

  private <T> T counted(Connection connection, Session session, Function<Session, T> work) {
    int before = connection.roundTrips();
    try {
      return work.apply(session);
    } finally {
      roundTrips.merge(session.host(), connection.roundTrips() - before, Integer::sum);
    }
  }

  /** How often the run has waited for answers of a host so far. */
  int roundTrips(String host) {
    return roundTrips.getOrDefault(host, 0);
  }

  /**
   * Closes the connection to a target; the next use opens a new one ({@code meta:
   * reset_connection}).
   */
  void reset(Target target) {
    Line line;
    synchronized (lines) {
      line = lines.get(target);
    }
    if (line != null) {
      line.lock.lock();
      try {
        line.hangUp();
      } finally {
        line.lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    List<Line> all;
    synchronized (lines) {
      all = new ArrayList<>(lines.values());
      lines.clear();
    }
    all.forEach(Line::hangUp);
  }

  private Connector connector(Target target) {
    return switch (target.kind()) {
      case SSH -> ssh;
      case LOCAL -> local;
    };
  }

  /** A target's connection, if it is open. */
  private static final class Line {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Manner, ReadAhead> ahead = new HashMap<>();
    private @Nullable Connection connection;

    ReadAhead ahead(Manner manner, Freshness freshness) {
      return ahead.computeIfAbsent(manner, each -> new ReadAhead(freshness, System::nanoTime));
    }

    void hangUp() {
      Connection open = connection;
      connection = null;
      ahead.clear();
      if (open != null) {
        open.close();
      }
    }
  }
}
