package dev.hearth.module.database;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code mysql_user} says of an account beside its password and its privileges. */
public record MysqlAccountSettings(
    @Arg(
            doc =
                "What its connections must prove: `{SSL: }`, `{X509: }`, or CIPHER, ISSUER and"
                    + " SUBJECT with their texts. Without it, nothing.")
        Map<String, Value> tlsRequires,
    @Arg(
            doc =
                "How much it may use, `{MAX_QUERIES_PER_HOUR: 10, MAX_USER_CONNECTIONS: 2}`;"
                    + " MAX_STATEMENT_TIME is MariaDB's.")
        Map<String, Value> resourceLimits,
    @Arg(
            doc =
                "Attributes, null takes one away. Only MySQL has them, from 8.0.21 on; of MariaDB"
                    + " they are refused.")
        Map<String, Value> attributes,
    @Arg(doc = "Variables of the session that changes it, `{wsrep_on: 'off'}`.")
        Map<String, Value> sessionVars,
    @Arg(
            doc = "When its password ends; `now` cannot be taken back.",
            choices = {"default", "interval", "never", "now"})
        Optional<String> passwordExpire,
    @Arg(doc = "After how many days, with `interval`.") Optional<Integer> passwordExpireInterval,
    @Arg(doc = "Keep it from logging in.") Optional<Boolean> locked,
    @Arg(
            doc =
                "Salt of a digest that Ansible makes for MySQL's SHA-256 plugins; refused, give the"
                    + " digest in plugin_hash_string.")
        Optional<Value.Textual> salt,
    @Arg(doc = "Try root without a password first.", defaultsTo = "false")
        boolean checkImplicitAdmin) {

  private static final Pattern EXPIRE =
      Pattern.compile("PASSWORD EXPIRE (NEVER|DEFAULT|INTERVAL \\d+ DAY)");

  /** Refuses what does not go together. */
  public MysqlAccountSettings {
    if (salt.isPresent()) {
      throw new Refusal("salt is not supported; give the finished digest in plugin_hash_string");
    }
    if (passwordExpire.filter("interval"::equals).isPresent()
        && passwordExpireInterval.filter(days -> days > 0).isEmpty()) {
      throw new Refusal(
          "password_expire: interval needs password_expire_interval with a number of days");
    }
    sessionVars.forEach(MysqlAccountSettings::variable);
  }

  /** Statements that come before all others. */
  String session() {
    StringBuilder all = new StringBuilder();
    sessionVars.forEach((name, value) -> all.append(variable(name, value)));
    return all.toString();
  }

  private static String variable(String name, Value value) {
    if (!name.matches("\\w+")) {
      throw new Refusal("session_vars: '" + name + "' is no name of a variable");
    }
    return "SET SESSION " + name + " = " + literal("session_vars: " + name, value) + ";\n";
  }

  private static String literal(String what, Value value) {
    return switch (value) {
      case Value.Int number -> number.value().toString();
      case Value.Real number -> Double.toString(number.value());
      case Value.Bool bool -> bool.value() ? "1" : "0";
      case Value.Textual text -> MysqlLogin.text(text.reveal());
      default -> throw new Refusal(what + " is no text and no number");
    };
  }

  /** Whether a limit is wanted that only MariaDB has. */
  boolean limitsTime() {
    return resourceLimits.containsKey(MysqlAccount.STATEMENT_TIME);
  }

  /** Whether the change cannot be taken back. */
  boolean expiresNow() {
    return passwordExpire.filter("now"::equals).isPresent();
  }

  /**
   * The statements for an account.
   *
   * @param made whether it is only made by then, so that nothing can be asked of it
   */
  Alterations alterations(MysqlAccess access, MysqlAccount account, boolean made, Facts host) {
    Map<String, Value> known = new LinkedHashMap<>(account.limits());
    known.put("tls_requires", Value.text(account.requires()));
    known.put("locked", Value.bool(false));
    known.put("password_expire", Value.text("DEFAULT"));
    if (!made && (locked.isPresent() || passwordExpire.isPresent())) {
      look(access, account, known, host);
    }
    Map<String, Value> changed = attributes(access, account, made, known, host);
    Alterations all = new Alterations(Value.Dict.ofTexts(known));
    String alter = "ALTER USER " + account.user();
    all.alter(
        "tls_requires", Optional.of(Value.text(requires())), it -> alter + " REQUIRE " + plain(it));
    resourceLimits.forEach(
        (name, value) -> {
          if (!known.containsKey(name)) {
            throw new Refusal("resource_limits: key '" + name + "' is unsupported.");
          }
          Value number = MysqlAccount.number(name, literal(name, value).replace("'", ""));
          all.alter(name, Optional.of(number), it -> alter + " WITH " + name + " " + plain(it));
        });
    all.alter(
        "password_expire",
        passwordExpire.map(this::expiry),
        it -> alter + " PASSWORD EXPIRE" + (plain(it).equals("NOW") ? "" : " " + plain(it)));
    all.alter(
        "locked",
        locked.map(Value::bool),
        it -> alter + " ACCOUNT " + (it.equals(Value.bool(true)) ? "LOCK" : "UNLOCK"));
    all.alter(
        "attributes",
        changed.isEmpty() ? Optional.empty() : Optional.of(Value.Dict.ofTexts(changed)),
        it -> alter + " ATTRIBUTE " + MysqlLogin.text(PythonJson.write(it).reveal()));
    return all;
  }

  private static String plain(Value text) {
    return ((Value.Textual) text).reveal();
  }

  private Value expiry(String wanted) {
    return Value.text(
        wanted.equals("interval")
            ? "INTERVAL " + passwordExpireInterval.orElseThrow() + " DAY"
            : wanted.toUpperCase(Locale.ROOT));
  }

  private void look(
      MysqlAccess access, MysqlAccount account, Map<String, Value> known, Facts host) {
    MysqlRows question =
        new MysqlRows(access, "account " + account.user(), "SHOW CREATE USER " + account.user());
    StringBuilder text = new StringBuilder();
    host.get(question).forEach(row -> text.append(row.getFirst()).append('\n'));
    known.put("locked", Value.bool(text.indexOf(" ACCOUNT LOCK") >= 0));
    Matcher expire = EXPIRE.matcher(text);
    if (expiresNow() && account.expired()) {
      known.put("password_expire", Value.text("NOW"));
    } else if (expire.find()) {
      known.put("password_expire", Value.text(expire.group(1)));
    }
  }

  private String requires() {
    Map<String, String> all = new LinkedHashMap<>();
    tlsRequires.forEach(
        (name, value) ->
            all.put(
                name.toUpperCase(Locale.ROOT),
                value instanceof Value.Textual text ? text.reveal() : ""));
    for (String name : all.keySet()) {
      if (!List.of("SSL", "X509", "CIPHER", "ISSUER", "SUBJECT").contains(name)) {
        throw new Refusal("tls_requires knows SSL, X509, CIPHER, ISSUER and SUBJECT, not " + name);
      }
    }
    return MysqlAccount.requires(
        all.containsKey("X509") ? "X509" : all.isEmpty() ? "" : "SSL",
        all.getOrDefault("CIPHER", ""),
        all.getOrDefault("ISSUER", ""),
        all.getOrDefault("SUBJECT", ""));
  }

  /** Those that change; what they were is put into what is known. */
  private Map<String, Value> attributes(
      MysqlAccess access,
      MysqlAccount account,
      boolean made,
      Map<String, Value> known,
      Facts host) {
    if (attributes.isEmpty()) {
      return Map.of();
    }
    String version =
        host.get(new MysqlRows(access, "version", "SELECT VERSION()")).getFirst().getFirst();
    if (version.contains("MariaDB")) {
      throw new Refusal(
          "attributes of users are MySQL's, from 8.0.21 on; this server is MariaDB " + version);
    }
    Value now = Value.NULL;
    if (!made) {
      List<List<String>> rows =
          host.get(
              new MysqlRows(
                  access,
                  "attributes of " + account.user(),
                  "SELECT attribute FROM information_schema.USER_ATTRIBUTES WHERE user = "
                      + MysqlLogin.text(account.name())
                      + " AND host = "
                      + MysqlLogin.text(account.host())));
      String json = rows.isEmpty() ? "NULL" : rows.getFirst().getFirst();
      now = json.equals("NULL") ? Value.NULL : JsonReader.read(json);
    }
    Value.Dict old = now instanceof Value.Dict dict ? dict : Value.Dict.EMPTY;
    Map<String, Value> changed = new LinkedHashMap<>();
    Map<String, Value> before = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          Value was = old.entries().getOrDefault(Value.text(name), Value.NULL);
          if (!was.equals(value)) {
            changed.put(name, value);
            before.put(name, was);
          }
        });
    known.put("attributes", Value.Dict.ofTexts(before));
    return changed;
  }
}
