package dev.hearth.connection;

/** The worker under bash. */
final class BashConnectionTest extends ConnectionSuite {

  @Override
  protected Connection connect() {
    return LocalShell.under("bash --posix");
  }
}
