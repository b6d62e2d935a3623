package dev.hearth.module.crypto;

import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a certificate is made from.
 *
 * @param key its private key
 * @param passphrase that opens it
 * @param request what it is asked for with
 * @param authority the certificate of who signs it; none when its own key does
 * @param signer the private key of who signs it
 * @param signerPassphrase that opens that
 */
record CertificateSources(
    KeyMaterial key,
    Optional<Value.Textual> passphrase,
    KeyMaterial request,
    KeyMaterial authority,
    KeyMaterial signer,
    Optional<Value.Textual> signerPassphrase) {

  /** Sets {@code $key}, {@code $request}, {@code $authority} and {@code $signer} from the words. */
  static final String GIVEN =
      KeyMaterial.FUNCTION
          + """
          given key "$1" "$HEARTH_KEY"
          given request "$2" "$HEARTH_REQUEST"
          given authority "$3" "$HEARTH_AUTHORITY"
          given signer "$4" "$HEARTH_SIGNER"
          shift 4
          unset HEARTH_KEY HEARTH_REQUEST HEARTH_AUTHORITY HEARTH_SIGNER
          """;

  /** The words for {@link #GIVEN}. */
  List<String> words() {
    return KeyMaterial.words(key, request, authority, signer);
  }

  /** What scripts are told of contents and passphrases. */
  Map<String, Word> environment() {
    Map<String, Word> all =
        KeyMaterial.environment(
            Map.of(
                "HEARTH_KEY",
                key,
                "HEARTH_REQUEST",
                request,
                "HEARTH_AUTHORITY",
                authority,
                "HEARTH_SIGNER",
                signer));
    all.putAll(PrivateKeyFact.environment(passphrase));
    if (signer.given()) {
      all.put("HEARTH_SIGNER_PASSPHRASE", signerPassphrase.map(Word::of).orElse(Word.of("")));
    }
    return all;
  }
}
