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
    @Arg(doc = "Further parameters of the connection; refused.") Map<String, Value> connectParams,
    @Arg(doc = "Names are quoted in any case; means nothing.", defaultsTo = "true")
        boolean trustInput) {

  /** Refuses what the client is not told. */
  public PostgresLogin {
    if (!connectParams.isEmpty()) {
      throw new Refusal(
          "connect_params is not supported; set PG... variables in the task's environment");
    }
  }

  /** A script that runs statements on a database; they go in on standard input. */
  Script script(String database, Value.Textual statements, boolean tags) {
    Map<String, Word> variables = new LinkedHashMap<>();
    loginHost
        .filter(host -> !host.isEmpty())
        .or(() -> loginUnixSocket.filter(path -> !path.isEmpty()))
        .ifPresent(place -> variables.put("PGHOST", Word.of(place)));
    variables.put("PGPORT", Word.of(Integer.toString(loginPort)));
    variables.put("PGUSER", Word.of(loginUser));
    variables.put("PGDATABASE", Word.of(database));
    variables.put("PGSSLMODE", Word.of(sslMode));
    variables.put("PGCONNECT_TIMEOUT", Word.of("30"));
    loginPassword.ifPresent(password -> variables.put("PGPASSWORD", Word.of(password)));
    caCert.ifPresent(file -> variables.put("PGSSLROOTCERT", Word.of(file)));
    sslCert.ifPresent(file -> variables.put("PGSSLCERT", Word.of(file)));
    sslKey.ifPresent(file -> variables.put("PGSSLKEY", Word.of(file)));
    String role = sessionRole.map(name -> "SET ROLE " + Sql.name(name) + ";\n").orElse("");
    return Script.of(PSQL, tags ? "tags" : "")
        .in(variables)
        .reading(Payload.of(statements.with(role + statements.reveal() + "\n")));
  }

  private static final String PSQL =
      """
      if ! command -v psql >/dev/null; then
        echo "psql is not on this host; install postgresql-client" >&2
        exit 127
      fi
      cd /
      if [ "$1" = tags ]; then set --; else set -- --quiet; fi
      exec psql --no-psqlrc --no-password --no-align --tuples-only "$@" \\
        --set ON_ERROR_STOP=1 --set VERBOSITY=terse --file -
      """;
}
