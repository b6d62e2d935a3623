package dev.hearth.module.database;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An account of a server of MySQL or MariaDB: a user's name from one place.
 *
 * @param name the user's
 * @param host from where
 * @param plugin how it proves who it is
 * @param digest what that is compared with
 * @param requires what its connections must prove, as {@code REQUIRE} takes it
 * @param limits how much it may use, by the names of {@code ALTER USER}
 * @param expired whether its password is
 */
record MysqlAccount(
    String name,
    String host,
    String plugin,
    String digest,
    String requires,
    Map<String, Value> limits,
    boolean expired) {

  /** What an account need not prove. */
  static final String NOTHING = "NONE";

  /** A limit that only MariaDB has. */
  static final String STATEMENT_TIME = "MAX_STATEMENT_TIME";

  private static final List<String> LIMITS =
      List.of(
          "MAX_QUERIES_PER_HOUR",
          "MAX_UPDATES_PER_HOUR",
          "MAX_CONNECTIONS_PER_HOUR",
          "MAX_USER_CONNECTIONS",
          STATEMENT_TIME);

  /**
   * Asks for all accounts of a name.
   *
   * @param time whether the limit that only MariaDB has is asked for
   */
  static MysqlRows question(MysqlAccess access, String name, boolean time) {
    return new MysqlRows(
        access,
        "user " + name,
        "SELECT Host, plugin, authentication_string, ssl_type, ssl_cipher, x509_issuer,"
            + " x509_subject, password_expired, max_questions, max_updates, max_connections,"
            + " max_user_connections"
            + (time ? ", max_statement_time" : "")
            + " FROM mysql.user WHERE User = "
            + MysqlLogin.text(name));
  }

  /** What the server answers to that. */
  static MysqlAccount of(String name, List<String> row) {
    Map<String, Value> limits = new LinkedHashMap<>();
    for (int i = 0; i < LIMITS.size() && i + 8 < row.size(); i++) {
      limits.put(LIMITS.get(i), number(LIMITS.get(i), row.get(i + 8)));
    }
    return new MysqlAccount(
        name,
        row.get(0),
        row.get(1),
        cell(row, 2),
        requires(cell(row, 3), cell(row, 4), cell(row, 5), cell(row, 6)),
        limits,
        cell(row, 7).equals("Y"));
  }

  /** An account as it is made when nothing is said of it. */
  static MysqlAccount fresh(String name, String host) {
    Map<String, Value> limits = new LinkedHashMap<>();
    LIMITS.forEach(limit -> limits.put(limit, Value.text("0")));
    return new MysqlAccount(name, host, "", "", NOTHING, limits, false);
  }

  /** How statements call it. */
  String user() {
    return MysqlLogin.text(name) + "@" + MysqlLogin.text(host);
  }

  private static String cell(List<String> row, int column) {
    return column < row.size() ? row.get(column) : "";
  }

  /** A limit in a form in which equal numbers are equal texts. */
  static Value number(String name, String text) {
    try {
      return Value.text(new BigDecimal(text.strip()).stripTrailingZeros().toPlainString());
    } catch (NumberFormatException notOne) {
      throw new Refusal("resource_limits: " + name + " is no number: " + text);
    }
  }

  /** What {@code REQUIRE} takes; names of a certificate win over the kind. */
  static String requires(String kind, String cipher, String issuer, String subject) {
    List<String> all = new ArrayList<>();
    add(all, "CIPHER", cipher);
    add(all, "ISSUER", issuer);
    add(all, "SUBJECT", subject);
    if (!all.isEmpty()) {
      return String.join(" AND ", all);
    }
    return switch (kind) {
      case "" -> NOTHING;
      case "X509" -> "X509";
      default -> "SSL";
    };
  }

  private static void add(List<String> all, String what, String text) {
    if (!text.isEmpty()) {
      all.add(what + " " + MysqlLogin.text(text));
    }
  }
}
