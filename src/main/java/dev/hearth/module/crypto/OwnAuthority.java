package dev.hearth.module.crypto;

import dev.hearth.module.Arg;
import dev.hearth.value.Value;
import java.util.Optional;

/** The authority of one's own that signs a certificate. */
public record OwnAuthority(
    @Arg(doc = "The authority's certificate on the host.") Optional<String> owncaPath,
    @Arg(doc = "The authority's certificate itself.") Optional<Value.Textual> owncaContent,
    @Arg(doc = "The authority's private key on the host.") Optional<String> owncaPrivatekeyPath,
    @Arg(
            doc =
                "The authority's private key itself; on the host it is in a file that nobody else"
                    + " can read, and only meanwhile.")
        Optional<Value.Textual> owncaPrivatekeyContent,
    @Arg(doc = "What that key is encrypted with; it never becomes an argument of a program.")
        Optional<Value.Textual> owncaPrivatekeyPassphrase,
    @Arg(doc = "The digest.", defaultsTo = "sha256") String owncaDigest,
    @Arg(doc = "From when it holds, as selfsigned_not_before.", defaultsTo = "+0s")
        String owncaNotBefore,
    @Arg(doc = "Until when it holds.", defaultsTo = "+3650d") String owncaNotAfter,
    @Arg(
            doc = "The version; 3.",
            choices = {"3"},
            defaultsTo = "3")
        String owncaVersion,
    @Arg(doc = "Whether it names the authority's key.", defaultsTo = "true")
        boolean owncaCreateAuthorityKeyIdentifier,
    @Arg(
            doc = "Whether it names its key.",
            choices = {"always_create", "create_if_not_provided", "never_create"},
            defaultsTo = "create_if_not_provided")
        String owncaCreateSubjectKeyIdentifier) {}
