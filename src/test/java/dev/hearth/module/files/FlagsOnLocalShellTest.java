package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hearth.module.CannedController;
import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flags of the file system and SELinux contexts, on what the machine of the tests has of them. */
class FlagsOnLocalShellTest extends ModuleOnLocalShell {

  @ParameterizedTest
  @MethodSource("shells")
  void flagsAreSetAndTakenAway(TestShell shell) {
    write("file", "old\n");
    assumeThat(run(shell, "chattr +d file").code()).as("the file system has flags").isZero();
    run(shell, "chattr -d file");
    changes(shell, "file", Map.of("path", "~/file", "attributes", "+d"));
    assertThat(flags(shell, "file")).contains("d");
    Map<String, Object> written =
        Map.of("dest", "~/file", "content", "new\n", "attr", "+d", "mode", "0600");
    changes(shell, "copy", written);
    assertThat(flags(shell, "file")).contains("d");
    assertThat(read("file")).isEqualTo("new\n");
    changes(shell, "file", Map.of("path", "~/file", "attributes", "-d"));
    assertThat(flags(shell, "file")).doesNotContain("d");
    fails(shell, "file", Map.of("path", "~/file", "attributes", "+y"), "chattr");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void undoneTheFlagsAreAsBefore(TestShell shell) {
    write("file", "");
    assumeThat(run(shell, "chattr +d file").code()).as("the file system has flags").isZero();
    Verdict planned =
        host(shell)
            .plan(
                module("file"),
                Map.of("path", "~/file", "attributes", "-d"),
                new CannedController(Map.of()));
    assertThat(planned).isInstanceOf(Verdict.Changes.class);
    Step step = ((Verdict.Changes) planned).steps().getLast();
    assertThat(host(shell).run(step.script()).code()).isZero();
    assertThat(flags(shell, "file")).doesNotContain("d");
    assertThat(step.undo()).isInstanceOf(Undo.Run.class);
    assertThat(host(shell).run(((Undo.Run) step.undo()).script()).code()).isZero();
    assertThat(flags(shell, "file")).contains("d");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void withoutSelinuxItsContextMeansNothing(TestShell shell) {
    assumeThat(Path.of("/sys/fs/selinux/enforce")).doesNotExist();
    Map<String, Object> args =
        Map.of("dest", "~/file", "content", "x", "setype", "etc_t", "selevel", "s0");
    changes(shell, "copy", args);
    write("tree/file", "");
    satisfied(
        shell,
        "file",
        Map.of("path", "~/tree", "state", "directory", "recurse", true, "seuser", "_default"));
  }

  private Outcome.Exited run(TestShell shell, String script) {
    return host(shell).run(Script.of(script + "\n"));
  }

  private String flags(TestShell shell, String name) {
    return run(shell, "lsattr -d " + name).out().split(" ")[0];
  }
}
