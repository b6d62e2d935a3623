package dev.hearth.module.database;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows that a server of MySQL or MariaDB answers.
 *
 * @param access how to get in
 * @param about what it is about, for people
 * @param query asks for them
 */
record MysqlRows(MysqlAccess access, String about, String query)
    implements Fact<List<List<String>>> {

  /** SQLSTATE of statements that the server does not take from somebody who is in. */
  private static final Pattern DENIED = Pattern.compile("ERROR \\d+ \\(42");

  @Override
  public String key() {
    return "mysql " + about;
  }

  @Override
  public Script probe() {
    return access.statements(Value.text(query + ";"), "--skip-column-names");
  }

  @Override
  public List<List<String>> parse(Outcome.Exited answer) {
    if (!answer.ok() && DENIED.matcher(answer.err()).find()) {
      throw new UnreadableFact("the server does not answer: " + answer.err().strip());
    }
    if (!answer.ok()) {
      throw new UnreadableFact(
          "the server lets nobody in; correct login_user and login_password, or what "
              + access.login().configFile()
              + " says: "
              + answer.err().strip());
    }
    return answer
        .out()
        .lines()
        .map(line -> Arrays.stream(line.split("\t", -1)).map(MysqlRows::plain).toList())
        .toList();
  }

  /** Undoes the escapes of the client's batch mode. */
  static String plain(String cell) {
    if (cell.indexOf('\\') < 0) {
      return cell;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == '\\' && i + 1 < cell.length()) {
        char next = cell.charAt(++i);
        text.append(
            switch (next) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case '0' -> '\0';
              default -> next;
            });
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
