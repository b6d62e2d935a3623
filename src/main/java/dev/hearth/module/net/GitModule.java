package dev.hearth.module.net;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ansible.builtin.git}: a working copy of a repository at a version. */
public final class GitModule implements Module<GitModule.Args> {

  /** The parameters. */
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
      @Arg(doc = "The git program, with its path; refused.") Optional<String> executable,
      @Arg(doc = "A further ref to get.") Optional<String> refspec,
      @Arg(doc = "Check the signature of the version; refused.", defaultsTo = "false")
          boolean verifyCommit,
      @Arg(doc = "Where to keep .git; refused.") Optional<String> separateGitDir,
      @Arg(doc = "Borrow objects from there; refused.") Optional<String> reference,
      @Arg(doc = "An archive to make; refused.") Optional<String> archive,
      @Arg(doc = "Prefix in that archive; refused.") Optional<String> archivePrefix,
      @Arg(doc = "Submodules at the end of their branch; refused.", defaultsTo = "false")
          boolean trackSubmodules,
      @Arg(
              doc = "Keys that may sign; refused.",
              aliases = {"gpg_whitelist"})
          List<String> gpgAllowlist,
      @Arg(doc = "The umask for new files; refused.") Optional<String> umask) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.git", Args.class, "Keeps a working copy of a repository at a version.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    HostPath dest = new HostPath(want.dest());
    if (dest.needs().isPresent()) {
      return List.of(dest.needs().get());
    }
    return List.of(fact(want, HostPath.trimmed(want.dest())));
  }

  private static GitFact fact(Args want, String dest) {
    boolean full = want.version().matches("[0-9a-f]{40}");
    return new GitFact(dest, access(want), want.version(), want.remote(), !full);
  }

  private static GitAccess access(Args want) {
    if (want.keyFile().isEmpty()
        && want.sshOpts().isEmpty()
        && !want.acceptHostkey()
        && !want.acceptNewhostkey()) {
      return GitAccess.of(want.repo(), "");
    }
    StringBuilder ssh = new StringBuilder("ssh -o BatchMode=yes");
    if (want.acceptHostkey() || want.acceptNewhostkey()) {
      ssh.append(" -o StrictHostKeyChecking=accept-new");
    }
    want.keyFile()
        .ifPresent(key -> ssh.append(" -o IdentitiesOnly=yes -i ").append(Renderer.quote(key)));
    want.sshOpts().ifPresent(options -> ssh.append(' ').append(options));
    return GitAccess.of(want.repo(), ssh.toString());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    refuse(want);
    String dest = new HostPath(want.dest()).on(host);
    GitFact question = fact(want, dest);
    GitState state = host.get(question);
    if (!state.git()) {
      return Verdict.rejected(
          "git is not on the host; install the package git in a task before this one");
    }
    Result base =
        Result.ok().with("before", state.head().<Value>map(Value::text).orElse(Value.NULL));
    if (state.repository() && !want.update()) {
      return Verdict.satisfied(base.with("after", state.head().orElse("")));
    }
    if (!state.error().isEmpty()) {
      return Verdict.rejected("cannot ask " + question.access().url() + ": " + state.error());
    }
    String wanted = state.wanted().orElse(want.version());
    if (!wanted.matches("[0-9a-f]{40,64}")) {
      return Verdict.rejected(
          "Failed to find the version '"
              + want.version()
              + "' at "
              + question.access().url()
              + "; name a branch, a tag or a full commit number");
    }
    base = base.with("after", wanted);
    if (!state.repository()) {
      return want.clone_()
          ? want.bare()
              ? new BareRepository(dest, question.access(), want).cloned(base)
              : cloned(want, dest, question.access(), state, base)
          : Verdict.satisfied(base);
    }
    if (state.modified() && !want.force()) {
      return Verdict.rejected(
          "Local modifications exist in the destination: " + dest + " (force=no).");
    }
    if (want.bare()) {
      return new BareRepository(dest, question.access(), want).updated(state, wanted, base);
    }
    boolean sameRemote = state.remote().equals(question.access().url());
    if (state.head().equals(Optional.of(wanted)) && !state.modified() && sameRemote) {
      return Verdict.satisfied(base.with("remote_url_changed", false));
    }
    return updated(want, dest, question.access(), state, wanted, base, !sameRemote);
  }

  private static Verdict cloned(
      Args want, String dest, GitAccess access, GitState state, Result base) {
    Script script =
        Script.of(
                GitScripts.CLONE,
                dest,
                access.url(),
                want.remote(),
                want.version(),
                state.kind(),
                want.depth().map(String::valueOf).orElse(""),
                want.singleBranch() ? "single" : "",
                want.recursive() ? "recursive" : "",
                want.refspec().orElse(""))
            .in(access.environment());
    return changes(
        Step.change(
            "clone " + access.url() + " to " + dest, script, new Undo.RestoreTrees(List.of(dest))),
        base.changed(true));
  }

  private static Verdict updated(
      Args want,
      String dest,
      GitAccess access,
      GitState state,
      String wanted,
      Result base,
      boolean otherRemote) {
    Script script =
        Script.of(
                GitScripts.UPDATE,
                dest,
                access.url(),
                want.remote(),
                want.version(),
                state.kind(),
                want.depth().map(String::valueOf).orElse(""),
                wanted,
                want.recursive() ? "recursive" : "",
                want.refspec().orElse(""))
            .in(access.environment());
    return changes(
        Step.change("bring " + dest + " to " + wanted, script, back(dest, state)),
        base.changed(true).with("remote_url_changed", otherRemote));
  }

  /** Local changes that were overwritten by force stay lost. */
  private static Undo back(String dest, GitState state) {
    return state
        .head()
        .filter(head -> !state.modified())
        .<Undo>map(
            head ->
                new Undo.Run(
                    "bring " + dest + " back to " + head,
                    Script.of("exec git -C \"$1\" checkout --force --quiet \"$2\"\n", dest, head)))
        .orElse(new Undo.Impossible("local changes in " + dest + " were overwritten"));
  }

  static Verdict changes(Step step, Result predicted) {
    Value before = predicted.values().getOrDefault("before", Value.NULL);
    Value after = predicted.values().getOrDefault("after", Value.NULL);
    List<Diff> diffs = List.of(new Diff.Properties(Map.of("head", before), Map.of("head", after)));
    Verdict.Changes all = Verdict.changes(List.of(step), diffs, predicted);
    return new Verdict.Changes(
        all.steps(),
        diffs,
        predicted,
        ends -> {
          Result result = all.conclusion().of(ends);
          return result.failed() ? result : result.with("after", ends.getLast().out().strip());
        },
        false);
  }

  private static void refuse(Args want) {
    List<String> given = new ArrayList<>();
    if (want.verifyCommit() || !want.gpgAllowlist().isEmpty()) {
      given.add("verify_commit");
    }
    if (want.trackSubmodules()) {
      given.add("track_submodules");
    }
    want.executable().ifPresent(value -> given.add("executable"));
    want.separateGitDir().ifPresent(value -> given.add("separate_git_dir"));
    want.reference().ifPresent(value -> given.add("reference"));
    want.archive().ifPresent(value -> given.add("archive"));
    want.umask().ifPresent(value -> given.add("umask"));
    if (!given.isEmpty()) {
      throw new Refusal(
          "not supported by git here: " + String.join(", ", given) + "; use a command task");
    }
    if (want.version().startsWith("-") || want.version().isBlank()) {
      throw new Refusal("'" + want.version() + "' is not a branch, tag or commit");
    }
  }
}
