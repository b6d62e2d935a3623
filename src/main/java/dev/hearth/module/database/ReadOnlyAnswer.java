package dev.hearth.module.database;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says to statements that seem to ask only, in a transaction in which it changes
 * nothing. Where a view or a function behind them writes, it refuses them and nothing has happened.
 *
 * @param statement for people
 * @param probe asks it
 */
record ReadOnlyAnswer(Value.Textual statement, Script probe) implements Fact<Outcome.Exited> {

  /** SQLSTATE 25006, as psql tells it when it is verbose and as the clients of MySQL do. */
  private static final Pattern WRITES = Pattern.compile(":  25006: |\\(25006\\)");

  private static final Pattern CODE = Pattern.compile("(:  )[0-9A-Z]{5}: ([^\n]*)[\\s\\S]*");

  /** Of PostgreSQL. */
  static ReadOnlyAnswer postgres(
      PostgresLogin login, String database, Value.Textual statement, String path, String rows) {
    String text =
        "\\set VERBOSITY verbose\n"
            + path
            + "BEGIN TRANSACTION READ ONLY;\n"
            + rows
            + "\nROLLBACK;";
    return new ReadOnlyAnswer(statement, login.script(database, statement.with(text), false));
  }

  @Override
  public String key() {
    return "answer to " + (statement instanceof Value.Secret ? "a secret" : statement.reveal());
  }

  @Override
  public Outcome.Exited parse(Outcome.Exited answer) {
    return answer;
  }

  /** Whether the server refused it because it would change something. */
  static boolean writes(Outcome.Exited answer) {
    return !answer.ok() && WRITES.matcher(answer.err()).find();
  }

  /** What went wrong, without the code of the error and the place in the server's source. */
  static String said(Outcome.Exited answer) {
    Matcher code = CODE.matcher(answer.err().strip());
    return code.replaceFirst("$1$2");
  }
}
