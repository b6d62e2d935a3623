package dev.hearth.module.database;

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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code community.postgresql.postgresql_privs}: what roles of PostgreSQL may do. */
public final class PostgresqlPrivs implements Module<PostgresqlPrivs.Args> {

  private static final List<String> PRIVILEGES =
      List.of(
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "TRUNCATE",
          "REFERENCES",
          "TRIGGER",
          "CREATE",
          "CONNECT",
          "TEMPORARY",
          "TEMP",
          "EXECUTE",
          "USAGE",
          "ALL",
          "SET",
          "ALTER_SYSTEM");
  private static final List<String> IN_SCHEMAS =
      List.of("table", "sequence", "function", "procedure", "type", "default_privs");
  private static final List<String> LATER = List.of("TABLES", "SEQUENCES", "FUNCTIONS", "TYPES");
  private static final List<String> IMPLICIT =
      List.of("PUBLIC", "CURRENT_USER", "SESSION_USER", "CURRENT_ROLE");

  /** Where the server keeps the privileges of each kind of thing. */
  private static final Map<String, String> TABLES =
      Map.ofEntries(
          Map.entry("database", "oid::text || coalesce(datacl::text, '') FROM pg_database"),
          Map.entry(
              "default_privs",
              "defaclrole::text || ' ' || defaclnamespace::text || defaclobjtype::text ||"
                  + " defaclacl::text FROM pg_default_acl"),
          Map.entry(
              "foreign_data_wrapper",
              "oid::text || coalesce(fdwacl::text, '') FROM pg_foreign_data_wrapper"),
          Map.entry(
              "foreign_server", "oid::text || coalesce(srvacl::text, '') FROM pg_foreign_server"),
          Map.entry("function", "oid::text || coalesce(proacl::text, '') FROM pg_proc"),
          Map.entry(
              "group",
              "roleid::text || ' ' || member::text || ' ' || admin_option::text"
                  + " FROM pg_auth_members"),
          Map.entry("language", "oid::text || coalesce(lanacl::text, '') FROM pg_language"),
          Map.entry("parameter", "oid::text || coalesce(paracl::text, '') FROM pg_parameter_acl"),
          Map.entry("procedure", "oid::text || coalesce(proacl::text, '') FROM pg_proc"),
          Map.entry("schema", "oid::text || coalesce(nspacl::text, '') FROM pg_namespace"),
          Map.entry("sequence", "oid::text || coalesce(relacl::text, '') FROM pg_class"),
          Map.entry("table", "oid::text || coalesce(relacl::text, '') FROM pg_class"),
          Map.entry("tablespace", "oid::text || coalesce(spcacl::text, '') FROM pg_tablespace"),
          Map.entry("type", "oid::text || coalesce(typacl::text, '') FROM pg_type"));

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The database to connect to.",
              aliases = {"db", "database"})
          String loginDb,
      @Arg(
              doc = "Whether they have the privileges.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(
              doc = "The privileges, separated by commas; none for the type group.",
              aliases = {"priv"})
          Optional<String> privs,
      @Arg(
              doc = "The kind of thing.",
              choices = {
                "database",
                "default_privs",
                "foreign_data_wrapper",
                "foreign_server",
                "function",
                "group",
                "language",
                "parameter",
                "procedure",
                "schema",
                "sequence",
                "table",
                "tablespace",
                "type"
              },
              defaultsTo = "table")
          String type,
      @Arg(
              doc =
                  "The things, separated by commas; ALL_IN_SCHEMA for all of a schema, ALL_DEFAULT"
                      + " with the type default_privs. In the arguments of functions a colon stands"
                      + " for a comma.",
              aliases = {"obj"})
          Optional<String> objs,
      @Arg(doc = "Their schema; `public` for those that have one.") Optional<String> schema,
      @Arg(
              doc = "The roles, separated by commas.",
              aliases = {"role"})
          String roles,
      @Arg(doc = "Whose things, with the type default_privs.") Optional<String> targetRoles,
      @Arg(
              doc = "Whether they may pass them on.",
              aliases = {"admin_option"})
          Optional<Boolean> grantOption,
      @Arg(doc = "Fail when a role is not there; otherwise it is left out.", defaultsTo = "true")
          boolean failOnRole,
      @Inline PostgresLogin login) {

    private Optional<String> usedSchema() {
      if (!IN_SCHEMAS.contains(type)) {
        if (schema.isPresent()) {
          throw new Refusal("what type " + type + " names is in no schema; leave schema out");
        }
        return Optional.empty();
      }
      boolean none =
          objs.equals(Optional.of("schemas")) || schema.equals(Optional.of("not-specified"));
      return none ? Optional.empty() : Optional.of(schema.orElse("public"));
    }

    private List<String> privileges() {
      List<String> all = new ArrayList<>();
      for (String each : privs.orElse("").split(",")) {
        String name = each.strip().toUpperCase(Locale.ROOT);
        if (!name.isEmpty() && !PRIVILEGES.contains(name)) {
          throw new Refusal("Invalid privileges specified: " + name);
        }
        if (!name.isEmpty()) {
          all.add(name);
        }
      }
      if (all.isEmpty() != type.equals("group")) {
        throw new Refusal(
            "Argument \"privs\" is "
                + (all.isEmpty() ? "required" : "not allowed")
                + " for type \""
                + type
                + "\".");
      }
      return all;
    }

    private String things() {
      return objs.orElseGet(
          () -> {
            if (type.equals("database")) {
              return loginDb;
            }
            throw new Refusal("type " + type + " needs objs: on what the privileges are");
          });
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.postgresql.postgresql_privs",
        Args.class,
        "Gives and takes privileges of roles of PostgreSQL. Whether there is something to do is"
            + " found out in a transaction that is taken back.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    want.privileges();
    List<String> roles = roles(want, host);
    if (roles.isEmpty()) {
      return Verdict.satisfied(Result.ok().with("queries", new Value.Seq(List.of())));
    }
    String statements = statements(want, String.join(",", roles));
    String order = "SELECT string_agg(x, ';' ORDER BY x) FROM (SELECT ";
    PrivilegeTrial trial =
        new PrivilegeTrial(
            want.login(),
            want.loginDb(),
            want.type() + " " + want.things() + " for " + want.roles(),
            order
                + Objects.requireNonNull(TABLES.get(want.type())).replace(" FROM ", " AS x FROM ")
                + ") t",
            statements);
    Result result = Result.ok().with("queries", Value.Seq.of(Value.text(statements)));
    if (!host.get(trial)) {
      return Verdict.satisfied(result);
    }
    return Verdict.changes(
        List.of(
            Step.change(
                (want.state().equals("present") ? "give" : "take")
                    + " privileges on "
                    + want.type()
                    + " "
                    + want.things(),
                want.login()
                    .script(
                        want.loginDb(), Value.text("BEGIN;\n" + statements + "\nCOMMIT;"), false),
                new Undo.Impossible("which of the privileges were there before is not kept"))),
        List.of(new Diff.Prepared(statements + "\n")),
        result.changed(true));
  }

  /** As statements name them; those that are there and have no other meaning in quotes. */
  private static List<String> roles(Args want, Facts host) {
    List<String> named = Arrays.stream(want.roles().split(",")).map(String::strip).toList();
    PostgresFact fact =
        new PostgresFact(
            want.login(),
            want.loginDb(),
            "roles",
            "SELECT coalesce(json_agg(rolname), '[]') FROM pg_catalog.pg_roles");
    Value there = host.get(fact);
    List<String> roles = new ArrayList<>();
    for (String role : named) {
      if (IMPLICIT.contains(role.toUpperCase(Locale.ROOT))) {
        roles.add(role.toUpperCase(Locale.ROOT));
      } else if (there instanceof Value.Seq list && list.items().contains(Value.text(role))) {
        roles.add(Sql.name(role));
      } else if (want.failOnRole()) {
        throw new Refusal("Role '" + role + "' does not exist");
      }
    }
    return roles;
  }

  private static String statements(Args want, String roles) {
    if (want.type().equals("default_privs")) {
      return later(want, roles);
    }
    String what =
        want.type().equals("group")
            ? named(want, false)
            : String.join(",", want.privileges()).replace('_', ' ') + " ON " + on(want);
    if (want.state().equals("absent")) {
      return "REVOKE " + what + " FROM " + roles + ";";
    }
    String option = want.type().equals("group") ? "ADMIN" : "GRANT";
    boolean with = want.grantOption().orElse(false);
    boolean without = want.grantOption().isPresent() && !with;
    return "GRANT "
        + what
        + " TO "
        + roles
        + (with ? " WITH " + option + " OPTION;" : ";")
        + (without ? "\nREVOKE " + option + " OPTION FOR " + what + " FROM " + roles + ";" : "");
  }

  private static String on(Args want) {
    String things = want.things();
    if (things.equals("ALL_IN_SCHEMA")) {
      if (!List.of("table", "sequence", "function", "procedure").contains(want.type())) {
        throw new Refusal(
            "ALL_IN_SCHEMA goes with the types table, sequence, function and procedure, not with "
                + want.type());
      }
      return "ALL "
          + want.type().toUpperCase(Locale.ROOT)
          + "S IN SCHEMA "
          + want.usedSchema().map(Sql::name).orElse("public");
    }
    return want.type().replace('_', ' ') + " " + named(want, true);
  }

  private static String named(Args want, boolean qualified) {
    String before =
        want.usedSchema().filter(schema -> qualified).map(it -> Sql.name(it) + ".").orElse("");
    boolean functions = want.type().equals("function") || want.type().equals("procedure");
    List<String> all = new ArrayList<>();
    for (String each : want.things().split(",")) {
      String name = each.strip();
      int open = name.indexOf('(');
      if (functions && (open < 0 || !name.substring(open).matches("\\([\\w\\s:.\\[\\]\"]*\\)"))) {
        throw new Refusal("'" + name + "' is no signature; write name(type, type)");
      }
      all.add(
          functions
              ? before + Sql.name(name.substring(0, open)) + name.substring(open).replace(':', ',')
              : before + Sql.name(name));
    }
    return String.join(",", all);
  }

  private static String later(Args want, String roles) {
    List<String> kinds =
        want.things().equals("ALL_DEFAULT")
            ? LATER
            : Arrays.stream(want.things().split(","))
                .map(each -> each.strip().toUpperCase(Locale.ROOT))
                .toList();
    for (String kind : kinds) {
      if (!LATER.contains(kind) && !kind.equals("SCHEMAS")) {
        throw new Refusal("Invalid Object set specified: " + kind);
      }
    }
    String head =
        "ALTER DEFAULT PRIVILEGES"
            + want.targetRoles()
                .map(
                    names ->
                        " FOR ROLE "
                            + String.join(
                                ",",
                                Arrays.stream(names.split(","))
                                    .map(each -> Sql.name(each.strip()))
                                    .toList()))
                .orElse("")
            + want.usedSchema().map(schema -> " IN SCHEMA " + Sql.name(schema)).orElse("");
    boolean present = want.state().equals("present");
    List<String> all = new ArrayList<>();
    for (String kind : present ? kinds : LATER) {
      all.add(head + " REVOKE ALL ON " + kind + " FROM " + roles + ";");
    }
    if (present) {
      for (String kind : kinds) {
        all.add(
            head
                + " GRANT "
                + String.join(",", want.privileges())
                + " ON "
                + kind
                + " TO "
                + roles
                + (want.grantOption().orElse(false) ? " WITH GRANT OPTION;" : ";"));
      }
    }
    return String.join("\n", all);
  }
}
