package dev.hearth.module.database;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;

/**
 * The answer of a server to a question, one JSON value.
 *
 * @param login how to get in
 * @param database which database
 * @param about what it is about, for people
 * @param query gives one column with one JSON value
 */
record PostgresFact(PostgresLogin login, String database, String about, String query)
    implements Fact<Value> {

  private static final String FAILED = "cannot ask PostgreSQL: ";

  /** What the client library itself said of a failure of such a question. */
  static String said(UnreadableFact failure) {
    return String.valueOf(failure.getMessage())
        .replaceFirst("^" + FAILED + "(?:psql: error: )?", "");
  }

  @Override
  public String key() {
    return "postgres " + about;
  }

  @Override
  public Script probe() {
    return login.script(database, Value.text(query + ";"), false);
  }

  @Override
  public Value parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(FAILED + answer.err().strip());
    }
    String text = answer.out().strip();
    return text.isEmpty() ? Value.NULL : JsonReader.read(text);
  }
}
