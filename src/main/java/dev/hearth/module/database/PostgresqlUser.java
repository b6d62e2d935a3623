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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code community.postgresql.postgresql_user}: a role of PostgreSQL. */
public final class PostgresqlUser implements Module<PostgresqlUser.Args> {

  private static final Map<String, String> FLAGS =
      Map.of(
          "SUPERUSER", "rolsuper",
          "CREATEROLE", "rolcreaterole",
          "CREATEDB", "rolcreatedb",
          "INHERIT", "rolinherit",
          "LOGIN", "rolcanlogin",
          "REPLICATION", "rolreplication",
          "BYPASSRLS", "rolbypassrls");

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The role.",
              aliases = {"user"})
          String name,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Its password, or its digest.") Optional<Value.Textual> password,
      @Arg(doc = "Keep it as a digest; the server always does.", defaultsTo = "true")
          boolean encrypted,
      @Arg(doc = "Leave the password of a role that is there.", defaultsTo = "false")
          boolean noPasswordChanges,
      @Arg(doc = "Its rights, `CREATEDB,NOSUPERUSER`.") Optional<String> roleAttrFlags,
      @Arg(doc = "When the password ends; `infinity` for never.") Optional<String> expires,
      @Arg(doc = "Most connections; -1 for any number.") Optional<Integer> connLimit,
      @Arg(doc = "A comment.") Optional<String> comment,
      @Arg(doc = "Settings of the role; refused.") Map<String, Value> configuration,
      @Arg(doc = "Means nothing without those.", defaultsTo = "true")
          boolean quoteConfigurationValues,
      @Arg(doc = "Means nothing without those.", defaultsTo = "false")
          boolean resetUnspecifiedConfiguration,
      @Arg(
              doc = "A role that owns something is not removed; that fails.",
              aliases = {"fail_on_role"},
              defaultsTo = "true")
          boolean failOnUser,
      @Arg(
              doc = "The database to connect to.",
              aliases = {"db"})
          Optional<String> loginDb,
      @Inline PostgresLogin login) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.postgresql.postgresql_user",
        Args.class,
        "Makes and removes roles of PostgreSQL.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static PostgresFact fact(Args want) {
    // Only a superuser may see digests; others see the role and no digest.
    String columns =
        "rolsuper, rolcreaterole, rolcreatedb, rolinherit, rolcanlogin, rolreplication,"
            + " rolbypassrls, rolconnlimit, rolvaliduntil::text,"
            + want.expires()
                .map(when -> " rolvaliduntil = " + Sql.text(when) + "::timestamptz AS expires,")
                .orElse("")
            + " shobj_description(oid, 'pg_authid') AS comment,"
            + " CASE WHEN has_table_privilege('pg_catalog.pg_authid', 'select') THEN"
            + " (xpath('/row/p/text()', query_to_xml(format('SELECT rolpassword AS p FROM"
            + " pg_catalog.pg_authid WHERE rolname = %L', rolname), true, true, '')))[1]::text"
            + " END AS digest";
    return new PostgresFact(
        want.login(),
        want.loginDb().orElse("postgres"),
        "role " + want.name(),
        "SELECT row_to_json(r) FROM (SELECT "
            + columns
            + " FROM pg_catalog.pg_roles WHERE rolname = "
            + Sql.text(want.name())
            + ") r");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!want.configuration().isEmpty()) {
      throw new Refusal("configuration is not supported; use postgresql_query with ALTER ROLE");
    }
    Value now = host.get(fact(want));
    String role = Sql.name(want.name());
    Result result = Result.ok().with("user", want.name());
    if (want.state().equals("absent")) {
      return now instanceof Value.Dict
          ? one(
              want,
              "remove the role " + want.name(),
              Value.text("DROP ROLE " + role + ";"),
              new Undo.Impossible("what the role had is not kept"),
              Map.of("exists", Value.bool(true)),
              Map.of("exists", Value.bool(false)),
              result)
          : Verdict.satisfied(result);
    }
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    StringBuilder options = new StringBuilder();
    boolean there = now instanceof Value.Dict;
    Value.Dict known = now instanceof Value.Dict dict ? dict : Value.Dict.EMPTY;
    flags(want, known, there, options, before, after);
    password(want, known, there, options, before, after);
    want.connLimit()
        .filter(limit -> !there || !Value.number(limit).equals(known.get("rolconnlimit")))
        .ifPresent(
            limit -> {
              options.append(" CONNECTION LIMIT ").append(limit);
              after.put("conn_limit", Value.number(limit));
            });
    want.expires()
        .filter(when -> !Value.Bool.TRUE.equals(known.get("expires")))
        .ifPresent(
            when -> {
              options.append(" VALID UNTIL ").append(Sql.text(when));
              after.put("expires", Value.text(when));
            });
    boolean comments =
        want.comment().isPresent()
            && !Value.text(want.comment().get()).equals(known.get("comment"));
    if (there && options.isEmpty() && !comments) {
      return Verdict.satisfied(result);
    }
    if (!there) {
      before.put("exists", Value.bool(false));
      after.put("exists", Value.bool(true));
    }
    String statement =
        (there
                ? options.isEmpty() ? "" : "ALTER ROLE " + role + options + ";"
                : "CREATE ROLE "
                    + role
                    + (options.toString().contains("LOGIN") ? "" : " LOGIN")
                    + options
                    + ";")
            + (comments
                ? "\nCOMMENT ON ROLE " + role + " IS " + Sql.text(want.comment().get()) + ";"
                : "");
    boolean secret = want.password().filter(Value.Secret.class::isInstance).isPresent();
    Undo undo =
        there
            ? new Undo.Impossible("the server tells no password")
            : new Undo.Run(
                "remove the role " + want.name(),
                want.login()
                    .script(
                        want.loginDb().orElse("postgres"),
                        Value.text("DROP ROLE " + role + ";"),
                        false));
    return one(
        want,
        (there ? "change" : "make") + " the role " + want.name(),
        secret ? new Value.Secret(statement) : Value.text(statement),
        undo,
        before,
        after,
        result);
  }

  private static void flags(
      Args want,
      Value.Dict known,
      boolean there,
      StringBuilder options,
      Map<String, Value> before,
      Map<String, Value> after) {
    for (String written : want.roleAttrFlags().orElse("").split("[,\\s]+")) {
      String flag = written.strip().toUpperCase(Locale.ROOT);
      if (flag.isEmpty()) {
        continue;
      }
      boolean on = !flag.startsWith("NO");
      String column = FLAGS.get(on ? flag : flag.substring(2));
      if (column == null) {
        throw new Refusal("Invalid role_attr_flags specified: " + written);
      }
      if (!there || !Value.bool(on).equals(known.get(column))) {
        options.append(' ').append(flag);
        before.put(column, there ? Value.bool(!on) : Value.NULL);
        after.put(column, Value.bool(on));
      }
    }
  }

  private static void password(
      Args want,
      Value.Dict known,
      boolean there,
      StringBuilder options,
      Map<String, Value> before,
      Map<String, Value> after) {
    if (want.password().isEmpty() || there && want.noPasswordChanges()) {
      return;
    }
    String password = want.password().get().reveal();
    String digest = known.get("digest") instanceof Value.Textual text ? text.reveal() : "";
    boolean same =
        there
            && (password.isEmpty()
                ? digest.isEmpty()
                : PostgresPassword.same(password, want.name(), digest));
    if (!same) {
      options.append(" PASSWORD ").append(password.isEmpty() ? "NULL" : Sql.text(password));
      before.put("password", new Value.Secret("before"));
      after.put("password", new Value.Secret("after"));
    }
  }

  private static Verdict one(
      Args want,
      String what,
      Value.Textual statement,
      Undo undo,
      Map<String, Value> before,
      Map<String, Value> after,
      Result result) {
    return Verdict.changes(
        List.of(
            Step.change(
                what,
                want.login().script(want.loginDb().orElse("postgres"), statement, false),
                undo)),
        List.of(new Diff.Properties(before, after)),
        result.changed(true));
  }
}
