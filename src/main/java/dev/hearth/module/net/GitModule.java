package dev.hearth.module.net;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Renderer;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code ansible.builtin.git}: a working copy of a repository at a version. */
public final class GitModule implements Module<GitModule.Args> {

  /** The parameters. */
  @Exclusive({"separate_git_dir", "bare"})
  public record Args(
      @Arg(
              doc = "The repository; a user and password in it are kept out of git's files.",
              aliases = {"name"})
          Value.Textual repo,
      @Arg(doc = "Where the working copy is.") String dest,
      @Arg(doc = "A branch, a tag, or a full commit number.", defaultsTo = "HEAD") String version,
      @Arg(doc = "Name of the remote.", defaultsTo = "origin") String remote,
      @Arg(doc = "Throw away changes of tracked files.", defaultsTo = "false") boolean force,
      @Arg(doc = "Get new versions of a working copy that is there.", defaultsTo = "true")
          boolean update,
      @Arg(doc = "Make a working copy when there is none.", defaultsTo = "true") boolean clone_,
      @Arg(doc = "How many versions of the past are kept; all of them without it.")
          Optional<Integer> depth,
      @Arg(doc = "Get submodules as well.", defaultsTo = "true") boolean recursive,
      @Arg(doc = "Only this branch is got.", defaultsTo = "false") boolean singleBranch,
      @Arg(
              doc = "Take an unknown host key of the server; a changed one is refused.",
              defaultsTo = "false")
          boolean acceptHostkey,
      @Arg(doc = "The same.", defaultsTo = "false") boolean acceptNewhostkey,
      @Arg(doc = "File on the host with the key for the server.") Optional<String> keyFile,
      @Arg(doc = "Further options for ssh.") Optional<String> sshOpts,
      @Arg(doc = "A repository without a working copy.", defaultsTo = "false") boolean bare,
      @Arg(doc = "The git program, with its path.") Optional<String> executable,
      @Arg(doc = "A further ref to get.") Optional<String> refspec,
      @Arg(
              doc =
                  "Check the signature of the version with the keys of the user's GnuPG, before it"
                      + " is checked out; not with `bare`.",
              defaultsTo = "false")
          boolean verifyCommit,
      @Arg(
              doc =
                  "Where to keep what would be in .git. It is moved there from elsewhere, but not"
                      + " when submodules point into it.")
          Optional<String> separateGitDir,
      @Arg(doc = "Repository on the host whose objects a new one borrows.")
          Optional<String> reference,
      @Arg(doc = "An archive of the version: .tar, .tar.gz, .tgz or .zip.")
          Optional<String> archive,
      @Arg(doc = "What the paths in that archive begin with; needs `archive`.")
          Optional<String> archivePrefix,
      @Arg(
              doc = "Bring submodules to the end of their branch instead of the noted commit.",
              defaultsTo = "false")
          boolean trackSubmodules,
      @Arg(
              doc =
                  "Fingerprints of the keys that may sign, or of the primary keys that they belong"
                      + " to; any key that GnuPG knows without it.",
              aliases = {"gpg_whitelist"})
          List<String> gpgAllowlist,
      @Arg(doc = "The umask for what git makes, octal digits in quotes.") Optional<Value> umask) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.git", Args.class, "Keeps a working copy of a repository at a version.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> homes =
        Stream.of(Optional.of(want.dest()), want.separateGitDir(), want.archive())
            .flatMap(Optional::stream)
            .<Fact<?>>flatMap(path -> new HostPath(path).needs().stream())
            .distinct()
            .toList();
    return homes.isEmpty() ? List.of(fact(want, HostPath.trimmed(want.dest()))) : homes;
  }

  private static GitFact fact(Args want, String dest) {
    boolean full = want.version().matches("[0-9a-f]{40}");
    return new GitFact(
        dest, access(want), want.version(), want.remote(), !full, want.trackSubmodules());
  }

  private static GitAccess access(Args want) {
    StringBuilder ssh = new StringBuilder();
    if (want.keyFile().isPresent()
        || want.sshOpts().isPresent()
        || want.acceptHostkey()
        || want.acceptNewhostkey()) {
      ssh.append("ssh -o BatchMode=yes");
    }
    if (want.acceptHostkey() || want.acceptNewhostkey()) {
      ssh.append(" -o StrictHostKeyChecking=accept-new");
    }
    want.keyFile()
        .ifPresent(key -> ssh.append(" -o IdentitiesOnly=yes -i ").append(Renderer.quote(key)));
    want.sshOpts().ifPresent(options -> ssh.append(' ').append(options));
    return GitAccess.of(want.repo(), ssh.toString(), want.executable().orElse(""), umask(want));
  }

  private static String umask(Args want) {
    if (want.umask().isEmpty()) {
      return "";
    }
    if (want.umask().get() instanceof Value.Textual digits
        && digits.reveal().matches("(0o)?[0-7]{1,4}")) {
      return digits.reveal().replace("o", "");
    }
    throw new Refusal("umask must be octal digits in quotes, such as \"022\"");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    check(want);
    String dest = new HostPath(want.dest()).on(host);
    GitExtras extras = GitExtras.of(want, host);
    GitFact question = fact(want, dest);
    GitAccess access = question.access();
    GitState state = host.get(question);
    if (!state.git()) {
      return Verdict.rejected(
          want.executable()
              .map(program -> "there is no program " + program + " on the host")
              .orElse("git is not on the host; install the package git in a task before this one"));
    }
    GitDetailsFact.Details details =
        extras.any()
            ? host.get(new GitDetailsFact(dest, access, want.version(), extras))
            : GitDetailsFact.Details.NONE;
    Result base =
        Result.ok().with("before", state.head().<Value>map(Value::text).orElse(Value.NULL));
    List<Step> steps = new ArrayList<>();
    if (state.repository() && details.elsewhere()) {
      steps.add(moved(dest, access, extras, details));
      base =
          base.with("git_dir_before", details.directory()).with("git_dir_now", details.separate());
    }
    if (state.repository() && !want.update()) {
      return archived(want, dest, access, extras, details, steps, base, state.head().orElse(""));
    }
    if (!state.error().isEmpty()) {
      return Verdict.rejected("cannot ask " + access.url() + ": " + state.error());
    }
    String wanted = state.wanted().orElse(want.version());
    if (!wanted.matches("[0-9a-f]{40,64}")) {
      return Verdict.rejected(
          "Failed to find the version '"
              + want.version()
              + "' at "
              + access.url()
              + "; name a branch, a tag or a full commit number");
    }
    if (!state.repository()) {
      if (!want.clone_()) {
        return Verdict.satisfied(base.with("after", wanted));
      }
      steps.add(
          want.bare()
              ? new BareRepository(dest, access, want, extras).cloned()
              : new WorkingCopy(dest, access, want, extras).cloned(state));
      return archived(want, dest, access, extras, details, steps, base, wanted);
    }
    if (state.modified() && !want.force()) {
      return Verdict.rejected(
          "Local modifications exist in the destination: " + dest + " (force=no).");
    }
    boolean sameRemote = state.remote().equals(access.url());
    base = base.with("remote_url_changed", !sameRemote);
    boolean same = state.head().equals(Optional.of(wanted)) && sameRemote;
    if (want.bare()) {
      if (!same) {
        steps.add(new BareRepository(dest, access, want, extras).updated());
      }
    } else if (!same || state.modified() || details.stale()) {
      steps.add(new WorkingCopy(dest, access, want, extras).updated(state, wanted));
      base = details.stale() ? base.with("submodules_changed", true) : base;
    } else if (!details.unsigned().isEmpty()) {
      return Verdict.rejected(details.unsigned());
    }
    return archived(want, dest, access, extras, details, steps, base, wanted);
  }

  private static Step moved(
      String dest, GitAccess access, GitExtras extras, GitDetailsFact.Details details) {
    if (details.taken()) {
      throw new Refusal("Separate-git-dir path " + details.separate() + " already exists.");
    }
    if (details.modules()) {
      throw new Refusal(
          details.directory()
              + " cannot be moved: the submodules of "
              + dest
              + " point into it; make a new working copy");
    }
    return extras.move(dest, details.directory(), access);
  }

  /** All steps, and behind them that of the archive unless it is what it should be. */
  private static Verdict archived(
      Args want,
      String dest,
      GitAccess access,
      GitExtras extras,
      GitDetailsFact.Details details,
      List<Step> steps,
      Result base,
      String wanted) {
    Value before = base.values().getOrDefault("before", Value.NULL);
    boolean sameVersion = before.equals(Value.text(wanted));
    if (!extras.archive().isEmpty() && !(details.archived() && sameVersion)) {
      steps.add(extras.pack(dest, want.version(), access));
    }
    Result result = base.with("after", wanted);
    if (steps.isEmpty()) {
      return Verdict.satisfied(result);
    }
    Result predicted = result.changed(true);
    List<Diff> diffs =
        List.of(new Diff.Properties(Map.of("head", before), Map.of("head", Value.text(wanted))));
    Verdict.Changes all = Verdict.changes(steps, diffs, predicted);
    return new Verdict.Changes(
        all.steps(),
        diffs,
        predicted,
        ends -> {
          Result end = all.conclusion().of(ends);
          return end.failed() ? end : end.with("after", ends.getLast().out().strip());
        },
        false);
  }

  private static void check(Args want) {
    if (want.archivePrefix().isPresent() && want.archive().isEmpty()) {
      throw new Refusal("missing parameter(s) required by 'archive_prefix': archive");
    }
    if (want.verifyCommit() && want.bare()) {
      throw new Refusal("verify_commit and bare: there is no version that is checked out");
    }
    if (want.version().startsWith("-") || want.version().isBlank()) {
      throw new Refusal("'" + want.version() + "' is not a branch, tag or commit");
    }
  }
}
