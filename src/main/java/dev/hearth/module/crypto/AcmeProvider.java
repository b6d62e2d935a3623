package dev.hearth.module.crypto;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What certificates of an authority in the Internet are told; refused, for it needs acme-tiny on
 * the host, a name that the Internet knows, and a web server that shows the challenge.
 */
public record AcmeProvider(
    @Arg(doc = "Of acme; refused, a certificate from the Internet needs acme-tiny on the host.")
        Optional<String> acmeAccountkeyPath,
    @Arg(doc = "Of acme; refused.") Optional<Boolean> acmeChain,
    @Arg(doc = "Of acme; refused.") Optional<String> acmeChallengePath,
    @Arg(doc = "Of acme; refused.") Optional<String> acmeDirectory) {

  /** Refuses all of them. */
  public AcmeProvider {
    if (Stream.of(acmeAccountkeyPath, acmeChain, acmeChallengePath, acmeDirectory)
        .anyMatch(Optional::isPresent)) {
      throw refusal();
    }
  }

  /** Why there is no acme. */
  static Refusal refusal() {
    return new Refusal(
        "the provider acme is not supported: it needs acme-tiny on the host and an authority that"
            + " reaches it; call an ACME client such as lego or certbot in a command task");
  }
}
