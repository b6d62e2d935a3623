package dev.hearth.module.database;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code community.mysql.mysql_query}: statements of the user's. A question is asked and its rows
 * come back; what else a statement does is not known before.
 */
public final class MysqlQuery implements Module<MysqlQuery.Args> {

  private static final String MARK = "=-=hearth=-=";
  private static final Pattern READS =
      Pattern.compile(
          "(?is)\\s*(?:select|show|(?:describe|desc|explain)(?!\\s+analyze)|values|table)\\b.*");
  private static final Pattern ROWS =
      Pattern.compile("(?is)\\s*(?:insert|update|delete|replace)\\b.*");
  private static final Pattern TABLES =
      Pattern.compile("(?is)\\s*(?:create|drop|alter|rename|truncate)\\b.*");

  /** The parameters. */
  @Exclusive({"named_args", "positional_args"})
  public record Args(
      @Arg(doc = "The statement, or several in a list.") Value query,
      @Arg(doc = "The database.") Optional<String> loginDb,
      @Arg(doc = "Values for %s in them.") List<Value> positionalArgs,
      @Arg(doc = "Values for %(name)s in them.") Map<String, Value> namedArgs,
      @Arg(doc = "All statements or none.", defaultsTo = "false") boolean singleTransaction,
      @Inline MysqlLogin login) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.mysql.mysql_query",
        Args.class,
        "Runs statements of MySQL and MariaDB. Those that plainly ask run in a transaction that"
            + " only reads, in check mode too; others do not run in check mode. The client tells no"
            + " types: cells that look like whole numbers come back as numbers, all others as"
            + " texts.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Placeholders values =
        new Placeholders(want.positionalArgs(), want.namedArgs(), MysqlLogin::text);
    List<Value.Textual> statements = new ArrayList<>();
    for (Value each :
        want.query() instanceof Value.Seq list ? list.items() : List.of(want.query())) {
      if (!(each instanceof Value.Textual text)) {
        throw new Refusal("the query option value must be a string or list of strings");
      }
      statements.add(values.fill(text.with(text.reveal().strip().replaceFirst(";+$", ""))));
    }
    boolean reads =
        statements.stream()
            .map(Value.Textual::reveal)
            .allMatch(each -> READS.matcher(each).matches() && new Question(each).onlyAsks());
    boolean secret = statements.stream().anyMatch(Value.Secret.class::isInstance);
    if (reads) {
      String shown = String.join("; ", statements.stream().map(Value.Textual::reveal).toList());
      Outcome.Exited answer =
          host.get(
              new ReadOnlyAnswer(
                  text(shown, secret),
                  script(want, statements, "START TRANSACTION READ ONLY;\n", secret)));
      if (!ReadOnlyAnswer.writes(answer)) {
        Result result = result(statements, answer);
        return result.failed() ? new Verdict.Rejected(result) : Verdict.satisfied(result);
      }
    }
    String begin = want.singleTransaction() ? "START TRANSACTION;\n" : "";
    return new Verdict.Changes(
        List.of(
            Step.unknown(
                "run statements of the database", script(want, statements, begin, secret))),
        List.of(),
        Result.skip("statements are not run in check mode"),
        ends -> result(statements, ends.getLast()),
        false);
  }

  private static Value.Textual text(String text, boolean secret) {
    return secret ? new Value.Secret(text) : Value.text(text);
  }

  private static Script script(
      Args want, List<Value.Textual> statements, String begin, boolean secret) {
    StringBuilder all = new StringBuilder(begin);
    for (Value.Textual statement : statements) {
      all.append(statement.reveal())
          .append(";\nSELECT '" + MARK + "' AS '" + MARK + "', ROW_COUNT() AS 'rows';\n");
    }
    all.append(begin.isEmpty() ? "" : "COMMIT;\n");
    Value.Textual text = text(all.toString(), secret);
    return want.loginDb()
        .map(database -> want.login().access().statements(text, "--database=" + database))
        .orElseGet(() -> want.login().access().statements(text));
  }

  private static Result result(List<Value.Textual> statements, Outcome.Exited end) {
    if (!end.ok()) {
      return Result.failure("Cannot execute SQL: " + end.err().strip()).with("rc", end.code());
    }
    List<Value> results = new ArrayList<>();
    List<Value> counts = new ArrayList<>();
    boolean changed = false;
    List<String> lines = new ArrayList<>();
    for (String line : end.out().lines().toList()) {
      if (line.equals(MARK + "\trows")) {
        continue;
      }
      if (!line.startsWith(MARK + "\t")) {
        lines.add(line);
        continue;
      }
      String statement = statements.get(results.size()).reveal();
      long count = Long.parseLong(line.substring(MARK.length() + 1));
      List<Value> rows = rows(lines);
      counts.add(Value.number(lines.isEmpty() ? Math.max(count, 0) : rows.size()));
      results.add(new Value.Seq(rows));
      changed |=
          ROWS.matcher(statement).matches() && count > 0 || TABLES.matcher(statement).matches();
      lines.clear();
    }
    return Result.ok()
        .changed(changed)
        .with("executed_queries", new Value.Seq(List.copyOf(statements)))
        .with("query_result", new Value.Seq(results))
        .with("rowcount", new Value.Seq(counts));
  }

  private static List<Value> rows(List<String> lines) {
    List<Value> rows = new ArrayList<>();
    if (lines.isEmpty()) {
      return rows;
    }
    String[] names = lines.getFirst().split("\t", -1);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      Map<String, Value> row = new LinkedHashMap<>();
      for (int i = 0; i < names.length && i < cells.length; i++) {
        row.put(MysqlRows.plain(names[i]), cell(cells[i]));
      }
      rows.add(Value.Dict.ofTexts(row));
    }
    return rows;
  }

  private static Value cell(String text) {
    if (text.equals("NULL")) {
      return Value.NULL;
    }
    return text.matches("-?(0|[1-9]\\d{0,18})") && !text.equals("-0")
        ? new Value.Int(new BigInteger(text))
        : Value.text(MysqlRows.plain(text));
  }
}
