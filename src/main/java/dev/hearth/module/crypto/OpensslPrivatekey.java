package dev.hearth.module.crypto;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileText;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
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
 * {@code community.crypto.openssl_privatekey}: a private key, made on the host by its openssl. It
 * never leaves the host unless its content is asked for.
 */
public final class OpensslPrivatekey implements Module<OpensslPrivatekey.Args> {

  private static final String MAKE =
      """
      type=$1 size=$2 curve=$3 format=$4 convert=$5
      case $convert,$type in
        yes,*) openssl pkey -in "$path" -passin env:HEARTH_PASSPHRASE -out "$work/plain" ;;
        *,RSA) openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:$size" -out "$work/plain" ;;
        *,DSA) openssl dsaparam -genkey -noout -out "$work/plain" "$size" ;;
        *,ECC)
          openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$curve" \\
            -pkeyopt ec_param_enc:named_curve -out "$work/plain"
          ;;
        *) openssl genpkey -algorithm "$type" -out "$work/plain" ;;
      esac </dev/null 2>"$work/said" || {
        tail -n 1 "$work/said" >&2
        exit 1
      }
      set --
      [ "$format" != pkcs1 ] || set -- -traditional
      [ -z "$HEARTH_PASSPHRASE" ] || set -- "$@" -aes256 -passout env:HEARTH_PASSPHRASE
      openssl pkey -in "$work/plain" "$@" -out "$work/made" || exit 1
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
              doc = "The kind.",
              choices = {"DSA", "ECC", "Ed25519", "Ed448", "RSA", "X25519", "X448"},
              defaultsTo = "RSA")
          String type,
      @Arg(doc = "Its length in bits, for RSA and DSA.", defaultsTo = "4096") int size,
      @Arg(
              doc = "The curve, for ECC.",
              choices = {
                "secp224r1",
                "secp256k1",
                "secp256r1",
                "secp384r1",
                "secp521r1",
                "secp192r1",
                "brainpoolP256r1",
                "brainpoolP384r1",
                "brainpoolP512r1",
                "sect163k1",
                "sect163r2",
                "sect233k1",
                "sect233r1",
                "sect283k1",
                "sect283r1",
                "sect409k1",
                "sect409r1",
                "sect571k1",
                "sect571r1"
              })
          Optional<String> curve,
      @Arg(doc = "What it is encrypted with; it never becomes an argument of a program.")
          Optional<Value.Textual> passphrase,
      @Arg(doc = "The cipher; only `auto`, which is aes256.", defaultsTo = "auto") String cipher,
      @Arg(doc = "Make a new one in any case.", defaultsTo = "false") boolean force,
      @Arg(
              doc =
                  "How it is written; `raw`, bytes without their kind, is refused: openssl cannot"
                      + " read them back.",
              choices = {"auto", "auto_ignore", "pkcs1", "pkcs8", "raw"},
              defaultsTo = "auto_ignore")
          String format,
      @Arg(
              doc = "What happens when it is written otherwise.",
              choices = {"convert", "regenerate"},
              defaultsTo = "regenerate")
          String formatMismatch,
      @Arg(
              doc = "When a key that is there is made anew.",
              choices = {"always", "fail", "full_idempotence", "never", "partial_idempotence"},
              defaultsTo = "full_idempotence")
          String regenerate,
      @Arg(doc = "Give its content back.", defaultsTo = "false") boolean returnContent,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(
              doc = "What makes it; always openssl.",
              choices = {"auto", "cryptography"},
              defaultsTo = "auto")
          String selectCryptoBackend,
      @Inline FileAttributes attributes) {

    private boolean curved() {
      return type.equals("ECC");
    }

    private String opensslCurve() {
      return switch (curve.orElse("")) {
        case "secp256r1" -> "prime256v1";
        case "secp192r1" -> "prime192v1";
        default -> curve.orElse("");
      };
    }

    /** How it is written when it is made. */
    private String written() {
      return switch (format) {
        case "pkcs1", "pkcs8" -> format;
        default -> List.of("RSA", "DSA", "ECC").contains(type) ? "pkcs1" : "pkcs8";
      };
    }

    private FileAttributes wanted() {
      return attributes.mode().isPresent()
          ? attributes
          : attributes.withMode(Optional.of(new FileMode("0600")));
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.crypto.openssl_privatekey",
        Args.class,
        "Makes and removes private keys for TLS.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want), new PathFact(want.path()));
  }

  private static PrivateKeyFact fact(Args want) {
    return new PrivateKeyFact(want.path(), want.passphrase());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.format().equals("raw") || !want.cipher().equals("auto")) {
      throw new Refusal("format raw and other ciphers than auto are not supported");
    }
    if (want.curved() && want.curve().isEmpty()) {
      throw new Refusal("type is ECC but all of the following are missing: curve");
    }
    PrivateKeyFact.Answer now = host.get(fact(want));
    PathInfo there = host.get(new PathFact(want.path())).followed();
    if (want.state().equals("absent")) {
      return MadeFile.absent(want.path(), want.backup(), now.exists(), base(want));
    }
    if (anew(want, now)) {
      return make(want, now.exists(), there, false);
    }
    boolean readable = !now.type().isEmpty();
    if (readable && otherFormat(want, now) && want.formatMismatch().equals("convert")) {
      return make(want, true, there, true);
    }
    Result result = told(want, now, base(want));
    if (want.returnContent()) {
      result = result.with("privatekey", new Value.Secret(host.get(new FileText(want.path()))));
    }
    return AttributeChange.alone(want.path(), want.wanted(), there, result);
  }

  private static boolean otherFormat(Args want, PrivateKeyFact.Answer now) {
    return !want.format().equals("auto_ignore") && !now.format().equals(want.written());
  }

  private static boolean anew(Args want, PrivateKeyFact.Answer now) {
    if (!now.exists() || want.force() || want.regenerate().equals("always")) {
      return true;
    }
    boolean idempotent = want.regenerate().endsWith("_idempotence");
    boolean opens = !now.type().isEmpty() && now.encrypted() == want.passphrase().isPresent();
    if (!opens) {
      if (want.regenerate().equals("full_idempotence")) {
        return true;
      }
      throw new Refusal(
          "the key does not open: it has another passphrase, none, or is damaged; give the right"
              + " passphrase, or set regenerate to full_idempotence or always to make a new one");
    }
    boolean fits =
        now.type().equals(want.type())
            && (!List.of("RSA", "DSA").contains(want.type()) || now.size() == want.size())
            && (!want.curved() || now.curve().equals(want.opensslCurve()));
    if (!fits && !want.regenerate().equals("never")) {
      if (idempotent) {
        return true;
      }
      throw new Refusal(
          "the key is of another type, size or curve; set regenerate to partial_idempotence or"
              + " full_idempotence to make a new one");
    }
    boolean format =
        otherFormat(want, now)
            && want.formatMismatch().equals("regenerate")
            && !want.regenerate().equals("never");
    if (format && !idempotent) {
      throw new Refusal(
          "the key is written in another format; set format_mismatch to convert to write it anew,"
              + " or regenerate to partial_idempotence or full_idempotence to make a new one");
    }
    return format;
  }

  private static Result base(Args want) {
    return Result.ok().with("filename", want.path());
  }

  private static Result told(Args want, PrivateKeyFact.Answer key, Result result) {
    Result all = result.with("type", want.type());
    all =
        want.curved()
            ? all.with("curve", want.curve().orElse("")).with("size", want.size())
            : all.with("size", key.size() == 0 ? want.size() : key.size());
    return all.with("fingerprint", Value.Dict.ofTexts(key.fingerprints()));
  }

  private static Verdict make(Args want, boolean exists, PathInfo there, boolean convert) {
    MadeFile made = MadeFile.of(want.path(), want.backup(), want.wanted(), 0600, there);
    String what =
        (convert ? "convert the key " : exists ? "make the key anew: " : "make the key ")
            + want.path();
    PrivateKeyFact fact = fact(want);
    List<Step> steps =
        new ArrayList<>(
            List.of(
                Step.change(
                    what,
                    made.make(
                            PrivateKeyFact.NEEDS_OPENSSL,
                            MAKE,
                            List.of(
                                want.type(),
                                Integer.toString(want.size()),
                                want.opensslCurve(),
                                want.written(),
                                convert ? "yes" : ""))
                        .in(PrivateKeyFact.environment(want.passphrase())),
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
                    Map.of("state", Value.text(exists ? "present" : "absent")),
                    Map.of("state", Value.text("present"), "type", Value.text(want.type())))),
            base(want).changed(true))
        .telling(
            (result, ends) -> {
              Result all =
                  MadeFile.kept(told(want, fact.parse(ends.get(1)), result), ends.getFirst());
              return want.returnContent()
                  ? all.with("privatekey", new Value.Secret(ends.getLast().out()))
                  : all;
            });
  }
}
