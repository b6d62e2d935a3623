package dev.hearth.postgres;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;

/** One connection to the server, which one thread uses at a time, and what its errors mean. */
final class Database implements AutoCloseable {

  private static final String SECONDS = "30";
  private static final String CONNECT_SECONDS = "10";

  private final Address address;
  private final Connection connection;
  private final ReentrantLock using = new ReentrantLock();

  private Database(Address address, Connection connection) {
    this.address = address;
    this.connection = connection;
  }

  /** Something that is done with the connection. */
  interface Work<T> {

    /** Does it. */
    T with(Connection connection) throws SQLException;
  }

  private interface Action<T> {
    T done() throws SQLException;
  }

  /**
   * Connects.
   *
   * @param password the password; without one the driver looks into {@code ~/.pgpass}
   * @throws HearthException when there is no way, or the server refuses
   */
  static Database connect(Address address, Optional<String> password) {
    Properties properties = new Properties();
    properties.put("user", address.user());
    password.ifPresent(text -> properties.put("password", text));
    address.parameters().forEach(properties::put);
    properties.put("ApplicationName", "hearth");
    properties.put("connectTimeout", CONNECT_SECONDS);
    properties.put("loginTimeout", CONNECT_SECONDS);
    properties.put("socketTimeout", SECONDS);
    properties.put("tcpKeepAlive", "true");
    try {
      Connection made =
          DriverManager.getConnection(
              "jdbc:postgresql://%s:%d/%s"
                  .formatted(
                      address.host(),
                      address.port(),
                      URLEncoder.encode(address.database(), StandardCharsets.UTF_8)),
              properties);
      return new Database(address, made);
    } catch (SQLException failure) {
      throw refused(address, failure);
    }
  }

  /**
   * Does something in one transaction.
   *
   * @throws HearthException when the server fails; nothing of it counts then, unless the connection
   *     broke while the server said that it does
   */
  <T> T transaction(Work<T> work) {
    return alone(
        () -> {
          connection.setAutoCommit(false);
          try {
            T result = work.with(connection);
            connection.commit();
            return result;
          } catch (SQLException | RuntimeException failure) {
            rollback();
            throw failure;
          }
        });
  }

  /** Does one statement, which is a transaction of its own. */
  <T> T statement(Work<T> work) {
    return alone(
        () -> {
          connection.setAutoCommit(true);
          return work.with(connection);
        });
  }

  /** While no other thread does anything; nobody may be stopped half way: the driver breaks off. */
  private <T> T alone(Action<T> action) {
    boolean interrupted = Thread.interrupted();
    using.lock();
    try {
      return action.done();
    } catch (SQLException failure) {
      throw refused(address, failure);
    } finally {
      using.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does one statement that changes rows, and tells how many. */
  int update(String statement, Object... values) {
    return statement(
        connection -> {
          try (PreparedStatement made = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
              made.setObject(i + 1, values[i]);
            }
            return made.executeUpdate();
          }
        });
  }

  /** The first column of what a query finds. */
  List<String> texts(String query, String... values) {
    return statement(
        connection -> {
          try (PreparedStatement ask = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
              ask.setString(i + 1, values[i]);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet answer = ask.executeQuery()) {
              while (answer.next()) {
                texts.add(answer.getString(1));
              }
            }
            return texts;
          }
        });
  }

  private void rollback() {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      // The server takes a transaction back whose connection is gone.
      return;
    }
  }

  /** What an error of the server or of the way to it means for the user. */
  private static HearthException refused(Address address, SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    String why = String.valueOf(failure.getMessage());
    if (state.equals("28P01") || state.equals("28000") || why.contains("no password")) {
      return Diagnostic.error(ExitCode.AUTHENTICATION, "the store refuses the login: " + address)
          .because(why)
          .next(
              "give the password as HEARTH_STORE_PASSWORD, in the file that"
                  + " HEARTH_STORE_PASSWORD_FILE names, or in ~/.pgpass")
          .failure();
    }
    if (state.equals("3D000")) {
      return Diagnostic.error(ExitCode.NOT_FOUND, "the store has no such database: " + address)
          .because(why)
          .next("make it, with this user as its owner: createdb --owner USER DATABASE")
          .failure();
    }
    if (state.equals("42501")) {
      return Diagnostic.error(ExitCode.FAILED, "the store does not let this user in: " + address)
          .because(why)
          .next("let the user own the schema, or create one in the database")
          .failure();
    }
    if (state.startsWith("08") || state.startsWith("57P")) {
      return Diagnostic.error(ExitCode.UNREACHABLE, "the store cannot be reached: " + address)
          .because(why + "; nothing is done that is not written down first")
          .next(
              "check that the server runs and answers there; a run that was under way is continued"
                  + " with: hearth resume")
          .failure();
    }
    return Diagnostic.error(ExitCode.FAILED, "the store failed: " + address)
        .because(why + " (SQLSTATE " + state + "); nothing is done that is not written down first")
        .next("look at the server's log; a run is continued with: hearth resume")
        .failure();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException broken) {
      // It is gone anyway.
      return;
    }
  }
}
