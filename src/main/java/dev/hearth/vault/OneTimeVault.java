package dev.hearth.vault;

import dev.hearth.diag.Location;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Ansible's vault format with a password that is given for one text alone. */
public final class OneTimeVault implements AutoCloseable {

  private final VaultSecret secret;

  /** A vault with this password. */
  public OneTimeVault(String password, String label) {
    secret = new VaultSecret(label, password.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The text encrypted, with its header.
   *
   * @param salt one that is given; by default a random one
   */
  public String seal(String plain, Optional<String> salt) {
    try (AnsibleScheme scheme = new AnsibleScheme(salt, new SecureRandom())) {
      return scheme.sealer(secret).seal(plain.getBytes(StandardCharsets.UTF_8)).text();
    }
  }

  /**
   * The plain text; empty when the password does not open it.
   *
   * @param at where the encrypted text stands
   * @throws dev.hearth.diag.HearthException when it is damaged
   */
  public Optional<String> open(String sealed, Location at) {
    try (AnsibleScheme scheme = new AnsibleScheme(Optional.empty(), new SecureRandom())) {
      return scheme
          .opened(Envelope.parse(sealed, at), List.of(secret))
          .map(
              opened -> {
                try {
                  return Vault.text(opened.plain(), at);
                } finally {
                  Arrays.fill(opened.plain(), (byte) 0);
                }
              });
    }
  }

  @Override
  public void close() {
    secret.close();
  }
}
