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
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
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
              doc =
                  "Whether it is there; `dump` writes it to target, `restore` reads that, `rename`"
                      + " gives it the name target.",
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
      @Arg(doc = "Who keeps the locale, `icu` or `libc`; from PostgreSQL 15 on.")
          Optional<String> localeProvider,
      @Arg(doc = "The locale of ICU; from PostgreSQL 15 on.") Optional<String> icuLocale,
      @Arg(doc = "End its connections before it is removed.", defaultsTo = "false") boolean force,
      @Arg(doc = "The database to connect to meanwhile.", defaultsTo = "postgres")
          String maintenanceDb,
      @Arg(
              doc =
                  "The file of a dump, written as its ending says: `.tar`, `.pgc`, `.dir`, `.gz`,"
                      + " `.bz2`, `.xz`, or statements; or the new name.")
          Optional<String> target,
      @Arg(
              doc =
                  "Further options of pg_dump, psql or pg_restore. A restore ends at the first"
                      + " statement that fails; `--set=ON_ERROR_STOP=0` lets psql go on.")
          Optional<String> targetOpts,
      @Arg(doc = "Further options of pg_dump.") Optional<String> dumpExtraArgs,
      @Inline PostgresLogin login) {

    /** What is empty is not said. */
    public Args {
      owner = said(owner);
      encoding = said(encoding);
      lcCollate = said(lcCollate);
      lcCtype = said(lcCtype);
      template = said(template);
      tablespace = said(tablespace);
      localeProvider = said(localeProvider);
      icuLocale = said(icuLocale);
      target = said(target);
    }

    private static Optional<String> said(Optional<String> given) {
      return given.filter(text -> !text.isEmpty());
    }

    private boolean files() {
      return state.equals("dump") || state.equals("restore");
    }

    private String wantedTarget() {
      return target.orElseThrow(
          () -> new Refusal("with state=" + state + " the parameter target is required"));
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.postgresql.postgresql_db",
        Args.class,
        "Makes and removes databases of PostgreSQL.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.files() ? List.of() : List.of(fact(want, want.name()));
  }

  /** Columns that only some versions have are looked up by their names. */
  private static PostgresFact fact(Args want, String name) {
    return new PostgresFact(
        want.login(),
        want.maintenanceDb(),
        "database " + name,
        "SELECT row_to_json(d) FROM (SELECT pg_catalog.pg_get_userbyid(datdba) AS owner,"
            + " pg_catalog.pg_encoding_to_char(encoding) AS encoding, datcollate AS lc_collate,"
            + " datctype AS lc_ctype, datconnlimit AS conn_limit, spcname AS tablespace,"
            + " coalesce(to_json(b) ->> 'datlocale', to_json(b) ->> 'daticulocale') AS icu_locale,"
            + " CASE to_json(b) ->> 'datlocprovider' WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu'"
            + " WHEN 'b' THEN 'builtin' END AS locale_provider,"
            + " shobj_description(b.oid, 'pg_database') AS comment FROM pg_catalog.pg_database b"
            + " JOIN pg_catalog.pg_tablespace t ON t.oid = dattablespace WHERE datname = "
            + Sql.text(name)
            + ") d");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Result result = Result.ok().with("db", want.name()).with("executed_commands", texts(List.of()));
    return switch (want.state()) {
      case "dump" -> dump(want).write(want.dumpExtraArgs().orElse(""), host, result);
      case "restore" -> dump(want).read(host, result);
      case "rename" -> rename(want, host, result);
      case "absent" -> absent(want, host, result);
      default ->
          host.get(fact(want, want.name())) instanceof Value.Dict known
              ? change(want, known, result)
              : create(want, result);
    };
  }

  private static PostgresDump dump(Args want) {
    return new PostgresDump(
        want.login(), want.name(), want.wantedTarget(), want.targetOpts().orElse(""));
  }

  private static Verdict rename(Args want, Facts host, Result result) {
    String target = want.wantedTarget();
    if (target.equals(want.name()) || want.name().equals(want.maintenanceDb())) {
      throw new Refusal(
          "a database is renamed to another name, and while connected to another database: name,"
              + " target and maintenance_db must differ");
    }
    boolean source = host.get(fact(want, want.name())) instanceof Value.Dict;
    boolean renamed = host.get(fact(want, target)) instanceof Value.Dict;
    if (source == renamed) {
      throw new Refusal(
          source
              ? "Both the source and the target databases exist."
              : "The source and the target databases do not exist.");
    }
    if (renamed) {
      return Verdict.satisfied(result);
    }
    String there = Sql.name(want.name());
    return one(
        want,
        "rename the database " + want.name() + " to " + target,
        List.of("ALTER DATABASE " + there + " RENAME TO " + Sql.name(target)),
        back(
            want,
            "give the database " + want.name() + " its name back",
            List.of("ALTER DATABASE " + Sql.name(target) + " RENAME TO " + there)),
        Map.of("name", Value.text(want.name())),
        Map.of("name", Value.text(target)),
        result);
  }

  private static Verdict absent(Args want, Facts host, Result result) {
    return host.get(fact(want, want.name())) instanceof Value.Dict
        ? one(
            want,
            "remove the database " + want.name(),
            List.of(
                "DROP DATABASE " + Sql.name(want.name()) + (want.force() ? " WITH (FORCE)" : "")),
            new Undo.Impossible("what was in the database is gone"),
            Map.of("exists", Value.bool(true)),
            Map.of("exists", Value.bool(false)),
            result)
        : Verdict.satisfied(result);
  }

  private static Verdict create(Args want, Result result) {
    String name = Sql.name(want.name());
    StringBuilder create = new StringBuilder("CREATE DATABASE " + name);
    want.owner().ifPresent(it -> create.append(" OWNER ").append(Sql.name(it)));
    want.template().ifPresent(it -> create.append(" TEMPLATE ").append(Sql.name(it)));
    want.encoding().ifPresent(it -> create.append(" ENCODING ").append(Sql.text(it)));
    want.lcCollate().ifPresent(it -> create.append(" LC_COLLATE ").append(Sql.text(it)));
    want.lcCtype().ifPresent(it -> create.append(" LC_CTYPE ").append(Sql.text(it)));
    want.icuLocale().ifPresent(it -> create.append(" ICU_LOCALE ").append(Sql.text(it)));
    want.localeProvider().ifPresent(it -> create.append(" LOCALE_PROVIDER ").append(Sql.text(it)));
    want.tablespace().ifPresent(it -> create.append(" TABLESPACE ").append(Sql.name(it)));
    want.connLimit().ifPresent(it -> create.append(" CONNECTION LIMIT ").append(it));
    List<String> statements = new ArrayList<>(List.of(create.toString()));
    want.comment().ifPresent(it -> statements.add(commentOn(name, Value.text(it))));
    return one(
        want,
        "make the database " + want.name(),
        statements,
        back(want, "remove the database " + want.name(), List.of("DROP DATABASE " + name)),
        Map.of("exists", Value.bool(false)),
        Map.of("exists", Value.bool(true)),
        result);
  }

  private static Verdict change(Args want, Value.Dict known, Result result) {
    String name = Sql.name(want.name());
    fixed("encoding", want.encoding().map(PostgresqlDb::plain), known);
    fixed("lc_collate", want.lcCollate(), known);
    fixed("lc_ctype", want.lcCtype(), known);
    fixed("icu_locale", want.icuLocale(), known);
    fixed("locale_provider", want.localeProvider(), known);
    Alterations all = new Alterations(known);
    String alter = "ALTER DATABASE " + name;
    all.alter("owner", want.owner().map(Value::text), it -> alter + " OWNER TO " + named(it));
    all.alter(
        "conn_limit",
        want.connLimit().map(Value::number),
        it -> alter + " CONNECTION LIMIT " + ((Value.Int) it).value());
    all.alter(
        "tablespace",
        want.tablespace().map(Value::text),
        it -> alter + " SET TABLESPACE " + named(it));
    boolean silent = Value.NULL.equals(all.before("comment"));
    all.alter(
        "comment",
        want.comment().filter(text -> !silent || !text.isEmpty()).map(Value::text),
        it -> commentOn(name, it));
    return all.none()
        ? Verdict.satisfied(result)
        : one(
            want,
            "change the database " + want.name(),
            all.forth(),
            back(want, "put back the database " + want.name(), all.back()),
            all.before(),
            all.after(),
            result);
  }

  private static String named(Value name) {
    return Sql.name(((Value.Textual) name).reveal());
  }

  /** The server writes {@code UTF8}. */
  private static String plain(String encoding) {
    return encoding.toUpperCase(Locale.ROOT).replace("-", "");
  }

  private static void fixed(String what, Optional<String> wanted, Value.Dict known) {
    @Nullable Value now = known.get(what);
    if (wanted.isPresent() && !Value.text(wanted.get()).equals(now)) {
      throw new Refusal(
          "Changing "
              + what
              + " is not supported. Current: "
              + (now instanceof Value.Textual text ? text.reveal() : "unknown"));
    }
  }

  private static Undo back(Args want, String what, List<String> statements) {
    return new Undo.Run(what, script(want, statements));
  }

  private static Script script(Args want, List<String> statements) {
    return want.login()
        .script(want.maintenanceDb(), Value.text(String.join(";\n", statements) + ";"), false);
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
        List.of(Step.change(what, script(want, statements), undo)),
        List.of(new Diff.Properties(before, after)),
        result.changed(true).with("executed_commands", texts(statements)));
  }

  private static String commentOn(String name, Value comment) {
    return "COMMENT ON DATABASE "
        + name
        + " IS "
        + (comment instanceof Value.Textual text ? Sql.text(text.reveal()) : "NULL");
  }

  private static Value texts(List<String> statements) {
    return new Value.Seq(statements.stream().<Value>map(Value::text).toList());
  }
}
