package dev.hearth.module.database;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the host gets into PostgreSQL: the parameters that all modules of {@code
 * community.postgresql} share. The host's own {@code psql} makes the connection; the password is a
 * variable of its environment.
 */
public record PostgresLogin(
    @Arg(
            doc = "The server; the host's own socket otherwise.",
            aliases = {"host"})
        Optional<String> loginHost,
    @Arg(
            doc = "Its port.",
            aliases = {"port"},
            defaultsTo = "5432")
        int loginPort,
    @Arg(
            doc = "As whom.",
            aliases = {"login"},
            defaultsTo = "postgres")
        String loginUser,
    @Arg(doc = "The password.") Optional<Value.Textual> loginPassword,
    @Arg(
            doc = "The directory of the socket.",
            aliases = {"unix_socket"})
        Optional<String> loginUnixSocket,
    @Arg(
            doc = "How far the connection is encrypted.",
            choices = {"allow", "disable", "prefer", "require", "verify-ca", "verify-full"},
            defaultsTo = "prefer")
        String sslMode,
    @Arg(
            doc = "File of the authority.",
            aliases = {"ssl_rootcert"})
        Optional<String> caCert,
    @Arg(doc = "File of the client's certificate.") Optional<String> sslCert,
    @Arg(doc = "File of the client's key.") Optional<String> sslKey,
    @Arg(doc = "The role to become after that.") Optional<String> sessionRole,
    @Arg(
            doc =
                "Further parameters of the connection as its library names them,"
                    + " `{keepalives_idle: 30}`; they win over the others.")
        Map<String, Value> connectParams,
    @Arg(doc = "Names are quoted in any case; means nothing.", defaultsTo = "true")
        boolean trustInput) {

  /** Refuses what is no parameter of a connection. */
  public PostgresLogin {
    service(connectParams);
  }

  private static final String SERVICE_OF_HOST = "service";

  /**
   * What makes a directory {@code $work} that is gone at the end, unless there is one already, and
   * in it a file of a service from {@code $HEARTH_PGSERVICE}: it takes every parameter that the
   * host's library knows, and nobody else can read it.
   */
  static final String SERVICE =
      """
      if [ -z "$work" ]; then
        work=$(umask 077 && mktemp -d) || exit 1
        trap 'rm -rf -- "$work"' EXIT
        trap 'exit 130' HUP INT TERM
      fi
      if [ -n "$HEARTH_PGSERVICE" ]; then
        (umask 077 && printf '[hearth]\\n%s' "$HEARTH_PGSERVICE" >"$work/service") || exit 1
        export PGSERVICEFILE="$work/service" PGSERVICE=hearth
        unset HEARTH_PGSERVICE
      fi
      """;

  private static final String PSQL =
      """
      work=
      [ -z "$HEARTH_PGSERVICE" ] || {
      """
          + SERVICE
          + """
          }
          if ! command -v psql >/dev/null; then
            echo "psql is not on this host; install postgresql-client" >&2
            exit 127
          fi
          cd /
          if [ "$1" = tags ]; then set --; else set -- --quiet; fi
          psql --no-psqlrc --no-password --no-align --tuples-only "$@" \\
            --set ON_ERROR_STOP=1 --set VERBOSITY=terse --file -
          """;

  /** A script that runs statements on a database; they go in on standard input. */
  Script script(String database, Value.Textual statements, boolean tags) {
    Map<String, Word> variables = environment();
    variables.put("PGDATABASE", Word.of(database));
    String role = sessionRole.map(name -> "SET ROLE " + Sql.name(name) + ";\n").orElse("");
    return Script.of(PSQL, tags ? "tags" : "")
        .in(variables)
        .reading(Payload.of(statements.with(role + statements.reveal() + "\n")));
  }

  /** What tells every client of PostgreSQL how to get in; scripts begin with {@link #SERVICE}. */
  Map<String, Word> environment() {
    Map<String, Word> variables = new LinkedHashMap<>();
    host().ifPresent(place -> variables.put("PGHOST", Word.of(place)));
    variables.put("PGPORT", Word.of(Integer.toString(loginPort)));
    variables.put("PGUSER", Word.of(loginUser));
    variables.put("PGSSLMODE", Word.of(sslMode));
    variables.put("PGCONNECT_TIMEOUT", Word.of("30"));
    loginPassword.ifPresent(password -> variables.put("PGPASSWORD", Word.of(password)));
    caCert.ifPresent(file -> variables.put("PGSSLROOTCERT", Word.of(file)));
    sslCert.ifPresent(file -> variables.put("PGSSLCERT", Word.of(file)));
    sslKey.ifPresent(file -> variables.put("PGSSLKEY", Word.of(file)));
    if (connectParams.keySet().equals(Set.of(SERVICE_OF_HOST))) {
      variables.put("PGSERVICE", Word.of(text(connectParams.values().iterator().next())));
    } else if (!connectParams.isEmpty()) {
      variables.put("HEARTH_PGSERVICE", Word.of(service(connectParams)));
    }
    return variables;
  }

  /** The server, or the directory of its socket when none is named or it is this host. */
  private Optional<String> host() {
    Optional<String> named = loginHost.filter(host -> !host.isEmpty());
    return named
        .filter(host -> !host.equals("localhost"))
        .or(() -> loginUnixSocket.filter(path -> !path.isEmpty()))
        .or(() -> named);
  }

  private static Value.Textual service(Map<String, Value> connectParams) {
    StringBuilder text = new StringBuilder();
    boolean secret = false;
    for (Map.Entry<String, Value> each : connectParams.entrySet()) {
      String name = each.getKey();
      String value = text(each.getValue());
      if (name.equals(SERVICE_OF_HOST) && connectParams.size() > 1) {
        throw new Refusal(
            "connect_params: beside service nothing else can stand; put it into that service");
      }
      if (!name.matches("[a-z_]+")) {
        throw new Refusal(
            "connect_params: '"
                + name
                + "' is no parameter of a connection; they are those of PostgreSQL's libpq");
      }
      if (value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
        throw new Refusal("connect_params: " + name + " has a line end in it");
      }
      secret |= each.getValue() instanceof Value.Secret;
      text.append(name).append('=').append(value).append('\n');
    }
    return secret ? new Value.Secret(text.toString()) : Value.text(text.toString());
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Textual given -> given.reveal();
      case Value.Int number -> number.value().toString();
      case Value.Bool bool -> bool.value() ? "1" : "0";
      default -> throw new Refusal("connect_params takes texts and numbers");
    };
  }
}
