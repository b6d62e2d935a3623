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
      @Arg(doc = "Settings that its sessions begin with, `{work_mem: 16MB}`.")
          Map<String, Value> configuration,
      @Arg(
              doc =
                  "Those are texts; false writes them as they are, which lists such as"
                      + " `search_path` need.",
              defaultsTo = "true")
          boolean quoteConfigurationValues,
      @Arg(doc = "Take away settings that configuration does not name.", defaultsTo = "false")
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
      @Inline PostgresLogin login) {

    private String database() {
      return loginDb.orElse("postgres");
    }
  }

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
            + " rolbypassrls, rolconnlimit, rolvaliduntil::text, rolconfig,"
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
        want.database(),
        "role " + want.name(),
        "SELECT row_to_json(r) FROM (SELECT "
            + columns
            + " FROM pg_catalog.pg_roles WHERE rolname = "
            + Sql.text(want.name())
            + ") r");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
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
    boolean there = now instanceof Value.Dict;
    Value.Dict known = now instanceof Value.Dict dict ? dict : Value.Dict.EMPTY;
    Changed options =
        new Changed(
            new StringBuilder(), new StringBuilder(), new LinkedHashMap<>(), new LinkedHashMap<>());
    flags(want, known, there, options);
    boolean password = password(want, known, there, options);
    limits(want, known, there, options);
    Alterations comment = new Alterations(known);
    boolean silent = Value.NULL.equals(comment.before("comment"));
    comment.alter(
        "comment",
        want.comment().filter(text -> !silent || !text.isEmpty()).map(Value::text),
        it ->
            "COMMENT ON ROLE "
                + role
                + " IS "
                + (it instanceof Value.Textual text ? Sql.text(text.reveal()) : "NULL"));
    RoleSettings settings =
        new RoleSettings(
            role,
            want.configuration(),
            want.quoteConfigurationValues(),
            want.resetUnspecifiedConfiguration());
    Alterations configured =
        settings.alterations(
            known.get("rolconfig") instanceof Value.Seq kept ? kept.items() : List.of());
    List<String> forth = new ArrayList<>();
    List<String> back = new ArrayList<>();
    if (!there) {
      boolean login = options.forth().toString().contains("LOGIN");
      forth.add("CREATE ROLE " + role + (login ? "" : " LOGIN") + options.forth());
      options.before().put("exists", Value.bool(false));
      options.after().put("exists", Value.bool(true));
    } else if (!options.forth().isEmpty()) {
      forth.add("ALTER ROLE " + role + options.forth());
      back.add("ALTER ROLE " + role + options.back());
    }
    for (Alterations each : List.of(comment, configured)) {
      forth.addAll(each.forth());
      back.addAll(each.back());
      options.before().putAll(each.before());
      options.after().putAll(each.after());
    }
    if (forth.isEmpty()) {
      return Verdict.satisfied(result);
    }
    boolean secret =
        want.password().filter(Value.Secret.class::isInstance).isPresent() || settings.secret();
    Undo undo =
        !there
            ? run(want, "remove the role " + want.name(), List.of("DROP ROLE " + role), false)
            : password
                ? new Undo.Impossible("the server tells no password")
                : run(want, "put back the role " + want.name(), back, secret);
    return one(
        want,
        (there ? "change" : "make") + " the role " + want.name(),
        statements(forth, secret),
        undo,
        options.before(),
        options.after(),
        result);
  }

  /** Options of the role that change, and how they were. */
  private record Changed(
      StringBuilder forth,
      StringBuilder back,
      Map<String, Value> before,
      Map<String, Value> after) {}

  private static Value.Textual statements(List<String> all, boolean secret) {
    String text = String.join(";\n", all) + ";";
    return secret ? new Value.Secret(text) : Value.text(text);
  }

  private static Undo run(Args want, String what, List<String> statements, boolean secret) {
    return new Undo.Run(
        what, want.login().script(want.database(), statements(statements, secret), false));
  }

  private static void limits(Args want, Value.Dict known, boolean there, Changed options) {
    want.connLimit()
        .filter(limit -> !there || !Value.number(limit).equals(known.get("rolconnlimit")))
        .ifPresent(
            limit -> {
              options.forth().append(" CONNECTION LIMIT ").append(limit);
              options.after().put("conn_limit", Value.number(limit));
              if (known.get("rolconnlimit") instanceof Value.Int old) {
                options.back().append(" CONNECTION LIMIT ").append(old.value());
                options.before().put("conn_limit", old);
              }
            });
    want.expires()
        .filter(when -> !Value.Bool.TRUE.equals(known.get("expires")))
        .ifPresent(
            when -> {
              options.forth().append(" VALID UNTIL ").append(Sql.text(when));
              options.after().put("expires", Value.text(when));
              String old =
                  known.get("rolvaliduntil") instanceof Value.Textual text
                      ? text.reveal()
                      : "infinity";
              options.back().append(" VALID UNTIL ").append(Sql.text(old));
              if (there) {
                options.before().put("expires", Value.text(old));
              }
            });
  }

  private static void flags(Args want, Value.Dict known, boolean there, Changed options) {
    for (String written : want.roleAttrFlags().orElse("").split("[,\\s]+")) {
      String flag = written.strip().toUpperCase(Locale.ROOT);
      if (flag.isEmpty()) {
        continue;
      }
      boolean on = !flag.startsWith("NO");
      String plain = on ? flag : flag.substring(2);
      String column = FLAGS.get(plain);
      if (column == null) {
        throw new Refusal("Invalid role_attr_flags specified: " + written);
      }
      if (!there || !Value.bool(on).equals(known.get(column))) {
        options.forth().append(' ').append(flag);
        options.back().append(on ? " NO" : " ").append(plain);
        options.before().put(column, there ? Value.bool(!on) : Value.NULL);
        options.after().put(column, Value.bool(on));
      }
    }
  }

  private static boolean password(Args want, Value.Dict known, boolean there, Changed options) {
    if (want.password().isEmpty() || there && want.noPasswordChanges()) {
      return false;
    }
    String password = want.password().get().reveal();
    String digest = known.get("digest") instanceof Value.Textual text ? text.reveal() : "";
    boolean same =
        there
            && (password.isEmpty()
                ? digest.isEmpty()
                : PostgresPassword.same(password, want.name(), digest));
    if (!same) {
      options.forth().append(" PASSWORD ").append(password.isEmpty() ? "NULL" : Sql.text(password));
      options.before().put("password", new Value.Secret("before"));
      options.after().put("password", new Value.Secret("after"));
    }
    return !same;
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
        List.of(Step.change(what, want.login().script(want.database(), statement, false), undo)),
        List.of(new Diff.Properties(before, after)),
        result.changed(true));
  }
}
