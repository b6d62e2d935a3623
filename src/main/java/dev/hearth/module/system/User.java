package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Users, by useradd and its sisters or busybox's adduser. A password is a hash and reaches {@code
 * chpasswd} by its standard input, never as an argument.
 */
public final class User implements Module<User.Args> {

  /** The arguments of {@code user}. */
  public record Args(
      @Arg(
              doc = "The user's name.",
              aliases = {"user"})
          String name,
      @Arg(
              doc = "Whether there is such a user.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Its number.") Optional<Integer> uid,
      @Arg(doc = "Let the number be one that another user has.", defaultsTo = "false")
          boolean nonUnique,
      @Arg(doc = "Its primary group, name or number; it must exist.") Optional<String> group,
      @Arg(doc = "Its other groups; they must exist. An empty text removes it from all others.")
          Optional<List<String>> groups,
      @Arg(doc = "Keep it in groups that are not listed.", defaultsTo = "false") boolean append,
      @Arg(doc = "The description in the user database.") Optional<String> comment,
      @Arg(doc = "Its login shell.") Optional<String> shell,
      @Arg(doc = "Its home directory.") Optional<String> home,
      @Arg(
              doc = "Make the home directory when it is missing.",
              aliases = {"createhome"},
              defaultsTo = "true")
          boolean createHome,
      @Arg(doc = "Move the content of the old home directory to the new one.", defaultsTo = "false")
          boolean moveHome,
      @Arg(doc = "Where the first content of the home directory comes from.")
          Optional<String> skeleton,
      @Arg(doc = "The umask for the home directory.") Optional<String> umask,
      @Arg(doc = "Take a number for system users; only when it is made.", defaultsTo = "false")
          boolean system,
      @Arg(doc = "The password's hash, as `password_hash` makes it.")
          Optional<Value.Textual> password,
      @Arg(
              doc = "Whether the password is set every time or only when the user is made.",
              choices = {"always", "on_create"},
              defaultsTo = "always")
          String updatePassword,
      @Arg(doc = "Lock or unlock the password.") Optional<Boolean> passwordLock,
      @Arg(doc = "When it expires, seconds since 1970; negative for never.")
          Optional<Double> expires,
      @Arg(doc = "With `state: absent`, remove its home directory and mail.", defaultsTo = "false")
          boolean remove,
      @Arg(doc = "With `state: absent`, remove it even if it is logged in.", defaultsTo = "false")
          boolean force,
      @Arg(doc = "Make an SSH key pair for it when it has none.", defaultsTo = "false")
          boolean generateSshKey,
      @Arg(doc = "Bits of the key.") Optional<Integer> sshKeyBits,
      @Arg(doc = "Kind of the key.", defaultsTo = "rsa") String sshKeyType,
      @Arg(doc = "Where the key lies; relative to the home directory.") Optional<String> sshKeyFile,
      @Arg(doc = "Comment of the key.") Optional<String> sshKeyComment,
      @Arg(doc = "Passphrase of the key; it never becomes an argument of a program.")
          Optional<Value.Textual> sshKeyPassphrase,
      @Arg(
              doc =
                  "Only the host's own files count, not those of a directory service; needs libuser"
                      + " on the host.",
              defaultsTo = "false")
          boolean local,
      @Arg(
              doc =
                  "SELinux user of a new user; needs useradd and a kernel with SELinux. Only the"
                      + " call was tried, on no such kernel.")
          Optional<String> seuser,
      @Arg(doc = "Most days between changes of the password.") Optional<Integer> passwordExpireMax,
      @Arg(doc = "Least days between changes of the password.") Optional<Integer> passwordExpireMin,
      @Arg(doc = "Days of warning before the password expires.")
          Optional<Integer> passwordExpireWarn,
      @Arg(doc = "Days from the password's end to the end of the account.")
          Optional<Integer> passwordExpireAccountDisable,
      @Arg(doc = "Least number that it may get; only when it is made.") Optional<Integer> uidMin,
      @Arg(doc = "Largest number that it may get; only when it is made.") Optional<Integer> uidMax,
      @Arg(doc = "For Solaris; means nothing on Linux.") Optional<String> authorization,
      @Arg(doc = "For Solaris; means nothing on Linux.") Optional<String> profile,
      @Arg(doc = "For Solaris; means nothing on Linux.") Optional<String> role,
      @Arg(doc = "For BSD; means nothing on Linux.") Optional<String> loginClass,
      @Arg(doc = "For macOS; means nothing on Linux.") Optional<Boolean> hidden) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.user",
        Args.class,
        "Makes, changes and removes users of the host. Where useradd is missing, as on Alpine,"
            + " busybox's programs do it, and what those cannot do (another uid, a home that moves,"
            + " expiry, aging) is written into the files of the accounts.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(account(want)));
    if (want.generateSshKey()) {
      facts.add(key(want));
    }
    return facts;
  }

  private static AccountFact account(Args want) {
    List<String> asked =
        Stream.concat(want.group().stream(), groups(want).stream().flatMap(List::stream)).toList();
    return new AccountFact(
        want.name(),
        asked,
        want.home().orElse(""),
        want.uid().filter(uid -> !want.nonUnique()).map(Object::toString).orElse(""),
        want.local());
  }

  private static UserKeyFact key(Args want) {
    return new UserKeyFact(want.name(), want.sshKeyFile().orElse(".ssh/id_" + want.sshKeyType()));
  }

  /** The listed groups; an empty text lists none. */
  static Optional<List<String>> groups(Args want) {
    return want.groups().map(all -> all.stream().filter(name -> !name.isBlank()).toList());
  }

  /** The last day of the account since 1970, unless it never ends or nothing is said. */
  static Optional<Long> expiryDay(Args want) {
    return want.expires()
        .filter(seconds -> seconds >= 0)
        .map(seconds -> (long) Math.floor(seconds / 86400));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    refuse(want);
    AccountFact.Answer answer = host.get(account(want));
    boolean absent = want.state().equals("absent");
    if (absent && answer.account().isEmpty()) {
      return Verdict.satisfied(Result.ok().with("name", want.name()).with("state", "absent"));
    }
    if (answer.tools() == AccountTools.Kind.NONE) {
      throw new Refusal(
          want.local()
              ? "local: true needs luseradd; install the package libuser on the host first"
              : "neither useradd nor busybox's adduser is on this host; install the package that"
                  + " has useradd (passwd on Debian, shadow on Alpine, shadow-utils on Red Hat)");
    }
    if (absent) {
      return remove(want, answer.account().orElseThrow());
    }
    if (answer.holder().isPresent()) {
      throw new Refusal(
          "the uid "
              + want.uid().orElseThrow()
              + " is that of the user "
              + answer.holder().get()
              + "; take another, or set non_unique: true");
    }
    if (want.seuser().isPresent() && answer.account().isEmpty()) {
      if (!answer.selinux() || answer.tools() != AccountTools.Kind.SHADOW) {
        throw new Refusal("seuser needs useradd and a kernel with SELinux, without local: true");
      }
    }
    checkGroups(want, answer);
    AccountPlan plan = new AccountPlan(want, answer);
    if (want.generateSshKey()) {
      plan.addKey(key(want), host.get(key(want)));
    }
    return plan.verdict();
  }

  private static void refuse(Args want) {
    if (want.local()) {
      List<String> others = new ArrayList<>();
      want.umask().ifPresent(given -> others.add("umask"));
      want.uidMin().ifPresent(given -> others.add("uid_min"));
      want.uidMax().ifPresent(given -> others.add("uid_max"));
      if (want.nonUnique()) {
        others.add("non_unique");
      }
      if (!others.isEmpty()) {
        throw new Refusal("'" + others.getFirst() + "' can not be used with 'local'");
      }
    }
    if (want.sshKeyPassphrase().map(text -> text.reveal().contains("\n")).orElse(false)) {
      throw new Refusal("ssh_key_passphrase has a line end in it");
    }
    if (want.nonUnique() && want.uid().isEmpty()) {
      throw new Refusal("non_unique needs uid");
    }
    if (want.append() && want.groups().isEmpty()) {
      throw new Refusal("append needs groups: add groups: or remove append:");
    }
    want.password()
        .map(Value.Textual::reveal)
        .filter(hash -> hash.contains(":") || hash.contains("\n"))
        .ifPresent(
            hash -> {
              throw new Refusal(
                  "the password is not a hash: it has a colon or a line end; use the filter"
                      + " password_hash");
            });
  }

  private static void checkGroups(Args want, AccountFact.Answer answer) {
    Stream.concat(want.group().stream(), groups(want).stream().flatMap(List::stream))
        .filter(
            name ->
                !answer.groups().containsKey(name)
                    && answer.groups().values().stream().noneMatch(n -> n.toString().equals(name)))
        .findFirst()
        .ifPresent(
            missing -> {
              throw new Refusal(
                  "Group " + missing + " does not exist; make it with the module group first");
            });
  }

  private static Verdict remove(Args want, Account account) {
    Result result =
        Result.ok()
            .with("name", want.name())
            .with("state", "absent")
            .with("force", want.force())
            .with("remove", want.remove());
    List<String> words = new ArrayList<>();
    if (want.force() && !want.local()) {
      words.add("-f");
    }
    if (want.remove()) {
      words.add("-r");
    }
    words.addAll(want.local() ? List.of(want.name()) : List.of("--", want.name()));
    String body =
        want.local()
            ? "exec luserdel \"$@\"\n"
            : """
            if command -v userdel >/dev/null; then exec userdel "$@"; fi
            home=
            for u; do [ "$u" != -r ] || home=--remove-home; done
            exec deluser $home "$u"
            """;
    return Verdict.changes(
        List.of(
            Step.change(
                "remove the user " + want.name(),
                Script.of(body, words.toArray(String[]::new)),
                undo(want, account))),
        List.of(
            new Diff.Properties(
                Map.of("state", Value.text("present")), Map.of("state", Value.text("absent")))),
        result.changed(true));
  }

  private static Undo undo(Args want, Account account) {
    List<String> home = want.remove() ? List.of(account.home()) : List.of();
    return new Undo.Several(
        List.of(
            AccountPlan.ACCOUNTS, new Undo.RestoreTrees(home), SystemWatches.user(want.name())));
  }
}
