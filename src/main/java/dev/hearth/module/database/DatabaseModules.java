package dev.hearth.module.database;

import dev.hearth.module.Module;
import java.util.List;

/** The modules of this package, for the registry. */
public final class DatabaseModules {

  private DatabaseModules() {}

  /** All of them. */
  public static List<Module<?>> all() {
    return List.of(
        new MysqlDb(),
        new MysqlQuery(),
        new MysqlUser(),
        new PostgresqlPrivs(),
        new PostgresqlUser(),
        new PostgresqlDb(),
        new PostgresqlPing(),
        new PostgresqlQuery());
  }
}
