package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that nobody logged in for, as under systemd and cron: without a locale or a home. */
final class BareEnvironmentTest {

  @TempDir private Path directory;

  private Outcome run(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(err));
  }

  /** The launcher with a Java that only tells its locale. */
  private String locale(Map<String, String> variables) throws IOException, InterruptedException {
    Path java = directory.resolve("jdk/bin/java");
    Files.createDirectories(directory.resolve("jdk/bin"));
    Files.createDirectories(directory.resolve("target"));
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.writeString(
        java, "#!/bin/sh\necho \"${LC_ALL-none} ${LC_CTYPE-none} ${LANG-none}\"\n", UTF_8);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(directory.resolve("target/hearth.jar"), "");
    Path launcher = directory.resolve("hearth");
    Files.writeString(launcher, Files.readString(Path.of("hearth").toAbsolutePath()));
    Map<String, String> all = new HashMap<>(variables);
    all.put("JAVA_HOME", directory.resolve("jdk").toString());
    Outcome told = run(List.of("/bin/sh", launcher.toString()), all);
    assertThat(told.exit()).as(told.err()).isZero();
    return told.out().strip();
  }

  @Test
  void theLauncherSetsOneWhereThereIsNone() throws Exception {
    assertThat(locale(Map.of())).isEqualTo("none C.UTF-8 none");
    assertThat(locale(Map.of("LANG", "C"))).isEqualTo("none C.UTF-8 C");
    assertThat(locale(Map.of("LC_ALL", "POSIX", "LANG", "de_DE.UTF-8")))
        .isEqualTo("C.UTF-8 C.UTF-8 de_DE.UTF-8");
  }

  @Test
  void theLauncherLeavesTheUsersAlone() throws Exception {
    assertThat(locale(Map.of("LANG", "de_DE.UTF-8"))).isEqualTo("none none de_DE.UTF-8");
    assertThat(locale(Map.of("LC_ALL", "ja_JP.UTF-8", "LANG", "C")))
        .isEqualTo("ja_JP.UTF-8 none C");
  }

  @Test
  void aNameThatCannotBeWrittenIsNoDefect() throws Exception {
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          tasks:
            - ansible.builtin.copy: {src: grüße, dest: /nowhere/at/all}
        """);

    Outcome refused =
        run(
            HearthProcess.command("play", "-c", "local", "play.yml"),
            Map.of("LC_ALL", "C", "HOME", directory.toString()));

    assertThat(refused.exit()).as(refused.err()).isEqualTo(ExitCode.INVALID.number());
    assertThat(refused.err())
        .contains("'grüße' can be no file's name here", "LC_ALL=C.UTF-8")
        .doesNotContain("defect", "\tat ", "InvalidPathException");
  }

  @Test
  void aTaskOnThisMachineIsAtHomeAllTheSame() throws Exception {
    Path told = directory.resolve("told");
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          tasks:
            - ansible.builtin.shell: echo ~ "$HOME" "$USER" "$LOGNAME" >%s
        """
            .formatted(told));

    Outcome done =
        run(
            HearthProcess.command("play", "-c", "local", "play.yml"),
            Map.of("XDG_STATE_HOME", directory.resolve("state").toString()));

    assertThat(done.exit()).as(done.text()).isZero();
    String home = System.getProperty("user.home");
    String user = System.getProperty("user.name");
    assertThat(told).hasContent(String.join(" ", home, home, user, user));
  }
}
