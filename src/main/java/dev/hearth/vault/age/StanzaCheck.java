package dev.hearth.vault.age;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.vault.key.CanonicalBase64;
import dev.hearth.vault.key.HybridIdentity;
import java.util.List;

/** Refuses recipients of the kinds we know that are not written as age writes them. */
final class StanzaCheck {

  private static final int POINT_BYTES = 32;
  private static final int WRAPPED_BYTES = 32;
  private static final int MOST_WORK = 20;

  private final Location at;

  StanzaCheck(Location at) {
    this.at = at;
  }

  void check(List<Stanza> stanzas) {
    for (Stanza stanza : stanzas) {
      switch (stanza.kind()) {
        case Stanza.X25519 -> x25519(stanza);
        case Stanza.HYBRID -> hybrid(stanza);
        case Stanza.SCRYPT -> scrypt(stanza, stanzas.size());
        default -> {
          // A kind that others know; the check sum covers it.
        }
      }
    }
  }

  private void x25519(Stanza stanza) {
    if (!isPublicKey(stanza, POINT_BYTES)) {
      throw wrong("an X25519 recipient has one key of 32 bytes and an encrypted key of 32");
    }
  }

  private void hybrid(Stanza stanza) {
    if (!isPublicKey(stanza, HybridIdentity.ENCAPSULATED_BYTES)) {
      throw wrong("a hybrid recipient has one key of 1120 bytes and an encrypted key of 32");
    }
  }

  private static boolean isPublicKey(Stanza stanza, int length) {
    return stanza.arguments().size() == 2
        && CanonicalBase64.decode(stanza.arguments().get(1), length).isPresent()
        && stanza.body().length == WRAPPED_BYTES;
  }

  private void scrypt(Stanza stanza, int recipients) {
    if (recipients > 1) {
      throw wrong("a passphrase has to be the only recipient");
    }
    List<String> arguments = stanza.arguments();
    boolean right =
        arguments.size() == 3
            && CanonicalBase64.decode(arguments.get(1), Scrypt.SALT_BYTES).isPresent()
            && arguments.get(2).matches("[1-9][0-9]?")
            && stanza.body().length == WRAPPED_BYTES;
    if (!right) {
      throw wrong(
          "a passphrase has a salt of 16 bytes, a work factor and an encrypted key of 32 bytes");
    }
    int work = Integer.parseInt(arguments.get(2));
    if (work > MOST_WORK) {
      throw wrong("its work factor is 2^" + work + "; more than 2^" + MOST_WORK + " is refused");
    }
  }

  private HearthException wrong(String why) {
    return Damage.HEADER.at(at, why);
  }
}
