package dev.hearth.module.database;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Sha1;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code community.mysql.mysql_user}: users of MySQL and MariaDB and what they may do. */
public final class MysqlUser implements Module<MysqlUser.Args> {

  /** The parameters. */
  @Exclusive({"append_privs", "subtract_privs"})
  public record Args(
      @Arg(
              doc = "The user; empty for the anonymous one.",
              aliases = {"user"})
          String name,
      @Arg(doc = "From where.", defaultsTo = "localhost") String host,
      @Arg(doc = "All that there are of that name, from wherever.", defaultsTo = "false")
          boolean hostAll,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Its password; it never becomes an argument of a program.")
          Optional<Value.Textual> password,
      @Arg(doc = "That is the digest already, `*` and 40 digits.", defaultsTo = "false")
          boolean encrypted,
      @Arg(
              doc =
                  "When the password is set: always, only of a new user, or only of a new name;"
                      + " then an account of a name that is there gets the password of the others.",
              choices = {"always", "on_create", "on_new_username"},
              defaultsTo = "always")
          String updatePassword,
      @Arg(doc = "What it may do: `db.*:SELECT,INSERT/other.table:ALL`, or a mapping.")
          Optional<Value> priv,
      @Arg(doc = "Only give what is missing.", defaultsTo = "false") boolean appendPrivs,
      @Arg(doc = "Take these.", defaultsTo = "false") boolean subtractPrivs,
      @Arg(doc = "Leave the case of columns in priv.", defaultsTo = "false")
          boolean columnCaseSensitive,
      @Arg(doc = "How it proves who it is, instead of a password.") Optional<String> plugin,
      @Arg(doc = "The digest for that.") Optional<Value.Textual> pluginHashString,
      @Arg(doc = "The secret for that; set each time.") Optional<Value.Textual> pluginAuthString,
      @Arg(doc = "Write changes to the server's log.", defaultsTo = "true") boolean sqlLogBin,
      @Arg(doc = "Means nothing; no database is needed.", defaultsTo = "false")
          boolean forceContext,
      @Inline MysqlAccountSettings settings,
      @Inline MysqlLogin login) {

    private MysqlAccess access() {
      return new MysqlAccess(login, settings.checkImplicitAdmin(), false);
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.mysql.mysql_user",
        Args.class,
        "Makes and removes users of MySQL and MariaDB, sets their passwords and privileges.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static MysqlRows fact(Args want) {
    return MysqlAccount.question(want.access(), want.name(), want.settings().limitsTime());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.encrypted()
        && want.password().filter(it -> !it.reveal().matches("\\*[0-9A-Fa-f]{40}")).isPresent()) {
      throw new Refusal(
          "with encrypted the password is a hash of the server: a star and 40 hexadecimal digits");
    }
    String from = want.host().toLowerCase(Locale.ROOT);
    List<MysqlAccount> all =
        host.get(fact(want)).stream().map(row -> MysqlAccount.of(want.name(), row)).toList();
    List<MysqlAccount> there =
        all.stream().filter(each -> want.hostAll() || each.host().equalsIgnoreCase(from)).toList();
    Result result = Result.ok().with("user", want.name());
    if (want.state().equals("absent")) {
      return there.isEmpty()
          ? Verdict.satisfied(result.with("msg", "User doesn't exist"))
          : remove(want, there, result.with("msg", "User deleted"));
    }
    if (there.isEmpty()) {
      if (want.hostAll()) {
        throw new Refusal(
            "host_all is for accounts that are there, and there is none of this name; give host");
      }
      return create(want, from, all, host, result.with("msg", "User added"));
    }
    return modify(want, there, host, result);
  }

  private static Value.Textual statements(Args want, String text) {
    return new Value.Secret(
        (want.sqlLogBin() ? "" : "SET SQL_LOG_BIN=0;\n") + want.settings().session() + text);
  }

  private static Verdict remove(Args want, List<MysqlAccount> there, Result result) {
    StringBuilder text = new StringBuilder();
    there.forEach(each -> text.append("DROP USER ").append(each.user()).append(";\n"));
    return changes(
        Step.change(
            "remove the user " + want.name(),
            want.access().statements(statements(want, text.toString())),
            new Undo.Impossible("what the user had is not kept")),
        Map.of("exists", Value.bool(true)),
        Map.of("exists", Value.bool(false)),
        result);
  }

  private static Verdict create(
      Args want, String from, List<MysqlAccount> others, Facts host, Result result) {
    MysqlAccount fresh = MysqlAccount.fresh(want.name(), from);
    String account = fresh.user();
    Optional<MysqlAccount> like = like(want, others);
    StringBuilder text = new StringBuilder("CREATE USER " + account);
    if (like.isPresent()) {
      text.append(" IDENTIFIED WITH ")
          .append(like.get().plugin())
          .append(" AS ")
          .append(MysqlLogin.text(like.get().digest()));
    } else if (want.password().isPresent()) {
      String password = want.password().get().reveal();
      text.append(
          want.encrypted()
              ? " IDENTIFIED WITH mysql_native_password AS " + MysqlLogin.text(password)
              : " IDENTIFIED BY " + MysqlLogin.text(password));
    } else {
      want.plugin().ifPresent(plugin -> text.append(identified(want, plugin)));
    }
    text.append(";\n");
    if (want.priv().isPresent() && !want.subtractPrivs()) {
      MysqlPrivileges.wanted(want.priv().get(), want.columnCaseSensitive(), true)
          .forEach((target, all) -> text.append(MysqlPrivileges.grant(target, all, account)));
    }
    Alterations settings = want.settings().alterations(want.access(), fresh, true, host);
    settings.forth().forEach(each -> text.append(each).append(";\n"));
    Map<String, Value> after = new LinkedHashMap<>(Map.of("exists", Value.bool(true)));
    after.putAll(settings.after());
    return changes(
        Step.change(
            "make the user " + want.name(),
            want.access().statements(statements(want, text.toString())),
            new Undo.Run(
                "remove the user " + want.name(),
                want.access().statements(statements(want, "DROP USER " + account + ";")))),
        Map.of("exists", Value.bool(false)),
        after,
        result.with("password_changed", like.isEmpty() && want.password().isPresent()));
  }

  /** The account whose password a new one gets: those of that name must agree on one. */
  private static Optional<MysqlAccount> like(Args want, List<MysqlAccount> others) {
    boolean agree =
        others.stream().map(each -> List.of(each.plugin(), each.digest())).distinct().count() == 1;
    return want.updatePassword().equals("on_new_username") && agree
        ? Optional.of(others.getFirst())
        : Optional.empty();
  }

  private static String identified(Args want, String plugin) {
    if (!plugin.matches("\\w+")) {
      throw new Refusal("'" + plugin + "' is no name of a plugin");
    }
    String with = " IDENTIFIED WITH " + plugin;
    if (want.pluginHashString().isPresent()) {
      return with + " AS " + MysqlLogin.text(want.pluginHashString().get().reveal());
    }
    return want.pluginAuthString()
        .map(Value.Textual::reveal)
        .map(
            text ->
                switch (plugin) {
                  case "pam" -> with + " USING " + MysqlLogin.text(text);
                  case "ed25519" -> with + " USING PASSWORD(" + MysqlLogin.text(text) + ")";
                  default -> with + " BY " + MysqlLogin.text(text);
                })
        .orElse(with);
  }

  /** The digest of {@code mysql_native_password}. */
  private static String digest(String password) {
    byte[] once = Sha1.digest().digest(password.getBytes(StandardCharsets.UTF_8));
    return "*" + HexFormat.of().withUpperCase().formatHex(Sha1.digest().digest(once));
  }

  private static Verdict modify(Args want, List<MysqlAccount> there, Facts host, Result result) {
    StringBuilder text = new StringBuilder();
    StringBuilder back = new StringBuilder();
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    List<String> said = new ArrayList<>();
    boolean password = false;
    for (MysqlAccount account : there) {
      String user = account.user();
      Optional<String> change = authentication(want, account, user);
      if (change.isPresent()) {
        text.append(change.get());
        back.append("ALTER USER " + user + " IDENTIFIED WITH " + account.plugin())
            .append(account.digest().isEmpty() ? "" : " AS " + MysqlLogin.text(account.digest()))
            .append(";\n");
        before.put("password of " + user, new Value.Secret("before"));
        after.put("password of " + user, new Value.Secret("after"));
        said.add("Password updated");
        password = true;
      }
      if (want.priv().isPresent()) {
        MysqlRows grants =
            new MysqlRows(want.access(), "grants of " + user, "SHOW GRANTS FOR " + user);
        List<String> lines = host.get(grants).stream().map(List::getFirst).toList();
        Map<String, Set<String>> now = MysqlPrivileges.granted(lines);
        String statements = privileges(want).statements(now, user, before, after);
        if (!statements.isEmpty()) {
          text.append(statements);
          back.append("REVOKE ALL PRIVILEGES, GRANT OPTION FROM ").append(user).append(";\n");
          lines.forEach(line -> back.append(line).append(";\n"));
          said.add("Privileges updated");
        }
      }
      Alterations settings = want.settings().alterations(want.access(), account, false, host);
      settings.forth().forEach(each -> text.append(each).append(";\n"));
      settings.back().forEach(each -> back.append(each).append(";\n"));
      settings
          .after()
          .forEach(
              (name, value) -> {
                before.put(name + " of " + user, settings.before(name));
                after.put(name + " of " + user, value);
                said.add(name + " updated");
              });
      password |= settings.after().containsKey("password_expire");
    }
    if (text.isEmpty()) {
      return Verdict.satisfied(
          result.with("msg", "User unchanged").with("password_changed", false));
    }
    return changes(
        Step.change(
            "change the user " + want.name(),
            want.access().statements(statements(want, text.toString())),
            want.settings().expiresNow()
                ? new Undo.Impossible("a password that ended does not begin again")
                : new Undo.Run(
                    "give the user " + want.name() + " back what it had",
                    want.access().statements(statements(want, back.toString())))),
        before,
        after,
        result.with("msg", String.join(", ", said)).with("password_changed", password));
  }

  private static Optional<String> authentication(Args want, MysqlAccount account, String user) {
    if (!want.updatePassword().equals("always")) {
      return Optional.empty();
    }
    Optional<String> plain =
        want.password().map(Value.Textual::reveal).filter(text -> !text.isEmpty());
    if (plain.isPresent()) {
      String wanted = want.encrypted() ? plain.get().toUpperCase(Locale.ROOT) : digest(plain.get());
      return account.digest().equalsIgnoreCase(wanted)
          ? Optional.empty()
          : Optional.of(
              "ALTER USER "
                  + user
                  + " IDENTIFIED WITH mysql_native_password AS "
                  + MysqlLogin.text(wanted)
                  + ";\n");
    }
    return want.plugin()
        .filter(
            plugin ->
                !account.plugin().equals(plugin)
                    || want.pluginHashString()
                        .filter(hash -> !hash.reveal().equals(account.digest()))
                        .isPresent()
                    || want.pluginAuthString()
                        .filter(secret -> !secret.reveal().equals(account.digest()))
                        .isPresent())
        .map(plugin -> "ALTER USER " + user + identified(want, plugin) + ";\n");
  }

  private static MysqlPrivilegeChange privileges(Args want) {
    return new MysqlPrivilegeChange(
        MysqlPrivileges.wanted(
            want.priv().orElseThrow(), want.columnCaseSensitive(), !want.subtractPrivs()),
        want.appendPrivs(),
        want.subtractPrivs(),
        want.name().equals("root"));
  }

  private static Verdict changes(
      Step step, Map<String, Value> before, Map<String, Value> after, Result result) {
    return Verdict.changes(
        List.of(step), List.of(new Diff.Properties(before, after)), result.changed(true));
  }
}
