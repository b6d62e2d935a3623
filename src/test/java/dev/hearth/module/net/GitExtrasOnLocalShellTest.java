package dev.hearth.module.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a working copy may have besides its version. */
class GitExtrasOnLocalShellTest extends ModuleOnLocalShell {

  private static final String UPSTREAM =
      """
      export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
      mkdir -p "$HOME/upstream" && cd "$HOME/upstream" || exit
      """;

  private static final String START =
      "git init -q -b main . && echo one >README && git add . && git commit -qm one\n";

  private String upstream(TestShell shell, String script) {
    Outcome.Exited end = host(shell).run(Script.of(UPSTREAM + script));
    assertThat(end.code()).as(end.err()).isZero();
    return end.out().strip();
  }

  private Map<String, Object> args(Object... more) {
    Map<String, Object> args = new HashMap<>();
    args.put("repo", "file://" + home() + "/upstream");
    args.put("dest", "~/lab");
    for (int i = 0; i < more.length; i += 2) {
      args.put((String) more[i], more[i + 1]);
    }
    return args;
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void theRepositoryItselfIsKeptElsewhereFromTheFirst(TestShell shell) {
    upstream(shell, START);
    changes(shell, "git", args("separate_git_dir", "~/lab.repo"));
    assertThat(read("lab/.git").strip()).isEqualTo("gitdir: " + home() + "/lab.repo");
    assertThat(read("lab.repo/HEAD")).isEqualTo("ref: refs/heads/main\n");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void theRepositoryItselfIsMoved(TestShell shell) {
    upstream(shell, START);
    changes(shell, "git", args());
    Result moved = changes(shell, "git", args("separate_git_dir", "~/lab.repo"));
    assertThat(moved.values())
        .containsEntry("git_dir_before", Value.text(home() + "/lab/.git"))
        .containsEntry("git_dir_now", Value.text(home() + "/lab.repo"));
    Result again = changes(shell, "git", args("separate_git_dir", "~/other.repo", "update", false));
    assertThat(again.values())
        .containsEntry("git_dir_before", Value.text(home() + "/lab.repo"))
        .containsEntry("git_dir_now", Value.text(home() + "/other.repo"));
    assertThat(upstream(shell, "git -C \"$HOME/lab\" status --porcelain")).isEmpty();
    write("taken/file", "");
    fails(shell, "git", args("separate_git_dir", "~/taken"), "already exists");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void anArchiveOfTheVersion(TestShell shell) {
    upstream(shell, START + "git tag v1 && echo two >README && git commit -qam two");
    Map<String, Object> args =
        args("version", "v1", "archive", "~/lab.tar.gz", "archive_prefix", "lab-1/");
    changes(shell, "git", args);
    assertThat(upstream(shell, "tar -tzf ../lab.tar.gz")).isEqualTo("lab-1/\nlab-1/README");
    assertThat(upstream(shell, "tar -xzOf ../lab.tar.gz lab-1/README")).isEqualTo("one");
    write("lab.tar.gz", "something else");
    changes(shell, "git", with(args, "update", false));
    assertThat(upstream(shell, "tar -xzOf ../lab.tar.gz lab-1/README")).isEqualTo("one");
    changes(shell, "git", with(args, "version", "main"));
    assertThat(upstream(shell, "tar -xzOf ../lab.tar.gz lab-1/README")).isEqualTo("two");
    fails(shell, "git", with(args, "archive", "~/lab.rar"), "file extension");
    fails(shell, "git", args("archive_prefix", "x"), "required by 'archive_prefix'");
  }

  private static Map<String, Object> with(Map<String, Object> args, String name, Object value) {
    Map<String, Object> all = new HashMap<>(args);
    all.put(name, value);
    return all;
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void theProgramTheMaskAndBorrowedObjects(TestShell shell) {
    upstream(shell, START);
    write("bin/git lab", "#!/bin/sh\necho \"$*\" >>\"$HOME/calls\"\nexec git \"$@\"\n");
    upstream(shell, "chmod +x \"$HOME/bin/git lab\" && git clone -q --bare . \"$HOME/cache\"");
    Map<String, Object> args =
        args("executable", home() + "/bin/git lab", "umask", "077", "reference", home() + "/cache");
    changes(shell, "git", args);
    assertThat(read("calls")).contains("clone -q -o origin --reference " + home() + "/cache");
    assertThat(upstream(shell, "stat -c %a ../lab/README")).isEqualTo("600");
    assertThat(read("lab/.git/objects/info/alternates")).contains(home() + "/cache");
    fails(shell, "git", with(args, "umask", 18), "umask must be octal digits in quotes");
    fails(shell, "git", with(args, "executable", "/none/git"), "no program /none/git");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void submodulesFollowTheirBranch(TestShell shell) {
    write(".gitconfig", "[protocol \"file\"]\n\tallow = always\n");
    upstream(
        shell,
        """
        git init -q -b main ../part && cd ../part && echo 1 >f && git add . && git commit -qm 1
        cd ../upstream
        """
            + START
            + "git submodule --quiet add \"file://$HOME/part\" part && git commit -qm part");
    Map<String, Object> args = args("track_submodules", true);
    changes(shell, "git", args);
    assertThat(read("lab/part/f")).isEqualTo("1\n");
    upstream(shell, "cd ../part && echo 2 >f && git commit -qam 2");
    satisfied(shell, "git", args());
    Result followed = changes(shell, "git", args);
    assertThat(followed.values()).containsEntry("submodules_changed", Value.bool(true));
    assertThat(read("lab/part/f")).isEqualTo("2\n");
    fails(shell, "git", args("separate_git_dir", "~/lab.repo", "force", true), "submodules");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void onlyAVersionThatIsSignedIsCheckedOut(TestShell shell) {
    upstream(
        shell,
        """
        ssh-keygen -q -t ed25519 -N '' -f ../signer && echo "a@b $(cat ../signer.pub)" >../signers
        """
            + START
            + """
            git tag unsigned
            git config --global gpg.format ssh && git config --global user.signingKey ~/signer.pub
            git config --global gpg.ssh.allowedSignersFile ~/signers
            echo two >README && git commit -qS -am two && git tag -s -m v2 v2
            """);
    Map<String, Object> args = args("verify_commit", true);
    fails(shell, "git", with(args, "version", "unsigned"), "Failed to verify GPG signature");
    assertThat(upstream(shell, "ls -A .. | grep -x lab || :")).isEmpty();
    changes(shell, "git", args);
    changes(shell, "git", with(with(args, "version", "v2"), "dest", "~/tag"));
    assertThat(read("tag/README")).isEqualTo("two\n");
    upstream(shell, "echo three >README && git commit -q --no-gpg-sign -am three");
    fails(shell, "git", args, "Failed to verify GPG signature");
    assertThat(read("lab/README")).isEqualTo("two\n");
    changes(shell, "git", args());
    assertThat(read("lab/README")).isEqualTo("three\n");
    fails(shell, "git", args, "Failed to verify GPG signature");
    fails(
        shell,
        "git",
        with(with(with(args, "version", "v2"), "dest", "~/tag"), "gpg_allowlist", "0000"),
        "gpg_allowlist does not have the key");
  }
}
