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

class GitOnLocalShellTest extends ModuleOnLocalShell {

  private static final String GIT =
      """
      export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
      cd "$HOME/upstream" || exit 1
      """;

  private String upstream(TestShell shell, String script) {
    Outcome.Exited end = host(shell).run(Script.of(GIT + script));
    assertThat(end.code()).as(end.err()).isZero();
    return end.out().strip();
  }

  private String start(TestShell shell) {
    write("upstream/README", "one\n");
    return upstream(
        shell,
        """
        git init -q -b main . && git add . && git commit -q -m one && git tag -a v1 -m v1
        git checkout -q -b dev && echo dev >README && git commit -q -a -m dev && git checkout -q main
        git rev-parse main
        """);
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void clonesAndFollows(TestShell shell) {
    String first = start(shell);
    Map<String, Object> args =
        Map.of("repo", "file://" + home() + "/upstream", "dest", "~/copies/lab");
    Result cloned = changes(shell, "git", args);
    assertThat(cloned.values())
        .containsEntry("before", Value.NULL)
        .containsEntry("after", Value.text(first));
    String second = upstream(shell, "echo two >README; git commit -qam two; git rev-parse main");
    Result updated = changes(shell, "git", args);
    assertThat(updated.values())
        .containsEntry("before", Value.text(first))
        .containsEntry("after", Value.text(second));
    assertThat(read("copies/lab/README")).isEqualTo("two\n");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void versions(TestShell shell) {
    String first = start(shell);
    upstream(shell, "echo two >README; git commit -qam two");
    String repo = "file://" + home() + "/upstream";
    changes(shell, "git", Map.of("repo", repo, "dest", "~/w", "version", "v1", "depth", 1));
    assertThat(read("w/README")).isEqualTo("one\n");
    changes(shell, "git", Map.of("repo", repo, "dest", "~/w", "version", "dev"));
    assertThat(read("w/README")).isEqualTo("dev\n");
    changes(shell, "git", Map.of("repo", repo, "dest", "~/w", "version", "main"));
    assertThat(read("w/README")).isEqualTo("two\n");
    changes(shell, "git", Map.of("repo", repo, "dest", "~/w", "version", first));
    assertThat(read("w/README")).isEqualTo("one\n");
    changes(shell, "git", Map.of("repo", repo, "dest", "~/pinned", "version", first));
    assertThat(read("pinned/README")).isEqualTo("one\n");
    fails(shell, "git", Map.of("repo", repo, "dest", "~/w", "version", "none"), "Failed to find");
    fails(shell, "git", Map.of("repo", repo + "x", "dest", "~/w2"), "cannot ask");
    satisfied(shell, "git", Map.of("repo", repo, "dest", "~/w", "version", "dev", "update", false));
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void bareRepositories(TestShell shell) {
    String first = start(shell);
    Map<String, Object> args =
        Map.of("repo", "file://" + home() + "/upstream", "dest", "~/lab.git", "bare", true);
    Result cloned = changes(shell, "git", args);
    assertThat(cloned.values())
        .containsEntry("before", Value.NULL)
        .containsEntry("after", Value.text(first));
    assertThat(read("lab.git/HEAD")).isEqualTo("ref: refs/heads/main\n");
    String second = upstream(shell, "echo two >README; git commit -qam two; git rev-parse main");
    Result updated = changes(shell, "git", args);
    assertThat(updated.values())
        .containsEntry("before", Value.text(first))
        .containsEntry("after", Value.text(second));
    assertThat(git(shell, "lab.git", "git rev-parse main dev v1"))
        .isEqualTo(upstream(shell, "git rev-parse main dev v1"));
  }

  /** What is left for a person who works on in the copy is what Ansible leaves. */
  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void aCloneHasTheDefaultBranchToo(TestShell shell) {
    String first = start(shell);
    String repo = "file://" + home() + "/upstream";
    changes(shell, "git", Map.of("repo", repo, "dest", "~/tag", "version", "v1"));
    assertThat(branches(shell, "tag")).isEqualTo("HEAD\nmain origin/main");
    changes(shell, "git", Map.of("repo", repo, "dest", "~/commit", "version", first));
    assertThat(branches(shell, "commit")).isEqualTo("HEAD\nmain origin/main");
    changes(shell, "git", Map.of("repo", repo, "dest", "~/branch", "version", "dev"));
    assertThat(branches(shell, "branch")).isEqualTo("dev\ndev origin/dev\nmain origin/main");
    assertThat(read("branch/README")).isEqualTo("dev\n");
    Map<String, Object> shallow = Map.of("repo", repo, "version", "v1", "depth", 1);
    changes(shell, "git", with(shallow, "dest", "~/shallow"));
    assertThat(branches(shell, "shallow")).isEqualTo("HEAD");
    Map<String, Object> single = Map.of("repo", repo, "version", "dev", "single_branch", true);
    changes(shell, "git", with(single, "dest", "~/single"));
    assertThat(branches(shell, "single")).isEqualTo("dev\ndev origin/dev");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void aCloneHasTheFurtherRef(TestShell shell) {
    String first = start(shell);
    upstream(shell, "git update-ref refs/pull/7/head dev");
    changes(
        shell,
        "git",
        Map.of(
            "repo",
            "file://" + home() + "/upstream",
            "dest",
            "~/w",
            "version",
            first,
            "refspec",
            "+refs/pull/*:refs/remotes/origin/pull/*"));
    assertThat(git(shell, "w", "git rev-parse origin/pull/7/head"))
        .isEqualTo(upstream(shell, "git rev-parse dev"));
  }

  private static Map<String, Object> with(Map<String, Object> args, String name, Object value) {
    Map<String, Object> all = new HashMap<>(args);
    all.put(name, value);
    return all;
  }

  /** What HEAD names, then each local branch with what it follows. */
  private String branches(TestShell shell, String copy) {
    return git(
        shell,
        copy,
        "git rev-parse --abbrev-ref HEAD;"
            + "git for-each-ref --format='%(refname:short) %(upstream:short)' refs/heads");
  }

  private String git(TestShell shell, String copy, String script) {
    Outcome.Exited end = host(shell).run(Script.of("cd \"$HOME/$1\" || exit 1\n" + script, copy));
    assertThat(end.code()).as(end.err()).isZero();
    return end.out().strip();
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void localChanges(TestShell shell) {
    start(shell);
    String repo = "file://" + home() + "/upstream";
    changes(shell, "git", Map.of("repo", repo, "dest", "~/w"));
    write("w/README", "mine\n");
    fails(shell, "git", Map.of("repo", repo, "dest", "~/w"), "Local modifications");
    changes(shell, "git", Map.of("repo", repo, "dest", "~/w", "force", true));
    assertThat(read("w/README")).isEqualTo("one\n");
  }
}
