package dev.hearth.vault.strong;

import dev.hearth.diag.Location;
import dev.hearth.vault.key.Aead;
import dev.hearth.vault.key.CanonicalBase64;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** The body of one value: one line. */
final class ValueBody {

  private static final String PURPOSE = "value";
  private static final byte[] NOTHING = {};

  private ValueBody() {}

  static List<String> seal(byte[] plain, FileKey key, SecureRandom random) {
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] derived = key.derive(PURPOSE);
    byte[] padded = Padding.pad(false, plain);
    byte[] box = Aead.AES_256_GCM.sealWithNonce(derived, nonce, NOTHING, padded);
    Arrays.fill(derived, (byte) 0);
    Arrays.fill(padded, (byte) 0);
    return List.of(CanonicalBase64.encode(box));
  }

  static byte[] open(List<String> body, FileKey key, Location at) {
    if (body.size() != 1) {
      throw Damage.form(at, "a value has one line after its header, this has " + body.size());
    }
    byte[] derived = key.derive(PURPOSE);
    byte[] padded =
        CanonicalBase64.decode(body.getFirst())
            .flatMap(box -> Aead.AES_256_GCM.openWithNonce(derived, NOTHING, box))
            .orElseThrow(() -> Damage.changed(at, "its tag does not belong to it"));
    Arrays.fill(derived, (byte) 0);
    return Padding.text(padded, at);
  }
}
