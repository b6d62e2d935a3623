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
import java.math.BigInteger;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code community.crypto.x509_certificate}: a certificate that its own key signs, made on the host
 * by its openssl.
 */
public final class X509Certificate implements Module<X509Certificate.Args> {

  private static final Pattern RELATIVE =
      Pattern.compile("\\+(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s?)?");
  private static final DateTimeFormatter OPENSSL =
      DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy z", Locale.ENGLISH);
  private static final long DAY = 86_400;

  /** Times that are no whole days from now need openssl 3.4. */
  private static final String MAKE =
      """
      key=$1 request=$2 digest=$3 days=$4 from=$5 until=$6 identifier=$7
      openssl x509 -help >"$work/help" 2>&1
      if [ -z "$request" ]; then
        request=$work/request
        openssl req -new -key "$key" -passin env:HEARTH_PASSPHRASE -subj / -out "$request" 2>"$work/said" </dev/null || {
          cat "$work/said" >&2
          exit 1
        }
      fi
      set -- -req -in "$request" -signkey "$key" -passin env:HEARTH_PASSPHRASE "-$digest" -out "$work/made"
      if grep -q -e -copy_extensions "$work/help"; then
        set -- "$@" -copy_extensions copyall
      elif openssl req -in "$request" -noout -text | grep -q 'Requested Extensions'; then
        echo "this host's openssl cannot take extensions over from a request; it needs openssl 3" >&2
        exit 1
      fi
      printf 'subjectKeyIdentifier=%s\\n' "$identifier" >"$work/extensions"
      [ -z "$identifier" ] || set -- "$@" -extfile "$work/extensions"
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
              doc = "Who signs it; only `selfsigned`.",
              choices = {"acme", "ownca", "selfsigned"})
          Optional<String> provider,
      @Arg(doc = "Its private key on the host.") Optional<String> privatekeyPath,
      @Arg(doc = "Its private key; refused, name a file.")
          Optional<Value.Textual> privatekeyContent,
      @Arg(doc = "What the key is encrypted with; it never becomes an argument of a program.")
          Optional<Value.Textual> privatekeyPassphrase,
      @Arg(doc = "Its request on the host; an empty name without one.") Optional<String> csrPath,
      @Arg(doc = "Its request; refused, name a file.") Optional<String> csrContent,
      @Arg(doc = "Make a new one in any case.", defaultsTo = "false") boolean force,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(doc = "Give its content back.", defaultsTo = "false") boolean returnContent,
      @Arg(doc = "Other times are no change; false is refused.", defaultsTo = "true")
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
      @Inline RefusedProviders others,
      @Inline FileAttributes attributes) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.crypto.x509_certificate",
        Args.class,
        "Makes and removes certificates that their own keys sign.");
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
      return there.exists()
          ? Verdict.changes(
                  List.of(MadeFile.remove(want.path(), want.backup())),
                  List.of(),
                  base.changed(true))
              .telling((result, ends) -> MadeFile.kept(result, ends.getFirst()))
          : Verdict.satisfied(base);
    }
    refuse(want);
    String key =
        want.privatekeyPath()
            .orElseThrow(
                () ->
                    new Refusal(
                        "the certificate's own key signs it: name its file in privatekey_path"));
    CertificateFact fact =
        new CertificateFact(
            want.path(), key, want.csrPath().orElse(""), want.privatekeyPassphrase());
    CertificateFact.Answer now = host.get(fact);
    if (!now.requestFits()) {
      throw new Refusal("The private key does not belong to the CSR's public key");
    }
    if (now.fits() && !want.force()) {
      Result result = told(base, now);
      if (want.returnContent()) {
        result = result.with("certificate", host.get(new FileText(want.path())));
      }
      AttributeChange change = AttributeChange.of(want.attributes(), there);
      return change.needed()
          ? Verdict.changes(
              List.of(change.step(want.path(), true)),
              List.of(Diff.Properties.of(want.path(), change.before(), change.after())),
              result.changed(true))
          : Verdict.satisfied(result);
    }
    return make(want, fact, now, there, base);
  }

  private static Value text(Optional<String> given) {
    return given.<Value>map(Value::text).orElse(Value.NULL);
  }

  private static void refuse(Args want) {
    if (!want.provider().orElse("").equals("selfsigned")) {
      throw new Refusal(
          "only the provider selfsigned is supported; for others call openssl or an ACME client in"
              + " a command task");
    }
    if (want.privatekeyContent().isPresent() || want.csrContent().isPresent()) {
      throw new Refusal(
          "privatekey_content and csr_content are not supported; write them to files and name"
              + " these");
    }
    if (!want.ignoreTimestamps()) {
      throw new Refusal("ignore_timestamps: false is not supported; set force where it must hold");
    }
  }

  /** Seconds from now with a plus in front, or the time itself. */
  private static String time(String text) {
    if (text.matches("\\d{14}Z")) {
      return text;
    }
    Matcher parts = RELATIVE.matcher(text);
    if (!parts.matches()) {
      throw new Refusal("'" + text + "' is no time; write +365d, +12h or 20260101000000Z");
    }
    long[] units = {7 * DAY, DAY, 3600, 60, 1};
    long seconds = 0;
    for (int i = 0; i < units.length; i++) {
      String digits = parts.group(i + 1);
      seconds += digits == null ? 0 : Long.parseLong(digits) * units[i];
    }
    return "+" + seconds;
  }

  private static Result told(Result result, CertificateFact.Answer certificate) {
    Result all = result;
    for (String line : certificate.dates().lines().toList()) {
      int equals = line.indexOf('=');
      String name = line.substring(0, Math.max(0, equals));
      String value = line.substring(equals + 1).strip();
      all =
          switch (name) {
            case "notBefore", "notAfter" -> all.with(name, date(value));
            case "serial" -> all.with("serial_number", new Value.Int(new BigInteger(value, 16)));
            default -> all;
          };
    }
    return all;
  }

  private static String date(String openssl) {
    return ZonedDateTime.parse(openssl.replaceAll("\\s+", " "), OPENSSL)
        .format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT));
  }

  private static Verdict make(
      Args want, CertificateFact fact, CertificateFact.Answer now, PathInfo there, Result base) {
    String from = time(want.selfsignedNotBefore());
    String until = time(want.selfsignedNotAfter());
    boolean days =
        from.equals("+0") && until.startsWith("+") && Long.parseLong(until.substring(1)) % DAY == 0;
    boolean identifier =
        switch (want.selfsignedCreateSubjectKeyIdentifier()) {
          case "always_create" -> true;
          case "never_create" -> false;
          default -> !now.identifier();
        };
    boolean never = want.selfsignedCreateSubjectKeyIdentifier().equals("never_create");
    MadeFile made = MadeFile.of(want.path(), want.backup(), want.attributes(), 0644, there);
    List<Step> steps =
        new ArrayList<>(
            List.of(
                Step.change(
                    (now.exists() ? "make the certificate anew: " : "make the certificate ")
                        + want.path(),
                    made.make(
                            PrivateKeyFact.NEEDS_OPENSSL,
                            MAKE,
                            List.of(
                                fact.privateKey(),
                                want.csrPath().orElse(""),
                                want.selfsignedDigest(),
                                days ? Long.toString(Long.parseLong(until.substring(1)) / DAY) : "",
                                from,
                                until,
                                identifier ? "hash" : never ? "none" : ""))
                        .in(PrivateKeyFact.environment(want.privatekeyPassphrase())),
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
              Result all = MadeFile.kept(told(result, fact.parse(ends.get(1))), ends.getFirst());
              return want.returnContent() ? all.with("certificate", ends.getLast().out()) : all;
            });
  }
}
