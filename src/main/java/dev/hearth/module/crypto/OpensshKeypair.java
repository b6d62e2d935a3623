package dev.hearth.module.crypto;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.SshKeygen;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code community.crypto.openssh_keypair}: a pair of SSH keys, made on the host by {@code
 * ssh-keygen}. The private key never leaves it.
 */
public final class OpensshKeypair implements Module<OpensshKeypair.Args> {

  /** Made beside its place and renamed, so that there is never half a pair. */
  private static final String MAKE =
      SshKeygen.FUNCTION
          + """
          if ! command -v ssh-keygen >/dev/null; then
            echo "ssh-keygen is not on this host; install openssh-client" >&2
            exit 127
          fi
          case $1 in */*) dir=${1%/*} ;; *) dir=. ;; esac
          t=$(umask 077; mktemp -d "$dir/.hearth.XXXXXX") || exit
          trap 'rm -rf -- "$t"' EXIT
          keygen -N -q -t "$2" ${3:+-b "$3"} -C "$4" -f "$t/key" >/dev/null || exit
          chmod "$5" "$t/key" && chmod 0644 "$t/key.pub" || exit
          if [ -n "$6" ]; then chown "$6" "$t/key" "$t/key.pub" || exit; fi
          sync "$t/key" "$t/key.pub" 2>/dev/null || sync
          mv -f -- "$t/key" "$1" && mv -f -- "$t/key.pub" "$1.pub"
          """;

  private static final String COMMENT =
      SshKeygen.FUNCTION + "keygen -P -q -c -C \"$2\" -f \"$1\" >/dev/null\n";
  private static final String PUBLIC =
      SshKeygen.FUNCTION
          + """
          umask 022
          public=$(keygen -P -y -f "$1") && printf '%s\\n' "$public" >"$1.pub"
          """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "The private key; the public one is beside it with `.pub`.") String path,
      @Arg(
              doc = "Whether they are there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(
              doc = "The kind.",
              choices = {"dsa", "ecdsa", "ed25519", "rsa", "rsa1"},
              defaultsTo = "rsa")
          String type,
      @Arg(doc = "Its length in bits; 4096 for rsa.") Optional<Integer> size,
      @Arg(doc = "The comment of the public key.") Optional<String> comment,
      @Arg(doc = "Make new ones in any case.", defaultsTo = "false") boolean force,
      @Arg(
              doc =
                  "What the private key is encrypted with; it never becomes an argument of a"
                      + " program.")
          Optional<Value.Textual> passphrase,
      @Arg(
              doc = "How the private key is written; OpenSSH's own way.",
              choices = {"auto", "pkcs1", "pkcs8", "ssh"},
              defaultsTo = "auto")
          String privateKeyFormat,
      @Arg(
              doc = "When keys that are there are made anew.",
              choices = {"always", "fail", "full_idempotence", "never", "partial_idempotence"},
              defaultsTo = "partial_idempotence")
          String regenerate,
      @Arg(
              doc = "What makes them; always ssh-keygen.",
              choices = {"auto", "cryptography", "opensshbin"},
              defaultsTo = "auto")
          String backend,
      @Inline FileAttributes attributes) {

    private KeypairFact fact() {
      return new KeypairFact(path, passphrase.filter(text -> !text.reveal().isEmpty()));
    }

    private Map<String, Word> environment() {
      return SshKeygen.environment(passphrase);
    }

    /** Whether a key that does not open is made anew; who lost a passphrase must say so. */
    private boolean replaces() {
      return force || List.of("always", "full_idempotence").contains(regenerate);
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.crypto.openssh_keypair", Args.class, "Makes and removes pairs of SSH keys.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(want.fact());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!List.of("auto", "ssh").contains(want.privateKeyFormat())) {
      throw new Refusal(
          "other formats than OpenSSH's are not supported; use ssh-keygen in a command task");
    }
    KeypairFact.Answer now = host.get(want.fact());
    if (want.state().equals("absent")) {
      return now.exists()
          ? Verdict.changes(
              List.of(
                  Step.change(
                      "remove " + want.path(),
                      Script.of("rm -f -- \"$1\" \"$1.pub\"\n", want.path()),
                      Undo.restore(want.path(), want.path() + ".pub"))),
              List.of(),
              Result.changedNow())
          : Verdict.satisfied(Result.ok());
    }
    if (now.exists() && now.fingerprint().isEmpty() && !want.replaces()) {
      throw new Refusal(
          "Unable to read the key. The key is protected with a passphrase or broken."
              + " Will not proceed. To force regeneration, use force: true");
    }
    Optional<Integer> size = want.size().or(() -> usual(want.type()));
    boolean fits =
        now.type().equals(want.type()) && size.map(bits -> bits == now.size()).orElse(true);
    boolean anew =
        !now.exists()
            || want.force()
            || want.regenerate().equals("always")
            || !fits && !List.of("never", "fail").contains(want.regenerate());
    if (now.exists() && !fits && want.regenerate().equals("fail")) {
      throw new Refusal("Key has wrong type and/or size. Will not proceed.");
    }
    if (anew) {
      return make(want, size, now);
    }
    if (now.publicKey().isEmpty()) {
      return changes(
          want,
          Step.change(
              "write " + want.path() + ".pub",
              Script.of(PUBLIC, want.path()).in(want.environment()),
              Undo.restore(want.path() + ".pub")));
    }
    if (want.comment().isPresent() && !want.comment().get().equals(now.comment())) {
      return changes(
          want,
          Step.change(
              "change the comment of " + want.path(),
              Script.of(COMMENT, want.path(), want.comment().get()).in(want.environment()),
              Undo.restore(want.path(), want.path() + ".pub")));
    }
    return Verdict.satisfied(now.told(Result.ok().with("filename", want.path())));
  }

  private static Optional<Integer> usual(String type) {
    return switch (type) {
      case "rsa" -> Optional.of(4096);
      case "dsa" -> Optional.of(1024);
      case "ecdsa", "ed25519" -> Optional.of(256);
      default -> Optional.empty();
    };
  }

  private static Verdict make(Args want, Optional<Integer> size, KeypairFact.Answer now) {
    String mode =
        want.attributes().mode().map(it -> FileMode.show(it.applyTo(0600, false))).orElse("0600");
    String owner =
        want.attributes().owner().orElse("")
            + want.attributes().group().map(group -> ":" + group).orElse("");
    return changes(
        want,
        Step.change(
            (now.exists() ? "make the keys anew: " : "make the keys ") + want.path(),
            Script.of(
                    MAKE,
                    want.path(),
                    want.type(),
                    want.type().equals("ed25519") ? "" : size.map(Object::toString).orElse(""),
                    want.comment().orElse(""),
                    mode,
                    owner)
                .in(want.environment()),
            Undo.restore(want.path(), want.path() + ".pub")));
  }

  private static Verdict changes(Args want, Step step) {
    KeypairFact fact = want.fact();
    return Verdict.changes(
            List.of(step, Step.read("look at " + want.path(), fact.probe())),
            List.of(new Diff.Prepared(step.what() + "\n")),
            Result.changedNow().with("filename", want.path()))
        .telling((end, ends) -> fact.parse(ends.getLast()).told(end));
  }
}
