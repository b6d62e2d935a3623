package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Locale;

/** {@code ansible.builtin.rpm_key}: a key that rpm trusts. */
public final class RpmKey implements Module<RpmKey.Args> {

  private static final String IMPORT =
      """
      t=$(mktemp) || exit
      trap 'rm -f "$t"' EXIT
      cat >"$t" && rpm --import "$t"
      """;

  private static final String ERASE =
      """
      for k in $(rpm -q gpg-pubkey 2>/dev/null); do
        case $k in gpg-pubkey-"$1"-* | gpg-pubkey-*"$1"-*) rpm -e "$k" || exit ;; esac
      done
      """;

  private static final String KEYS =
      """
      if ! command -v rpm >/dev/null; then
        echo "rpm is not on this host" >&2
        exit 127
      fi
      rpm -q gpg-pubkey --qf '%{version}\\n' 2>/dev/null
      exit 0
      """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "Address or file of the key, or its id when it is to be removed.") String key,
      @Arg(
              doc = "Whether rpm trusts it.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "The key must have one of these fingerprints.") List<String> fingerprint,
      @Arg(doc = "Check certificates; always done.", defaultsTo = "true") boolean validateCerts) {}

  /** The short ids of the keys that rpm trusts. */
  record Trusted() implements Fact<List<String>> {
    @Override
    public String key() {
      return "rpm keys";
    }

    @Override
    public Script probe() {
      return Script.of(KEYS);
    }

    @Override
    public List<String> parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact(answer.err().strip());
      }
      return answer.out().lines().map(OpenPgp::plain).toList();
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of("ansible.builtin.rpm_key", Args.class, "Adds and removes keys that rpm trusts.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return place(want)
        ? List.of(new Trusted(), new KeyContentFact(want.key()))
        : List.of(new Trusted());
  }

  private static boolean place(Args want) {
    return want.key().contains("://") || want.key().startsWith("/");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<String> now = host.get(new Trusted());
    if (!place(want) && !want.key().matches("(?i)(?:0x)?[0-9a-f]{8,40}")) {
      throw new Refusal("Not a valid key " + want.key());
    }
    byte[] bytes = place(want) ? host.get(new KeyContentFact(want.key())) : new byte[0];
    String full =
        place(want)
            ? OpenPgp.read(bytes)
                .orElseThrow(() -> new Refusal("Not a public key: " + want.key()))
                .fingerprints()
                .getFirst()
            : OpenPgp.plain(want.key());
    if (!want.fingerprint().isEmpty()
        && want.fingerprint().stream().map(OpenPgp::plain).noneMatch(full::equals)) {
      throw new Refusal("The specified fingerprint does not match the key fingerprint " + full);
    }
    boolean there = now.stream().anyMatch(each -> full.endsWith(each) || each.endsWith(full));
    boolean present = want.state().equals("present");
    if (present == there) {
      return Verdict.satisfied(Result.ok());
    }
    if (present && bytes.length == 0) {
      throw new Refusal("When importing a key, a valid file must be given");
    }
    String id = full.substring(full.length() - 8).toLowerCase(Locale.ROOT);
    Script erase = Script.of(ERASE, id);
    Step step =
        present
            ? Step.change(
                "trust the key " + full,
                Script.of(IMPORT).reading(new Payload.Binary(bytes)),
                new Undo.Run("trust the key " + full + " no more", erase))
            : Step.change(
                "trust the key " + full + " no more",
                erase,
                bytes.length == 0
                    ? new Undo.Impossible("the key itself is not known here")
                    : new Undo.Run(
                        "trust the key " + full,
                        Script.of(IMPORT).reading(new Payload.Binary(bytes))));
    return Verdict.changes(List.of(step), List.of(), Result.changedNow());
  }
}
