package dev.hearth.module.database;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.Optional;

/** What {@code mysql_user} refuses: settings of users that few servers of homelabs have. */
public record MysqlUserRefusals(
    @Arg(doc = "What its connections must prove; refused.") Map<String, Value> tlsRequires,
    @Arg(doc = "How much it may use; refused.") Map<String, Value> resourceLimits,
    @Arg(doc = "Attributes of MySQL 8; refused.") Map<String, Value> attributes,
    @Arg(doc = "Variables of the session; refused.") Map<String, Value> sessionVars,
    @Arg(
            doc = "When its password ends; refused.",
            choices = {"default", "interval", "never", "now"})
        Optional<String> passwordExpire,
    @Arg(doc = "After how many days; refused.") Optional<Integer> passwordExpireInterval,
    @Arg(doc = "Keep it from logging in; refused.") Optional<Boolean> locked,
    @Arg(doc = "Salt of a digest; refused.") Optional<Value.Textual> salt,
    @Arg(doc = "Try root without a password first; refused when true.", defaultsTo = "false")
        boolean checkImplicitAdmin) {

  /** Refuses all of them. */
  public MysqlUserRefusals {
    boolean any =
        !tlsRequires.isEmpty()
            || !resourceLimits.isEmpty()
            || !attributes.isEmpty()
            || !sessionVars.isEmpty()
            || passwordExpire.isPresent()
            || passwordExpireInterval.isPresent()
            || locked.isPresent()
            || salt.isPresent()
            || checkImplicitAdmin;
    if (any) {
      throw new Refusal(
          "tls_requires, resource_limits, attributes, session_vars, password_expire, locked, salt"
              + " and check_implicit_admin are not supported; use mysql_query with ALTER USER");
    }
  }
}
