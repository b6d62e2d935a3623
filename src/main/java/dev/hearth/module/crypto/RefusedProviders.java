package dev.hearth.module.crypto;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What only those providers of certificates are told that are refused: {@code acme}, {@code ownca}.
 */
public record RefusedProviders(
    @Arg(doc = "Of acme; refused.") Optional<String> acmeAccountkeyPath,
    @Arg(doc = "Of acme; refused.") Optional<Boolean> acmeChain,
    @Arg(doc = "Of acme; refused.") Optional<String> acmeChallengePath,
    @Arg(doc = "Of acme; refused.") Optional<String> acmeDirectory,
    @Arg(doc = "Of ownca; refused.") Optional<String> owncaPath,
    @Arg(doc = "Of ownca; refused.") Optional<String> owncaContent,
    @Arg(doc = "Of ownca; refused.") Optional<String> owncaPrivatekeyPath,
    @Arg(doc = "Of ownca; refused.") Optional<Value.Textual> owncaPrivatekeyContent,
    @Arg(doc = "Of ownca; refused.") Optional<Value.Textual> owncaPrivatekeyPassphrase,
    @Arg(doc = "Of ownca; refused.") Optional<String> owncaDigest,
    @Arg(doc = "Of ownca; refused.") Optional<String> owncaNotBefore,
    @Arg(doc = "Of ownca; refused.") Optional<String> owncaNotAfter,
    @Arg(doc = "Of ownca; refused.") Optional<Integer> owncaVersion,
    @Arg(doc = "Of ownca; refused.") Optional<Boolean> owncaCreateAuthorityKeyIdentifier,
    @Arg(doc = "Of ownca; refused.") Optional<String> owncaCreateSubjectKeyIdentifier) {

  /** Refuses all of them. */
  public RefusedProviders {
    Map<String, Optional<?>> all = new TreeMap<>();
    all.put("acme_accountkey_path", acmeAccountkeyPath);
    all.put("acme_chain", acmeChain);
    all.put("acme_challenge_path", acmeChallengePath);
    all.put("acme_directory", acmeDirectory);
    all.put("ownca_path", owncaPath);
    all.put("ownca_content", owncaContent);
    all.put("ownca_privatekey_path", owncaPrivatekeyPath);
    all.put("ownca_privatekey_content", owncaPrivatekeyContent);
    all.put("ownca_privatekey_passphrase", owncaPrivatekeyPassphrase);
    all.put("ownca_digest", owncaDigest);
    all.put("ownca_not_before", owncaNotBefore);
    all.put("ownca_not_after", owncaNotAfter);
    all.put("ownca_version", owncaVersion);
    all.put("ownca_create_authority_key_identifier", owncaCreateAuthorityKeyIdentifier);
    all.put("ownca_create_subject_key_identifier", owncaCreateSubjectKeyIdentifier);
    all.forEach(
        (name, given) -> {
          if (given.isPresent()) {
            throw new Refusal(
                "the parameter '" + name + "' is not supported, only the provider selfsigned is");
          }
        });
  }
}
