package dev.hearth.module.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the things of the system that are watched are told as. */
class SystemWatchesOnLocalShellTest extends ModuleOnLocalShell {

  @ParameterizedTest
  @MethodSource("shells")
  void accountsAreToldByTheirNumbers(TestShell shell) {
    assertThat(told(shell, SystemWatches.user("root")))
        .startsWith("uid 0, gid 0, home /root, shell /")
        .contains(", groups root");
    assertThat(told(shell, SystemWatches.user("nobody-has-this"))).isEqualTo("absent");
    assertThat(told(shell, SystemWatches.group("root"))).isEqualTo("gid 0");
    assertThat(told(shell, SystemWatches.group("nobody-has-this"))).isEqualTo("absent");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatTheKernelHasIsTold(TestShell shell) {
    assertThat(told(shell, SystemWatches.sysctl("kernel.ostype"))).isEqualTo("set to Linux");
    assertThat(told(shell, SystemWatches.mount("/proc"))).isEqualTo("mounted from proc, proc");
    assertThat(told(shell, SystemWatches.mount("/nothing is here"))).isEqualTo("absent");
    assertThat(told(shell, SystemWatches.kernelModule("no-such-one"))).isEqualTo("absent");
    assertThat(told(shell, SystemWatches.hostname())).startsWith("named ");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatACommandIsAskedForIsThereOrNot(TestShell shell) {
    write("rules", "-P INPUT DROP\n-A INPUT -j ACCEPT\n");
    String rules = home().resolve("rules").toString();
    assertThat(told(shell, SystemWatches.holds("a rule", List.of("grep", "ACCEPT", rules))))
        .isEqualTo("there");
    assertThat(told(shell, SystemWatches.holds("a rule", List.of("grep", "REJECT", rules))))
        .isEqualTo("absent");
    assertThat(told(shell, SystemWatches.policy("INPUT", List.of("cat", rules))))
        .isEqualTo("policy DROP");
    assertThat(run(shell, SystemWatches.holds("a rule", List.of("no-such-program"))).ok())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          loaded,    active,       running,      enabled,  simple,  'enabled, running'
          loaded,    activating,   start,        enabled,  notify,  'enabled, running'
          loaded,    activating,   auto-restart, enabled,  simple,  'enabled, failing'
          loaded,    inactive,     dead,         disabled, simple,  'disabled, stopped'
          loaded,    failed,       failed,       enabled,  simple,  'enabled, failed'
          loaded,    inactive,     dead,         static,   oneshot, 'static, runs to its end'
          loaded,    activating,   start,        static,   oneshot, 'static, runs to its end'
          loaded,    failed,       failed,       static,   oneshot, 'static, failed'
          masked,    inactive,     dead,         masked,   '',      'masked, stopped'
          not-found, inactive,     dead,         '',       '',      'not there'
          """)
  void aUnitIsToldByWhatLasts(
      String load, String active, String sub, String file, String type, String told) {
    for (TestShell shell : shells()) {
      String shown =
          "Type=%s\nRemainAfterExit=no\nLoadState=%s\nActiveState=%s\nSubState=%s\nUnitFileState=%s\n"
              .formatted(type, load, active, sub, file);
      program(
          "systemctl",
          "[ \"$*\" = '--system show -- app' ] || exit 4\ncat <<'E'\n" + shown + "E\n");

      assertThat(told(shell, SystemWatches.unit("system", "app"))).as(shell.name()).isEqualTo(told);
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void withoutSystemdNothingIsToldOfAUnit(TestShell shell) {
    program("systemctl", "echo 'System has not been booted with systemd' >&2\nexit 1\n");

    assertThat(run(shell, SystemWatches.unit("system", "app")).ok()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aTimetableIsToldByItsDigest(TestShell shell) {
    program("crontab", "[ \"$*\" = '-u backup-of-me -l' ] && cat \"$HOME/table\"\n");
    Undo.Watch watch = SystemWatches.timetable("backup-of-me");
    assertThat(told(shell, watch)).isEqualTo("absent");
    write("table", "0 4 * * * true\n");
    String before = told(shell, watch);
    assertThat(before).matches("sha256 [0-9a-f]{64}");
    write("table", "0 5 * * * true\n");
    assertThat(told(shell, watch)).isNotEqualTo(before).startsWith("sha256 ");
    remove("table");
  }

  private void remove(String name) {
    try {
      Files.delete(home().resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A program that is found before the machine's. */
  private void program(String name, String body) {
    Path file = write("bin/" + name, "#!/bin/sh\n" + body);
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Outcome.Exited run(TestShell shell, Undo.Watch watch) {
    Script look = watch.look();
    return host(shell)
        .run(
            new Script(
                "PATH=$HOME/bin:$PATH\nexport PATH\n" + look.body(),
                look.words(),
                look.input(),
                look.environment(),
                look.deadline()));
  }

  private String told(TestShell shell, Undo.Watch watch) {
    Outcome.Exited end = run(shell, watch);
    assertThat(end.ok()).as(end.err()).isTrue();
    return end.out().strip();
  }
}
