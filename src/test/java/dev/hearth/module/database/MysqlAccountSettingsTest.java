package dev.hearth.module.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.fact.Facts;
import dev.hearth.shell.Outcome;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MysqlAccountSettingsTest {

  private static final MysqlAccess ACCESS =
      new MysqlLogin(
              Optional.empty(),
              Optional.empty(),
              "localhost",
              3306,
              Optional.empty(),
              30,
              "~/.my.cnf",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty())
          .access();

  private static final Map<String, String> SERVER =
      Map.of(
          "mysql version",
          "8.4.2\n",
          "mysql account 'app'@'%'",
          "CREATE USER 'app'@'%' IDENTIFIED WITH 'x' REQUIRE NONE PASSWORD EXPIRE INTERVAL 5 DAY"
              + " ACCOUNT LOCK\n",
          "mysql attributes of 'app'@'%'",
          "{\"old\": \"x\", \"kept\": 1}\n");

  private static final Facts HOST =
      new Facts() {
        @Override
        public <T> T get(dev.hearth.fact.Fact<T> fact) {
          String answer = Objects.requireNonNull(SERVER.get(fact.key()), fact.key());
          return fact.parse(Outcome.Exited.of(0, answer, ""));
        }

        @Override
        public void prefetch(java.util.Collection<? extends dev.hearth.fact.Fact<?>> facts) {}
      };

  @Test
  void statementsChangeAnAccountAndPutItBack() {
    MysqlAccountSettings settings =
        new MysqlAccountSettings(
            Map.of("cipher", Value.text("it's"), "X509", Value.NULL),
            Map.of("MAX_USER_CONNECTIONS", Value.number(3)),
            Map.of("old", Value.NULL, "kept", Value.number(1)),
            Map.of(),
            Optional.of("never"),
            Optional.empty(),
            Optional.of(false),
            Optional.empty(),
            false);

    Alterations all = settings.alterations(ACCESS, MysqlAccount.fresh("app", "%"), false, HOST);

    assertThat(all.forth())
        .containsExactly(
            "ALTER USER 'app'@'%' REQUIRE CIPHER 'it''s'",
            "ALTER USER 'app'@'%' WITH MAX_USER_CONNECTIONS 3",
            "ALTER USER 'app'@'%' PASSWORD EXPIRE NEVER",
            "ALTER USER 'app'@'%' ACCOUNT UNLOCK",
            "ALTER USER 'app'@'%' ATTRIBUTE '{\"old\": null}'");
    assertThat(all.back())
        .containsExactly(
            "ALTER USER 'app'@'%' REQUIRE NONE",
            "ALTER USER 'app'@'%' WITH MAX_USER_CONNECTIONS 0",
            "ALTER USER 'app'@'%' PASSWORD EXPIRE INTERVAL 5 DAY",
            "ALTER USER 'app'@'%' ACCOUNT LOCK",
            "ALTER USER 'app'@'%' ATTRIBUTE '{\"old\": \"x\"}'");
  }
}
