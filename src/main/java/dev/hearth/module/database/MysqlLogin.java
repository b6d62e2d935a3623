package dev.hearth.module.database;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.Optional;

/**
 * How the host gets into MySQL or MariaDB: the parameters that all modules of {@code
 * community.mysql} share. The host's own client makes the connection; the password goes into a file
 * of options that nobody else can read and that is gone afterwards.
 */
public record MysqlLogin(
    @Arg(doc = "As whom; the configuration file says it otherwise.") Optional<String> loginUser,
    @Arg(doc = "The password; it never becomes an argument of a program.")
        Optional<Value.Textual> loginPassword,
    @Arg(doc = "The server.", defaultsTo = "localhost") String loginHost,
    @Arg(doc = "Its port.", defaultsTo = "3306") int loginPort,
    @Arg(doc = "Its socket instead.") Optional<String> loginUnixSocket,
    @Arg(doc = "Seconds until it is given up.", defaultsTo = "30") int connectTimeout,
    @Arg(doc = "A configuration file with further options.", defaultsTo = "~/.my.cnf")
        String configFile,
    @Arg(
            doc = "File of the client's certificate.",
            aliases = {"ssl_cert"})
        Optional<String> clientCert,
    @Arg(
            doc = "File of the client's key.",
            aliases = {"ssl_key"})
        Optional<String> clientKey,
    @Arg(
            doc = "File of the authority.",
            aliases = {"ssl_ca"})
        Optional<String> caCert,
    @Arg(doc = "Whether the server's name must be that of its certificate.")
        Optional<Boolean> checkHostname) {

  /**
   * The file of options, to be sent in front of what else is sent.
   *
   * @param server whether it names the server
   */
  Value.Textual options(boolean server) {
    StringBuilder text = new StringBuilder("[client]\n");
    loginUser.ifPresent(name -> option(text, "user", name));
    loginPassword.ifPresent(password -> option(text, "password", password.reveal()));
    if (loginUnixSocket.filter(path -> !path.isEmpty()).isPresent()) {
      option(text, "socket", loginUnixSocket.get());
    } else if (server) {
      text.append(server());
    }
    clientCert.ifPresent(file -> option(text, "ssl-cert", file));
    clientKey.ifPresent(file -> option(text, "ssl-key", file));
    caCert.ifPresent(file -> option(text, "ssl-ca", file));
    if (checkHostname.orElse(false)) {
      text.append("ssl-verify-server-cert\n");
    }
    text.append("[mysql]\nconnect-timeout=").append(connectTimeout).append('\n');
    text.append("[mariadb-client]\nconnect-timeout=").append(connectTimeout).append('\n');
    return loginPassword.isPresent()
        ? new Value.Secret(text.toString())
        : Value.text(text.toString());
  }

  /** The lines of the server. */
  String server() {
    StringBuilder text = new StringBuilder();
    option(text, "host", loginHost);
    option(text, "port", Integer.toString(loginPort));
    return text.toString();
  }

  private static void option(StringBuilder text, String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
      throw new Refusal("login_" + name + " has a line end in it");
    }
    text.append(name)
        .append("=\"")
        .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
        .append("\"\n");
  }

  /** Gets in like this. */
  MysqlAccess access() {
    return new MysqlAccess(this, false, false);
  }

  /** A name in backquotes. */
  static String name(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new Refusal("a name contains a NUL character");
    }
    return "`" + name.replace("`", "``") + "`";
  }

  /** A text in single quotes. */
  static String text(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new Refusal("a text contains a NUL character");
    }
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
