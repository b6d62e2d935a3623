package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that change what a run does where no play says anything else. */
class EffectiveSettingsTest {

  @TempDir private Path directory;

  private InProcess play(String settings, String playbook) throws IOException {
    Files.writeString(directory.resolve("ansible.cfg"), settings);
    Files.writeString(directory.resolve("site.yml"), playbook);
    Files.writeString(
        directory.resolve("hosts"),
        "h1 ansible_connection=local\nh2 ansible_connection=local\nh3 ansible_connection=local\n");
    return InProcess.hearth(directory, "play", "-i", "hosts", "site.yml", "-f", "1");
  }

  private static final String TWO_FAIL =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - fail: {msg: no}
            when: inventory_hostname != 'h3'
          - debug: {msg: hunter42}
      """;

  @Test
  void anyErrorsFatalHoldsForPlaysThatSayNothing() throws IOException {
    assertThat(play("[defaults]\nany_errors_fatal = true\n", TWO_FAIL).out())
        .doesNotContain("hunter42");
    assertThat(
            play(
                    "[defaults]\nany_errors_fatal = true\n",
                    TWO_FAIL.replace("gather_facts", "any_errors_fatal: false\n  gather_facts"))
                .out())
        .contains("hunter42");
  }

  @Test
  void noLogHidesResultsAndATaskMayShowIts() throws IOException {
    String playbook =
        """
        - hosts: h1
          gather_facts: false
          tasks:
            - debug: {msg: hunter42}
            - debug: {msg: shown}
              no_log: false
        """;
    InProcess run = play("[defaults]\nno_log = yes\n", playbook);
    assertThat(run.out()).contains("shown").doesNotContain("hunter42");
  }

  @Test
  void theStrategyAndTheTimeoutOfTasksHoldForPlaysThatSayNothing() throws IOException {
    String playbook =
        """
        - hosts: h1
          gather_facts: false
          tasks:
            - command: sleep 20
              ignore_errors: true
              register: late
            - debug: {msg: "{{ late.msg | default('') }}"}
        """;
    assertThat(play("[defaults]\ntask_timeout = 1\n", playbook).out()).contains("Timed out");
    InProcess unknown = play("[defaults]\nstrategy = fre\n", playbook);
    assertThat(unknown.err()).contains("there is no strategy 'fre'", "ansible.cfg:2:", "'free'");
    assertThat(
            play("[defaults]\nstrategy = mitogen_linear\n", TWO_FAIL.replace("all", "h3")).exit())
        .isZero();
  }

  @Test
  void becomeFlagsAndPortsAreWeakerThanVariables() throws IOException {
    String playbook =
        """
        - hosts: h1
          gather_facts: false
          become: true
          tasks:
            - command: "true"
              vars: {ansible_become_exe: /nowhere/by/variable}
            - command: "true"
        """;
    InProcess run = play("[privilege_escalation]\nbecome_exe = /nowhere/by/setting\n", playbook);
    assertThat(run.out() + run.err()).contains("/nowhere/by/variable");
    assertThat(
            play(
                    "[privilege_escalation]\nbecome_exe = /nowhere/by/setting\n",
                    playbook.replace("vars: {ansible_become_exe: /nowhere/by/variable}", "name: x"))
                .err())
        .contains("/nowhere/by/setting");
  }

  @Test
  void templatesSayWhoManagesAFile() throws IOException {
    Path template = directory.resolve("t.j2");
    Files.writeString(template, "{{ ansible_managed }} {{ template_host is string }}\n");
    Files.setLastModifiedTime(template, FileTime.from(Instant.parse("2020-02-03T12:00:00Z")));
    String playbook =
        """
        - hosts: h1
          gather_facts: false
          tasks:
            - template: {src: t.j2, dest: "{{ playbook_dir }}/made", mode: "0644"}
        """;
    play("[defaults]\nansible_managed = By Hearth: {file} of %Y-%m-%d\n", playbook);
    assertThat(directory.resolve("made"))
        .hasContent("By Hearth: " + template + " of 2020-02-03 True");
    play(
        "[defaults]\nansible_managed = By Hearth\n",
        playbook.replace("tasks:", "vars: {ansible_managed: by variable}\n  tasks:"));
    assertThat(directory.resolve("made")).hasContent("by variable True");
    play("", playbook);
    assertThat(directory.resolve("made")).hasContent("Ansible managed True");
  }

  @Test
  void theLogFileHasWhatWasShownWithoutSecrets() throws IOException {
    Files.writeString(directory.resolve("pw"), "key\n");
    String playbook =
        """
        - hosts: h1
          gather_facts: false
          tasks:
            - debug: {msg: visible}
            - debug: {msg: hunter42}
              no_log: true
        """;
    play("[defaults]\nlog_path = logs/run.log\n", playbook);
    Path log = directory.resolve("logs/run.log");
    assertThat(log).content().contains("visible", "PLAY RECAP", " n=hearth INFO| TASK [debug]");
    assertThat(log).content().doesNotContain("hunter42");
    assertThat(Files.readAllLines(log))
        .allMatch(
            line -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} p=\\d+ u=.*"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
    long size = Files.size(log);
    play("[defaults]\nlog_path = logs/run.log\n", playbook);
    assertThat(Files.size(log)).isGreaterThan(size);
  }

  @Test
  void theRetryFileNamesTheHostsThatFailed() throws IOException {
    InProcess run = play("[defaults]\nretry_files_enabled = true\n", TWO_FAIL);
    Path file = directory.resolve("site.retry");
    assertThat(file).hasContent("h1\nh2\n");
    assertThat(run.out()).contains("\tto retry, use: --limit @" + file);
    assertThat(
            InProcess.hearth(directory, "play", "-i", "hosts", "site.yml", "--limit", "@site.retry")
                .out())
        .contains("fatal: [h1]", "fatal: [h2]")
        .doesNotContain("h3");
    play("[defaults]\nretry_files_enabled = true\nretry_files_save_path = kept\n", TWO_FAIL);
    assertThat(directory.resolve("kept/site.retry")).hasContent("h1\nh2\n");
  }

  @Test
  void thePasswordFileHasTheLabelOfTheSetting() throws IOException {
    Files.writeString(directory.resolve("pw"), "key\n");
    Files.writeString(directory.resolve("secret.yml"), "a: 1\n");
    InProcess run =
        InProcess.hearth(
            directory,
            Map.of("ANSIBLE_VAULT_IDENTITY", "lab"),
            "",
            "vault",
            "encrypt",
            "secret.yml",
            "--vault-password-file",
            "pw");
    assertThat(run.err()).isEmpty();
    assertThat(directory.resolve("secret.yml"))
        .content()
        .startsWith("$ANSIBLE_VAULT;1.2;AES256;lab");
  }
}
