package dev.hearth.module.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuestionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "SELECT count(*), max(id)::text FROM users WHERE name IN ('a', 'b') AND note = 'x; into'",
        "select pg_catalog.count(*) from \"odd (name\"",
        "select coalesce((select id from t where exists (select 1 from u)), 0)",
        "select datname, pg_database_size(datname) from pg_database",
        "with a as (select 1 as n) select n from a where n = $1",
        "select data->>'name' from t where data @> '{\"a\": [1]}'",
        "show tables like 'app%'",
        "select `from`, ifnull(a, '') from `odd(`",
      })
  void whatOnlyAsks(String statement) {
    assertThat(new Question(statement).onlyAsks()).isTrue();
    assertThat(new Question(statement).givesRows()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select app.clean_up(30)",
        "select public.count(*) from t",
        "select \"Count\"(1)",
        "select nextval('ids')",
        "select setval ('ids', 1)",
        "select pg_terminate_backend(pid) from pg_stat_activity",
        "select count(*), (select drop_all()) from t",
        "select 1 /*! + delete_all() */",
        "select 'it\\'s', delete_all()",
        "select $a$ ' $a$, delete_all(), ' '",
        "select 1 -- '\n, delete_all() -- '",
        "select @a := 1",
      })
  void whatMayDoMore(String statement) {
    assertThat(new Question(statement).onlyAsks()).isFalse();
    assertThat(new Question(statement).givesRows()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * into b from a",
        "select 1; delete from t",
        "select * from t into outfile '/tmp/t'",
      })
  void whatIsMoreThanAQuestion(String statement) {
    assertThat(new Question(statement).onlyAsks()).isFalse();
    assertThat(new Question(statement).givesRows()).isFalse();
  }
}
