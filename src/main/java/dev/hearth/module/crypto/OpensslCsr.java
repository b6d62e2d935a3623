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
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code community.crypto.openssl_csr}: a request for a certificate, made on the host by its
 * openssl.
 */
public final class OpensslCsr implements Module<OpensslCsr.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "Where it is.") String path,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Its private key on the host.") Optional<String> privatekeyPath,
      @Arg(doc = "Its private key itself.") Optional<Value.Textual> privatekeyContent,
      @Arg(doc = "What the key is encrypted with; it never becomes an argument of a program.")
          Optional<Value.Textual> privatekeyPassphrase,
      @Arg(doc = "The digest.", defaultsTo = "sha256") String digest,
      @Arg(
              doc = "The version; 1.",
              choices = {"1"},
              defaultsTo = "1")
          String version,
      @Arg(doc = "Make a new one in any case.", defaultsTo = "false") boolean force,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(doc = "Give its content back.", defaultsTo = "false") boolean returnContent,
      @Arg(
              doc = "What makes it; always openssl.",
              choices = {"auto", "cryptography"},
              defaultsTo = "auto")
          String selectCryptoBackend,
      @Inline CsrSubject subject,
      @Inline CsrExtensions extensions,
      @Inline FileAttributes attributes) {

    private CsrFact fact() {
      KeyMaterial key = KeyMaterial.of("privatekey", privatekeyPath, privatekeyContent);
      if (!key.given()) {
        throw new Refusal(
            "the request is signed with its key: give privatekey_path or privatekey_content");
      }
      if (!digest.matches("\\w[\\w-]*")) {
        throw new Refusal("'" + digest + "' is no digest");
      }
      return new CsrFact(
          path,
          key,
          privatekeyPassphrase,
          digest,
          CsrConfig.of(subject, extensions),
          subject.ordered());
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.crypto.openssl_csr", Args.class, "Makes and removes requests for certificates.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new PathFact(want.path()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    PathInfo there = host.get(new PathFact(want.path())).followed();
    Result base = base(want);
    if (want.state().equals("absent")) {
      return MadeFile.absent(want.path(), want.backup(), there.exists(), base);
    }
    CsrFact fact = want.fact();
    CsrFact.Answer now = host.get(fact);
    if (!now.fits() || want.force()) {
      return make(want, fact, now, there, base);
    }
    Result result =
        want.returnContent() ? base.with("csr", host.get(new FileText(want.path()))) : base;
    return AttributeChange.alone(want.path(), want.attributes(), there, result);
  }

  private static Result base(Args want) {
    CsrExtensions asks = want.extensions();
    return Result.ok()
        .with("filename", want.path())
        .with("privatekey", want.privatekeyPath().<Value>map(Value::text).orElse(Value.NULL))
        .with(
            "subject",
            new Value.Seq(want.subject().fields().stream().map(CsrSubject.Field::shown).toList()))
        .with("subjectAltName", texts(asks.names(want.subject())))
        .with("keyUsage", texts(asks.keyUsage()))
        .with("extendedKeyUsage", texts(asks.extendedKeyUsage()))
        .with("basicConstraints", texts(asks.basicConstraints()))
        .with("ocspMustStaple", asks.ocspMustStaple())
        .with("name_constraints_permitted", list(asks.nameConstraintsPermitted()))
        .with("name_constraints_excluded", list(asks.nameConstraintsExcluded()));
  }

  private static Value list(List<String> all) {
    return new Value.Seq(all.stream().<Value>map(Value::text).toList());
  }

  private static Value texts(List<String> all) {
    return all.isEmpty() ? Value.NULL : list(all);
  }

  private static Verdict make(
      Args want, CsrFact fact, CsrFact.Answer now, PathInfo there, Result base) {
    MadeFile made = MadeFile.of(want.path(), want.backup(), want.attributes(), 0644, there);
    List<Step> steps = new ArrayList<>();
    steps.add(
        Step.change(
            (now.exists() ? "make the request anew: " : "make the request ") + want.path(),
            made.make(PrivateKeyFact.NEEDS_OPENSSL, CsrFact.MAKE, fact.words())
                .in(fact.environment())
                .reading(Payload.of(Value.text(fact.config()))),
            made.undo()));
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
              Result all = MadeFile.kept(result, ends.getFirst());
              return want.returnContent() ? all.with("csr", ends.getLast().out()) : all;
            });
  }
}
