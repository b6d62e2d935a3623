package dev.hearth.module.crypto;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/** What a request for a certificate asks for beside a name. */
public record CsrExtensions(
    @Arg(
            doc = "Other names: `DNS:`, `IP:`, `email:`, `URI:`, `RID:` or `otherName:` in front.",
            aliases = {"subjectAltName"})
        List<String> subjectAltName,
    @Arg(
            doc = "Who does not understand them must not accept it.",
            aliases = {"subjectAltName_critical"},
            defaultsTo = "false")
        boolean subjectAltNameCritical,
    @Arg(
            doc = "Take the common name where no other name is given.",
            aliases = {"useCommonNameForSAN"},
            defaultsTo = "true")
        boolean useCommonNameForSan,
    @Arg(
            doc = "What the key may be used for, `digitalSignature`, `keyCertSign`.",
            aliases = {"keyUsage"})
        List<String> keyUsage,
    @Arg(
            doc = "Who does not understand it must not accept it.",
            aliases = {"keyUsage_critical"},
            defaultsTo = "false")
        boolean keyUsageCritical,
    @Arg(
            doc = "What for beyond that, `serverAuth`, `clientAuth`, or a number.",
            aliases = {"extKeyUsage", "extendedKeyUsage"})
        List<String> extendedKeyUsage,
    @Arg(
            doc = "Who does not understand it must not accept it.",
            aliases = {"extKeyUsage_critical", "extendedKeyUsage_critical"},
            defaultsTo = "false")
        boolean extendedKeyUsageCritical,
    @Arg(
            doc = "Whether it is an authority, `CA:TRUE`, `pathlen:0`.",
            aliases = {"basicConstraints"})
        List<String> basicConstraints,
    @Arg(
            doc = "Who does not understand it must not accept it.",
            aliases = {"basicConstraints_critical"},
            defaultsTo = "false")
        boolean basicConstraintsCritical,
    @Arg(
            doc = "Servers must show that it is not revoked.",
            aliases = {"ocspMustStaple"},
            defaultsTo = "false")
        boolean ocspMustStaple,
    @Arg(
            doc = "Who does not understand it must not accept it.",
            aliases = {"ocspMustStaple_critical"},
            defaultsTo = "false")
        boolean ocspMustStapleCritical,
    @Arg(doc = "Of an authority: names that it may sign, `DNS:.lab`.")
        List<String> nameConstraintsPermitted,
    @Arg(doc = "Of an authority: names that it may not sign.") List<String> nameConstraintsExcluded,
    @Arg(doc = "Who does not understand these must not accept it.", defaultsTo = "false")
        boolean nameConstraintsCritical,
    @Arg(doc = "Name the key by its digest.", defaultsTo = "false")
        boolean createSubjectKeyIdentifier,
    @Arg(doc = "Name the key so, in hexadecimal digits.") Optional<String> subjectKeyIdentifier,
    @Arg(doc = "Name the authority's key so, in hexadecimal digits.")
        Optional<String> authorityKeyIdentifier,
    @Arg(doc = "The authority's names; refused, authorities put them in themselves.")
        List<String> authorityCertIssuer,
    @Arg(doc = "The number of the authority's certificate; refused.")
        Optional<Integer> authorityCertSerialNumber,
    @Arg(
            doc =
                "Where to ask what is revoked: mappings of full_name and reasons; relative_name and"
                    + " crl_issuer are refused.")
        List<Value> crlDistributionPoints) {

  /** Refuses what is not written into requests. */
  public CsrExtensions {
    if (!authorityCertIssuer.isEmpty() || authorityCertSerialNumber.isPresent()) {
      throw new Refusal(
          "authority_cert_issuer and authority_cert_serial_number are not supported; the authority"
              + " says them when it signs");
    }
    if (createSubjectKeyIdentifier && subjectKeyIdentifier.isPresent()) {
      throw new Refusal(
          "subject_key_identifier cannot be specified if create_subject_key_identifier is true");
    }
  }

  /** The other names, with the common name where that counts as one. */
  List<String> names(CsrSubject subject) {
    return subjectAltName.isEmpty() && useCommonNameForSan
        ? subject.name().map(name -> List.of("DNS:" + name)).orElse(List.of())
        : subjectAltName;
  }
}
