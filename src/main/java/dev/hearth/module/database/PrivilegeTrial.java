package dev.hearth.module.database;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.List;

/**
 * Whether statements would change any privileges: they are run in a transaction that is taken back,
 * and what the server keeps of privileges is compared. Nothing stays.
 *
 * @param login how to get in
 * @param database which database
 * @param about what it is about, for people
 * @param table what holds the privileges: a list of rows as one text
 * @param statements that are tried
 */
record PrivilegeTrial(
    PostgresLogin login, String database, String about, String table, String statements)
    implements Fact<Boolean> {

  @Override
  public String key() {
    return "postgres trial " + about;
  }

  @Override
  public Script probe() {
    String state = "SELECT md5(coalesce((" + table + "), ''));\n";
    return login.script(
        database, Value.text("BEGIN;\n" + state + statements + "\n" + state + "ROLLBACK;"), false);
  }

  @Override
  public Boolean parse(Outcome.Exited answer) {
    List<String> sums = answer.out().lines().filter(line -> line.matches("[0-9a-f]{32}")).toList();
    if (!answer.ok() || sums.size() != 2) {
      throw new UnreadableFact("cannot set the privileges: " + answer.err().strip());
    }
    return !sums.getFirst().equals(sums.getLast());
  }
}
