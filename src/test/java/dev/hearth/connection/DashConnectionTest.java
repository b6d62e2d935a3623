package dev.hearth.connection;

/** The worker under dash. */
final class DashConnectionTest extends ConnectionSuite {

  @Override
  protected Connection connect() {
    return LocalShell.under("dash");
  }
}
