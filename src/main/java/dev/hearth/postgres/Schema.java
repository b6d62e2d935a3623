package dev.hearth.postgres;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables, and the number of their layout. */
final class Schema {

  /** The newest layout that this program knows, and the one that it makes. */
  static final int FORMAT = 1;

  private static final String NAME = "[a-z_][a-z0-9_]{0,50}";

  private static final String TABLES =
      """
      CREATE TABLE format (version integer NOT NULL);
      INSERT INTO format VALUES (1);
      CREATE TABLE run (
        name text PRIMARY KEY,
        process text NOT NULL,
        alive_until timestamptz
      );
      CREATE TABLE record (
        run text NOT NULL REFERENCES run,
        host text NOT NULL,
        number integer NOT NULL,
        line text NOT NULL,
        PRIMARY KEY (run, host, number)
      );
      CREATE TABLE lease (
        host text PRIMARY KEY,
        token bigint NOT NULL,
        run text REFERENCES run,
        who text NOT NULL,
        since timestamptz NOT NULL
      );
      CREATE TABLE receipt (
        host text PRIMARY KEY,
        content bytea NOT NULL
      );
      """;

  private Schema() {}

  /**
   * Uses the tables of a schema, which are made when there are none.
   *
   * @throws dev.hearth.diag.HearthException when they are of a newer layout, or the name is none
   */
  static void open(Database database, String schema) {
    if (!schema.matches(NAME)) {
      throw Diagnostic.error(ExitCode.INVALID, "'" + schema + "' is no name for the store's schema")
          .next("use small letters, digits and '_', 50 at most, a letter first")
          .failure();
    }
    if (!database.transaction(connection -> exists(connection, schema))) {
      database.transaction(connection -> make(connection, schema));
    }
    int version = database.transaction(connection -> enter(connection, schema));
    if (version > FORMAT) {
      throw Diagnostic.error(ExitCode.INVALID, "the store is newer than this Hearth understands")
          .because(
              "the schema " + schema + " has layout " + version + "; this version knows " + FORMAT)
          .next("use a newer Hearth; nothing was changed")
          .failure();
    }
  }

  /** Asks the tables of the catalogue: what a connection remembers of them may be old. */
  private static boolean exists(Connection connection, String schema) throws SQLException {
    try (PreparedStatement ask =
        connection.prepareStatement(
            "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = 'format'")) {
      ask.setString(1, schema);
      try (ResultSet answer = ask.executeQuery()) {
        return answer.next();
      }
    }
  }

  /** Makes the tables; of two that come at the same time the second finds them. */
  private static boolean make(Connection connection, String schema) throws SQLException {
    execute(connection, "SELECT pg_advisory_xact_lock(hashtext('hearth store'))");
    boolean missing = !exists(connection, schema);
    if (missing) {
      execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema);
      execute(connection, "SET LOCAL search_path TO " + schema);
      execute(connection, TABLES);
    }
    return missing;
  }

  private static int enter(Connection connection, String schema) throws SQLException {
    execute(connection, "SET search_path TO " + schema);
    // A record that is committed is on the disk, whatever else the server is set to.
    execute(connection, "SET synchronous_commit TO on");
    return version(connection);
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement ask = connection.createStatement();
        ResultSet answer = ask.executeQuery("SELECT max(version) FROM format")) {
      answer.next();
      return answer.getInt(1);
    }
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (Statement made = connection.createStatement()) {
      made.execute(statement);
    }
  }
}
