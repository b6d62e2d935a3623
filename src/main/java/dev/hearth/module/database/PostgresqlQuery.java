package dev.hearth.module.database;

import dev.hearth.fact.Fact;
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
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code community.postgresql.postgresql_query}: statements of the user's. A question is asked and
 * its rows come back; what else a statement does is not known before.
 */
public final class PostgresqlQuery implements Module<PostgresqlQuery.Args> {

  /** An answer without rows is told as an empty mapping, as Ansible does. */
  private static final Value NO_ROWS = new Value.Seq(List.of());

  private static final String NOT_ASKED =
      "in check mode no statement is run that may change something";

  private static final Pattern READS =
      Pattern.compile(
          "(?is)(?:select|values|table|with\\b(?!.*\\b(?:insert|update|delete|merge)\\b))\\b.*");

  /** The parameters. */
  @Exclusive({"positional_args", "named_args"})
  public record Args(
      @Arg(doc = "The statement, or several in a list.") Value query,
      @Arg(
              doc = "The database.",
              aliases = {"db"})
          Optional<String> loginDb,
      @Arg(doc = "Values for %s in it, in their order.") List<Value> positionalArgs,
      @Arg(doc = "Values for %(name)s in it.") Map<String, Value> namedArgs,
      @Arg(doc = "Each statement by itself; always done.", defaultsTo = "false") boolean autocommit,
      @Arg(doc = "Schemas that are looked in.") List<String> searchPath,
      @Arg(doc = "How texts are written.") Optional<String> encoding,
      @Inline PostgresLogin login) {

    private String database() {
      return loginDb.orElse("postgres");
    }

    private String path() {
      return searchPath.isEmpty()
          ? ""
          : "SET search_path TO "
              + String.join(", ", searchPath.stream().map(Sql::name).toList())
              + ";\n";
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.postgresql.postgresql_query",
        Args.class,
        "Runs statements of PostgreSQL. Those that plainly ask run in a transaction that only"
            + " reads, in check mode too; others do not run in check mode.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Placeholders values = new Placeholders(want.positionalArgs(), want.namedArgs(), Sql::text);
    List<Value.Textual> texts = new ArrayList<>();
    List<Value.Textual> statements = new ArrayList<>();
    List<Value> given =
        want.query() instanceof Value.Seq list ? list.items() : List.of(want.query());
    for (Value each : given) {
      if (!(each instanceof Value.Textual text)) {
        throw new Refusal("query must be a text or a list of texts");
      }
      texts.add(text);
      statements.add(values.fill(text.with(text.reveal().strip().replaceFirst(";+$", ""))));
    }
    boolean rows = statements.stream().allMatch(PostgresqlQuery::givesRows);
    boolean asks = rows && statements.stream().allMatch(PostgresqlQuery::onlyAsks);
    if (asks) {
      List<Outcome.Exited> answers = answers(want, statements, host);
      if (answers.stream().noneMatch(ReadOnlyAnswer::writes)) {
        Result result = result(texts, statements, answers);
        return result.failed() ? new Verdict.Rejected(result) : Verdict.satisfied(result);
      }
    }
    List<Step> steps = new ArrayList<>();
    for (Value.Textual statement : statements) {
      String text = givesRows(statement) ? rows(statement) : statement.reveal() + ";";
      Script script =
          want.login()
              .script(want.database(), statement.with(want.path() + text), !givesRows(statement));
      steps.add(Step.unknown("run a statement", script));
    }
    return new Verdict.Changes(
        steps,
        List.of(),
        rows ? Result.skip(NOT_ASKED) : Result.changedNow(),
        ends -> result(texts, statements, ends),
        false);
  }

  /** Of each statement until one fails. */
  private static List<Outcome.Exited> answers(
      Args want, List<Value.Textual> statements, Facts host) {
    List<Outcome.Exited> answers = new ArrayList<>();
    for (Value.Textual statement : statements) {
      answers.add(
          host.get(
              ReadOnlyAnswer.postgres(
                  want.login(), want.database(), statement, want.path(), rows(statement))));
      if (!answers.getLast().ok()) {
        break;
      }
    }
    return answers;
  }

  private static String rows(Value.Textual statement) {
    return "SELECT coalesce(json_agg(q), '[]') FROM (" + statement.reveal() + ") q;";
  }

  private static boolean givesRows(Value.Textual statement) {
    return READS.matcher(statement.reveal()).matches()
        && new Question(statement.reveal()).givesRows();
  }

  private static boolean onlyAsks(Value.Textual statement) {
    return new Question(statement.reveal()).onlyAsks();
  }

  private static Result result(
      List<Value.Textual> texts, List<Value.Textual> statements, List<Outcome.Exited> ends) {
    List<Value> all = new ArrayList<>();
    List<Value> counts = new ArrayList<>();
    String status = "";
    boolean changed = false;
    for (int i = 0; i < ends.size(); i++) {
      Outcome.Exited end = ends.get(i);
      if (!end.ok()) {
        return Result.failure("Cannot execute SQL: " + ReadOnlyAnswer.said(end))
            .with("rc", end.code());
      }
      if (givesRows(statements.get(i))) {
        Value rows = JsonReader.read(end.out().strip());
        all.add(rows.equals(NO_ROWS) ? Value.Dict.EMPTY : rows);
        int count = rows instanceof Value.Seq list ? list.items().size() : 0;
        counts.add(Value.number(count));
        status = "SELECT " + count;
      } else {
        all.add(Value.Dict.EMPTY);
        status = end.out().strip().lines().reduce("", (before, line) -> line);
        String number = status.replaceFirst(".* ", "");
        counts.add(Value.number(number.matches("\\d+") ? Long.parseLong(number) : 0));
        changed |= !status.matches("(?:INSERT 0|UPDATE|DELETE|SELECT) ?0?|SHOW|SET");
      }
    }
    return Result.ok()
        .changed(changed)
        .with("query", statements.getLast())
        .with("query_list", new Value.Seq(List.copyOf(texts)))
        .with("statusmessage", status)
        .with("query_result", all.getLast())
        .with("query_all_results", new Value.Seq(all))
        .with(
            "rowcount",
            counts.stream().map(it -> ((Value.Int) it).value().longValue()).reduce(0L, Long::sum));
  }
}
