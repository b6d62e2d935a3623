package dev.hearth.template;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.vault.Bcrypt;
import dev.hearth.vault.OneTimeVault;
import java.util.Optional;

/** The real ciphers, for templates of tests. */
public final class TestCiphers implements Ciphers {

  @Override
  public String bcrypt(String version, byte[] password, byte[] salt, int cost) {
    return Bcrypt.hash(version, password, salt, cost);
  }

  @Override
  public String seal(String plain, Value.Textual password, String label, Optional<String> salt) {
    try (OneTimeVault vault = new OneTimeVault(password.reveal(), label)) {
      return vault.seal(plain, salt);
    }
  }

  @Override
  public Optional<String> unseal(String sealed, Value.Textual password) {
    try (OneTimeVault vault = new OneTimeVault(password.reveal(), "default")) {
      return vault.open(sealed, Location.startOf(new Source("a test", "")));
    }
  }
}
