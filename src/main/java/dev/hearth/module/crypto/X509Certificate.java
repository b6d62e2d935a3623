package dev.hearth.module.crypto;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileText;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.files.AttributeChange;
import dev.hearth.module.files.MadeFile;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code community.crypto.x509_certificate}: a certificate that its own key or an authority of
 * one's own signs, made on the host by its openssl.
 */
public final class X509Certificate implements Module<X509Certificate.Args> {

  /** Times that are no whole days from now need openssl 3.4. */
  private static final String MAKE =
      CertificateSources.GIVEN
          + """
          digest=$1 days=$2 from=$3 until=$4 identifier=$5 names=$6
          openssl x509 -help >"$work/help" 2>&1
          if [ -z "$request" ]; then
            request=$work/request
            openssl req -new -key "$key" -passin env:HEARTH_PASSPHRASE -subj / -out "$request" 2>"$work/said" </dev/null || {
              cat "$work/said" >&2
              exit 1
            }
          fi
          if [ -n "$authority" ]; then
            set -- -CA "$authority" -CAkey "$signer" -passin env:HEARTH_SIGNER_PASSPHRASE \\
              -set_serial "0x$(openssl rand -hex 19)"
          else
            set -- -signkey "$key" -passin env:HEARTH_PASSPHRASE
          fi
          set -- -req -in "$request" "$@" "-$digest" -out "$work/made"
          if grep -q -e -copy_extensions "$work/help"; then
            set -- "$@" -copy_extensions copyall
          elif openssl req -in "$request" -noout -text | grep -q 'Requested Extensions'; then
            echo "this host's openssl cannot take extensions over from a request; it needs openssl 3" >&2
            exit 1
          fi
          : >"$work/extensions"
          [ -z "$identifier" ] || printf 'subjectKeyIdentifier=%s\\n' "$identifier" >>"$work/extensions"
          [ -z "$names" ] || printf 'authorityKeyIdentifier=%s\\n' "$names" >>"$work/extensions"
          [ ! -s "$work/extensions" ] || set -- "$@" -extfile "$work/extensions"
          when() {
            case $1 in
              +*) date -u -d "@$(($(date +%s) + ${1#+}))" +%Y%m%d%H%M%SZ ;;
              *) printf '%s\\n' "$1" ;;
            esac
          }
          if [ -n "$days" ]; then
            set -- "$@" -days "$days"
          elif grep -q -e -not_after "$work/help"; then
            set -- "$@" -not_before "$(when "$from")" -not_after "$(when "$until")"
          else
            echo "this host's openssl takes whole days from now only; write not_after as +365d" >&2
            exit 1
          fi
          openssl x509 "$@" 2>"$work/said" </dev/null || {
            cat "$work/said" >&2
            exit 1
          }
          """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "Where it is.") String path,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(
              doc =
                  "Who signs it: its own key, or an authority of one's own with its key and a"
                      + " request; `acme` is refused.",
              choices = {"acme", "ownca", "selfsigned"})
          Optional<String> provider,
      @Arg(doc = "Its private key on the host.") Optional<String> privatekeyPath,
      @Arg(doc = "Its private key itself.") Optional<Value.Textual> privatekeyContent,
      @Arg(doc = "What the key is encrypted with; it never becomes an argument of a program.")
          Optional<Value.Textual> privatekeyPassphrase,
      @Arg(doc = "Its request on the host; an empty name without one.") Optional<String> csrPath,
      @Arg(doc = "Its request itself.") Optional<Value.Textual> csrContent,
      @Arg(doc = "Make a new one in any case.", defaultsTo = "false") boolean force,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(doc = "Give its content back.", defaultsTo = "false") boolean returnContent,
      @Arg(
              doc =
                  "Other times are no change. With false a time that is relative to now makes a new"
                      + " certificate in each run.",
              defaultsTo = "true")
          boolean ignoreTimestamps,
      @Arg(doc = "The digest.", defaultsTo = "sha256") String selfsignedDigest,
      @Arg(
              doc = "From when it holds: `+0s`, `+1d`, or 20260101000000Z.",
              aliases = {"selfsigned_notBefore"},
              defaultsTo = "+0s")
          String selfsignedNotBefore,
      @Arg(
              doc = "Until when it holds.",
              aliases = {"selfsigned_notAfter"},
              defaultsTo = "+3650d")
          String selfsignedNotAfter,
      @Arg(
              doc = "The version; 3.",
              choices = {"3"},
              defaultsTo = "3")
          String selfsignedVersion,
      @Arg(
              doc = "Whether it names its key.",
              choices = {"always_create", "create_if_not_provided", "never_create"},
              defaultsTo = "create_if_not_provided")
          String selfsignedCreateSubjectKeyIdentifier,
      @Arg(
              doc = "What makes it; always openssl.",
              choices = {"auto", "cryptography"},
              defaultsTo = "auto")
          String selectCryptoBackend,
      @Inline AcmeProvider acme,
      @Inline OwnAuthority authority,
      @Inline FileAttributes attributes) {

    private boolean own() {
      return provider.orElse("").equals("ownca");
    }

    private CertificateSources sources() {
      return new CertificateSources(
          KeyMaterial.of("privatekey", privatekeyPath, privatekeyContent),
          privatekeyPassphrase,
          KeyMaterial.of("csr", csrPath, csrContent),
          own()
              ? KeyMaterial.of("ownca", authority.owncaPath(), authority.owncaContent())
              : KeyMaterial.NONE,
          own()
              ? KeyMaterial.of(
                  "ownca_privatekey",
                  authority.owncaPrivatekeyPath(),
                  authority.owncaPrivatekeyContent())
              : KeyMaterial.NONE,
          authority.owncaPrivatekeyPassphrase());
    }

    private CertificateTimes times() {
      return own()
          ? CertificateTimes.written(authority.owncaNotBefore(), authority.owncaNotAfter())
          : CertificateTimes.written(selfsignedNotBefore, selfsignedNotAfter);
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.crypto.x509_certificate",
        Args.class,
        "Makes and removes certificates that their own keys or one's own authority sign.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new PathFact(want.path()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    PathInfo there = host.get(new PathFact(want.path())).followed();
    Result base =
        Result.ok()
            .with("filename", want.path())
            .with("privatekey", text(want.privatekeyPath()))
            .with("csr", text(want.csrPath()));
    if (want.state().equals("absent")) {
      return MadeFile.absent(want.path(), want.backup(), there.exists(), base);
    }
    CertificateFact fact = new CertificateFact(want.path(), want.sources());
    refuse(want, fact.sources());
    if (want.own()) {
      base =
          base.with("ca_cert", text(want.authority().owncaPath()))
              .with("ca_privatekey", text(want.authority().owncaPrivatekeyPath()));
    }
    CertificateFact.Answer now = host.get(fact);
    if (!now.requestFits()) {
      throw new Refusal("The private key does not belong to the CSR's public key");
    }
    if (!now.signerFits()) {
      throw new Refusal("The CA private key does not belong to the CA certificate");
    }
    boolean fits =
        now.fits()
            && (!want.own()
                || now.authorityNamed()
                || !want.authority().owncaCreateAuthorityKeyIdentifier())
            && (want.ignoreTimestamps() || want.times().of(now.dates()));
    if (fits && !want.force()) {
      Result result = CertificateTimes.told(base, now.dates());
      if (want.returnContent()) {
        result = result.with("certificate", host.get(new FileText(want.path())));
      }
      return AttributeChange.alone(want.path(), want.attributes(), there, result);
    }
    return make(want, fact, now, there, base);
  }

  private static Value text(Optional<String> given) {
    return given.<Value>map(Value::text).orElse(Value.NULL);
  }

  private static void refuse(Args want, CertificateSources sources) {
    switch (want.provider().orElse("")) {
      case "selfsigned" -> {
        if (!sources.key().given()) {
          throw new Refusal(
              "the certificate's own key signs it: name its file in privatekey_path, or give"
                  + " privatekey_content");
        }
      }
      case "ownca" -> {
        if (!sources.request().given()) {
          throw new Refusal("csr_path or csr_content is required for ownca provider");
        }
        if (!sources.authority().given() || !sources.signer().given()) {
          throw new Refusal(
              "the authority signs it: give its certificate in ownca_path or ownca_content, and its"
                  + " key in ownca_privatekey_path or ownca_privatekey_content");
        }
      }
      case "acme" -> throw AcmeProvider.refusal();
      default ->
          throw new Refusal("state is present but all of the following are missing: provider");
    }
  }

  private static Verdict make(
      Args want, CertificateFact fact, CertificateFact.Answer now, PathInfo there, Result base) {
    CertificateTimes times = want.times();
    String identifier =
        switch (want.own()
            ? want.authority().owncaCreateSubjectKeyIdentifier()
            : want.selfsignedCreateSubjectKeyIdentifier()) {
          case "always_create" -> "hash";
          case "never_create" -> "none";
          default -> now.identifier() ? "" : "hash";
        };
    String names =
        !want.own() ? "" : want.authority().owncaCreateAuthorityKeyIdentifier() ? "keyid" : "none";
    List<String> words = new ArrayList<>(fact.sources().words());
    words.addAll(
        List.of(
            want.own() ? want.authority().owncaDigest() : want.selfsignedDigest(),
            times.days(),
            times.from(),
            times.until(),
            identifier,
            names));
    MadeFile made = MadeFile.of(want.path(), want.backup(), want.attributes(), 0644, there);
    List<Step> steps =
        new ArrayList<>(
            List.of(
                Step.change(
                    (now.exists() ? "make the certificate anew: " : "make the certificate ")
                        + want.path(),
                    made.make(PrivateKeyFact.NEEDS_OPENSSL, MAKE, words)
                        .in(fact.sources().environment()),
                    made.undo()),
                Step.read("look at " + want.path(), fact.probe())));
    if (want.returnContent()) {
      steps.add(Step.read("read " + want.path(), new FileText(want.path()).probe()));
    }
    return Verdict.changes(
            steps,
            List.of(
                Diff.Properties.of(
                    want.path(),
                    Map.of("state", Value.text(now.exists() ? "other" : "absent")),
                    Map.of("state", Value.text("present")))),
            base.changed(true))
        .telling(
            (result, ends) -> {
              Result all =
                  MadeFile.kept(
                      CertificateTimes.told(result, fact.parse(ends.get(1)).dates()),
                      ends.getFirst());
              return want.returnContent() ? all.with("certificate", ends.getLast().out()) : all;
            });
  }
}
