package dev.hearth.module.database;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code community.postgresql.postgresql_db}: a database of PostgreSQL. */
public final class PostgresqlDb implements Module<PostgresqlDb.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The database.",
              aliases = {"db"})
          String name,
      @Arg(
              doc = "Whether it is there; dump, rename and restore are refused.",
              choices = {"absent", "dump", "present", "rename", "restore"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Whose it is.") Optional<String> owner,
      @Arg(doc = "How its texts are written, `UTF-8`.") Optional<String> encoding,
      @Arg(doc = "How texts are sorted.") Optional<String> lcCollate,
      @Arg(doc = "What counts as a letter.") Optional<String> lcCtype,
      @Arg(doc = "The database that it is copied from.") Optional<String> template,
      @Arg(doc = "Where it is kept.") Optional<String> tablespace,
      @Arg(doc = "Most connections; -1 for any number.") Optional<Integer> connLimit,
      @Arg(doc = "A comment.") Optional<String> comment,
      @Arg(doc = "Who keeps the locale; refused.") Optional<String> localeProvider,
      @Arg(doc = "The locale of ICU; refused.") Optional<String> icuLocale,
      @Arg(doc = "End its connections before it is removed.", defaultsTo = "false") boolean force,
      @Arg(doc = "The database to connect to meanwhile.", defaultsTo = "postgres")
          String maintenanceDb,
      @Arg(doc = "The file of a dump; refused.") Optional<String> target,
      @Arg(doc = "Options of a dump; refused.") Optional<String> targetOpts,
      @Arg(doc = "Options of a dump; refused.") Optional<String> dumpExtraArgs,
      @Inline PostgresLogin login) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.postgresql.postgresql_db",
        Args.class,
        "Makes and removes databases of PostgreSQL.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static PostgresFact fact(Args want) {
    return new PostgresFact(
        want.login(),
        want.maintenanceDb(),
        "database " + want.name(),
        "SELECT row_to_json(d) FROM (SELECT pg_catalog.pg_get_userbyid(datdba) AS owner,"
            + " pg_catalog.pg_encoding_to_char(encoding) AS encoding, datcollate AS lc_collate,"
            + " datctype AS lc_ctype, datconnlimit AS conn_limit, shobj_description(oid,"
            + " 'pg_database') AS comment FROM pg_catalog.pg_database WHERE datname = "
            + Sql.text(want.name())
            + ") d");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!List.of("absent", "present").contains(want.state())
        || want.localeProvider().isPresent()
        || want.icuLocale().isPresent()) {
      throw new Refusal(
          "dump, restore, rename, locale_provider and icu_locale are not supported; use pg_dump and"
              + " psql in a command task");
    }
    Value now = host.get(fact(want));
    String name = Sql.name(want.name());
    Result result = Result.ok().with("db", want.name()).with("executed_commands", texts(List.of()));
    if (want.state().equals("absent")) {
      return now instanceof Value.Dict
          ? one(
              want,
              "remove the database " + want.name(),
              List.of("DROP DATABASE " + name + (want.force() ? " WITH (FORCE)" : "")),
              new Undo.Impossible("what was in the database is gone"),
              Map.of("exists", Value.bool(true)),
              Map.of("exists", Value.bool(false)),
              result)
          : Verdict.satisfied(result);
    }
    if (now instanceof Value.Dict known) {
      return change(want, known, result);
    }
    StringBuilder create = new StringBuilder("CREATE DATABASE " + name);
    want.owner().ifPresent(it -> create.append(" OWNER ").append(Sql.name(it)));
    want.template().ifPresent(it -> create.append(" TEMPLATE ").append(Sql.name(it)));
    want.encoding().ifPresent(it -> create.append(" ENCODING ").append(Sql.text(it)));
    want.lcCollate().ifPresent(it -> create.append(" LC_COLLATE ").append(Sql.text(it)));
    want.lcCtype().ifPresent(it -> create.append(" LC_CTYPE ").append(Sql.text(it)));
    want.tablespace().ifPresent(it -> create.append(" TABLESPACE ").append(Sql.name(it)));
    want.connLimit().ifPresent(it -> create.append(" CONNECTION LIMIT ").append(it));
    List<String> statements = new ArrayList<>(List.of(create.toString()));
    want.comment().ifPresent(it -> statements.add(commentOn(name, Value.text(it))));
    return one(
        want,
        "make the database " + want.name(),
        statements,
        new Undo.Run(
            "remove the database " + want.name(),
            want.login()
                .script(want.maintenanceDb(), Value.text("DROP DATABASE " + name + ";"), false)),
        Map.of("exists", Value.bool(false)),
        Map.of("exists", Value.bool(true)),
        result);
  }

  private static Verdict change(Args want, Value.Dict known, Result result) {
    String name = Sql.name(want.name());
    fixed("encoding", want.encoding().map(PostgresqlDb::plain), known.get("encoding"));
    fixed("lc_collate", want.lcCollate(), known.get("lc_collate"));
    fixed("lc_ctype", want.lcCtype(), known.get("lc_ctype"));
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    List<String> forth = new ArrayList<>();
    List<String> back = new ArrayList<>();
    if (want.owner().isPresent() && !Value.text(want.owner().get()).equals(known.get("owner"))) {
      before.put("owner", known.entries().getOrDefault(Value.text("owner"), Value.NULL));
      after.put("owner", Value.text(want.owner().get()));
      forth.add("ALTER DATABASE " + name + " OWNER TO " + Sql.name(want.owner().get()));
      if (known.get("owner") instanceof Value.Textual owner) {
        back.add("ALTER DATABASE " + name + " OWNER TO " + Sql.name(owner.reveal()));
      }
    }
    if (want.connLimit().isPresent()
        && !Value.number(want.connLimit().get()).equals(known.get("conn_limit"))) {
      before.put("conn_limit", known.entries().getOrDefault(Value.text("conn_limit"), Value.NULL));
      after.put("conn_limit", Value.number(want.connLimit().get()));
      forth.add("ALTER DATABASE " + name + " CONNECTION LIMIT " + want.connLimit().get());
      if (known.get("conn_limit") instanceof Value.Int limit) {
        back.add("ALTER DATABASE " + name + " CONNECTION LIMIT " + limit.value());
      }
    }
    Value remark = known.entries().getOrDefault(Value.text("comment"), Value.NULL);
    if (want.comment().isPresent() && !Value.text(want.comment().get()).equals(remark)) {
      before.put("comment", remark);
      after.put("comment", Value.text(want.comment().get()));
      forth.add(commentOn(name, Value.text(want.comment().get())));
      back.add(commentOn(name, remark));
    }
    if (forth.isEmpty()) {
      return Verdict.satisfied(result);
    }
    return one(
        want,
        "change the database " + want.name(),
        forth,
        new Undo.Run(
            "put back the database " + want.name(),
            want.login().script(want.maintenanceDb(), Value.text(joined(back)), false)),
        before,
        after,
        result);
  }

  /** The server writes {@code UTF8}. */
  private static String plain(String encoding) {
    return encoding.toUpperCase(Locale.ROOT).replace("-", "");
  }

  private static void fixed(String what, Optional<String> wanted, @Nullable Value now) {
    if (wanted.isPresent() && !Value.text(wanted.get()).equals(now)) {
      throw new Refusal(
          "Changing "
              + what
              + " is not supported. Current: "
              + (now instanceof Value.Textual text ? text.reveal() : "unknown"));
    }
  }

  private static Verdict one(
      Args want,
      String what,
      List<String> statements,
      Undo undo,
      Map<String, Value> before,
      Map<String, Value> after,
      Result result) {
    return Verdict.changes(
        List.of(
            Step.change(
                what,
                want.login().script(want.maintenanceDb(), Value.text(joined(statements)), false),
                undo)),
        List.of(new Diff.Properties(before, after)),
        result.changed(true).with("executed_commands", texts(statements)));
  }

  private static String commentOn(String name, Value comment) {
    return "COMMENT ON DATABASE "
        + name
        + " IS "
        + (comment instanceof Value.Textual text ? Sql.text(text.reveal()) : "NULL");
  }

  private static String joined(List<String> statements) {
    return String.join(";\n", statements) + ";";
  }

  private static Value texts(List<String> statements) {
    return new Value.Seq(statements.stream().<Value>map(Value::text).toList());
  }
}
