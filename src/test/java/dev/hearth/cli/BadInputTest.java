package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.connection.ClosedPort;
import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user may get wrong: one message with the place and the next step, an exit code of its own,
 * and nothing done.
 */
class BadInputTest {

  @TempDir private Path folder;
  private Lab lab;

  @BeforeEach
  void makeLab() {
    lab = new Lab(folder);
  }

  /** Without a mistake the first task does run, so that the other tests can fail. */
  @Test
  void aRightPlaybookRuns() {
    lab.playbook("- ansible.builtin.debug: {msg: done}");
    Lab.Said said = lab.hearth("play", "play.yml");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(lab.marker()).exists();
  }

  @Test
  void unknownModule() {
    lab.playbook("- ansible.builtin.coppy: {content: x, dest: /x}");
    lab.hearth("play", "play.yml")
        .oneMessage(
            ExitCode.INVALID,
            "play.yml:6:7",
            "    - ansible.builtin.coppy: {content: x, dest: /x}",
            "did you mean 'ansible.builtin.copy'?");
    lab.unchanged();
  }

  @Test
  void unknownArgument() {
    lab.playbook("- ansible.builtin.file: {path: /x, stat: absent}");
    lab.hearth("play", "play.yml")
        .oneMessage(ExitCode.INVALID, "play.yml:6:40", "'stat'", "did you mean 'state'?");
    lab.unchanged();
  }

  @Test
  void argumentOfTheWrongType() {
    lab.playbook("- ansible.builtin.file: {path: /x, state: directory, mode: often}");
    lab.hearth("play", "play.yml")
        .oneMessage(ExitCode.INVALID, "play.yml:6:64", "'mode'", "'often'", "write '0644'");
    lab.unchanged();
  }

  @Test
  void argumentsOfModuleDefaultsAreChecked() {
    lab.playbook(
        """
        - ansible.builtin.file: {path: /x, state: directory}
          module_defaults:
            ansible.builtin.file: {mode: often}
        """);
    lab.hearth("play", "play.yml").oneMessage(ExitCode.INVALID, "play.yml:8:", "'often'");
    lab.unchanged();
  }

  @Test
  void misspeltKeyword() {
    lab.playbook("- ansible.builtin.debug: {msg: x}\n  wehn: true");
    lab.hearth("play", "play.yml")
        .oneMessage(ExitCode.INVALID, "play.yml:7:7", "wehn: true", "did you mean 'when'?");
    lab.unchanged();
  }

  @Test
  void undefinedVariable() {
    lab.playbook("- ansible.builtin.debug: {msg: \"{{ app_prot }}\"}\n  vars: {app_port: 80}");
    lab.hearth("play", "play.yml")
        .oneMessage(
            ExitCode.INVALID,
            "'app_prot' is defined nowhere",
            "play.yml:6:40",
            "did you mean 'app_port'?");
    lab.unchanged();
  }

  @Test
  void undefinedVariableInATemplateFile() {
    lab.write("templates/site.conf.j2", "first\nport {{ no_port }}\n");
    lab.playbook("- ansible.builtin.template: {src: site.conf.j2, dest: /x}");
    lab.hearth("play", "play.yml")
        .oneMessage(ExitCode.INVALID, "'no_port'", "site.conf.j2:2:9", "port {{ no_port }}");
    lab.unchanged();
  }

  @Test
  void severalMistakesAreToldTogetherInTheirOrder() {
    lab.playbook(
        """
        - ansible.builtin.debug: {msg: "{{ first }}"}
        - ansible.builtin.debug: {msg: "{{ 1 | uper }}"}
        - ansible.builtin.debug: {msg: x}
          with_itmes: [1]
        """);
    Lab.Said said =
        lab.hearth("play", "play.yml")
            .messages(ExitCode.INVALID, 3, "did you mean 'upper'?", "did you mean 'items'?");
    assertThat(said.err()).containsSubsequence("'first'", "'uper'", "'itmes'");
    lab.unchanged();
  }

  @Test
  void templateSyntaxError() {
    lab.playbook("- ansible.builtin.debug:\n    msg: \"{{ 1 + }}\"");
    lab.hearth("play", "play.yml")
        .oneMessage(ExitCode.INVALID, "play.yml:7:", "msg: \"{{ 1 + }}\"");
    lab.unchanged();
  }

  @Test
  void templateSyntaxErrorInAFile() {
    lab.write("templates/a.j2", "{% if x %}\n");
    lab.playbook("- ansible.builtin.template: {src: a.j2, dest: /x}");
    lab.hearth("play", "play.yml").oneMessage(ExitCode.INVALID, "a.j2:", "if");
    lab.unchanged();
  }

  @Test
  void missingRole() {
    lab.write("roles/docker/tasks/main.yml", "[]\n");
    lab.write(
        "play.yml",
        "- hosts: localhost\n  connection: local\n  gather_facts: false\n  roles: [dokcer]\n");
    lab.hearth("play", "play.yml")
        .oneMessage(ExitCode.NOT_FOUND, "play.yml:4:11", "'dokcer'", "'docker'");
  }

  @Test
  void missingFile() {
    lab.playbook("- ansible.builtin.copy: {src: motd, dest: /x}");
    lab.hearth("play", "play.yml")
        .oneMessage(ExitCode.NOT_FOUND, "play.yml:6:35", "'motd'", lab.directory().toString());
    lab.unchanged();
  }

  @Test
  void missingTemplate() {
    lab.playbook("- ansible.builtin.template: {src: site.j2, dest: /x}");
    lab.hearth("play", "play.yml").oneMessage(ExitCode.NOT_FOUND, "play.yml:6:39", "'site.j2'");
    lab.unchanged();
  }

  @Test
  void missingTaskFileOfAnInclude() {
    lab.playbook("- ansible.builtin.include_tasks: more.yml");
    lab.hearth("play", "play.yml").oneMessage(ExitCode.NOT_FOUND, "play.yml:6:38", "more.yml");
    lab.unchanged();
  }

  @Test
  void missingPlaybook() {
    lab.hearth("play", "nothing.yml").oneMessage(ExitCode.NOT_FOUND, "nothing.yml");
  }

  @Test
  void duplicateKey() {
    lab.playbook("- ansible.builtin.debug: {msg: x}\n  when: true\n  when: false");
    lab.hearth("play", "play.yml")
        .oneMessage(ExitCode.INVALID, "play.yml:8:7", "when: false", "play.yml:7:7");
    lab.unchanged();
  }

  @Test
  void duplicateKeyOfVariables() {
    lab.playbook("- ansible.builtin.debug: {msg: x}");
    lab.write("group_vars/all.yml", "a: 1\nb: [1, {c: 2}]\na: 2\n");
    lab.hearth("play", "play.yml")
        .oneMessage(ExitCode.INVALID, "all.yml:3:1", "all.yml:1:1", "duplicate_dict_key = warn");
    lab.unchanged();
  }

  @Test
  void duplicateKeysThatLoseNothingOrAreTolerated() {
    lab.playbook(
        """
        - ansible.builtin.debug: {msg: "{{ a }}"}
          when: true
          when: true
        """);
    assertThat(lab.hearth("play", "play.yml", "-ea=1"))
        .satisfies(said -> assertThat(said.exit()).isZero())
        .extracting(Lab.Said::err)
        .asString()
        .containsOnlyOnce("warning: the key 'when' is written twice")
        .contains("play.yml:8:7", "play.yml:7:7");

    lab.write("group_vars/all.yml", "a: first\na: second\n");
    Map<String, String> warn = Map.of("ANSIBLE_DUPLICATE_YAML_DICT_KEY", "warn");
    Lab.Said warned = lab.hearth(warn, "play", "play.yml");
    assertThat(warned.exit()).as(warned.err()).isZero();
    assertThat(warned.out()).contains("second").doesNotContain("first");
    assertThat(warned.err()).contains("the later one counts");

    lab.write("ansible.cfg", "[defaults]\nduplicate_dict_key = ignore\n");
    assertThat(lab.hearth("play", "play.yml").err()).isEmpty();
    lab.write("ansible.cfg", "[defaults]\nduplicate_dict_key = error\n");
    lab.hearth("play", "play.yml").oneMessage(ExitCode.INVALID, "'when' is written twice");
    lab.write("ansible.cfg", "[defaults]\nduplicate_dict_key = never\n");
    lab.hearth("play", "play.yml").oneMessage(ExitCode.INVALID, "'never'", "ansible.cfg:2:");
  }

  @Test
  void duplicateKeysOfInstalledContentAreItsAuthors() {
    lab.playbook("- ansible.builtin.include_role: {name: theirs}");
    lab.write("roles/theirs/meta/.galaxy_install_info", "version: 1\n");
    lab.write("roles/theirs/defaults/main.yml", "a: first\na: second\n");
    lab.write("roles/theirs/tasks/main.yml", "- ansible.builtin.debug: {msg: '{{ a }}'}\n");
    Lab.Said said = lab.hearth("play", "play.yml");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.out()).contains("second").doesNotContain("first");
    assertThat(said.err()).contains("theirs/defaults/main.yml:2:1");
  }

  @Test
  void tabInYaml() {
    lab.playbook("- ansible.builtin.debug:\n\tmsg: x");
    lab.hearth("play", "play.yml").oneMessage(ExitCode.INVALID, "play.yml:7:", "tab", "spaces");
    lab.unchanged();
  }

  @Test
  void unknownHandler() {
    lab.playbook("- ansible.builtin.command: \"true\"\n  notify: restart");
    lab.hearth("play", "play.yml").oneMessage(ExitCode.INVALID, "play.yml:7:", "'restart'");
    lab.unchanged();
  }

  @Test
  void unreachableHost() throws IOException {
    try (ClosedPort port = new ClosedPort()) {
      lab.write("hosts", "far ansible_host=127.0.0.1 ansible_port=" + port.number() + "\n");
      lab.write(
          "play.yml",
          """
          - hosts: far
            gather_facts: false
            tasks:
              - ansible.builtin.command: "true"
          """);
      Lab.Said said = lab.hearth("play", "play.yml", "-i", "hosts");
      assertThat(said.out() + said.err())
          .contains("127.0.0.1", String.valueOf(port.number()), "next: ");
      assertThat(said.out()).contains("unreachable=1");
      assertThat(said.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
    }
  }

  @Test
  void wrongVaultPassword() {
    encryptedVariables("right");
    lab.write("wrong", "wrong\n");
    lab.hearth("play", "play.yml", "-i", "hosts", "--vault-password-file", "wrong")
        .oneMessage(ExitCode.VAULT_PASSWORD, "group_vars/all.yml", "wrong");
    lab.unchanged();
  }

  @Test
  void noVaultPassword() {
    encryptedVariables("right");
    lab.hearth("play", "play.yml", "-i", "hosts")
        .oneMessage(ExitCode.VAULT_PASSWORD, "group_vars/all.yml", "--vault-password-file");
    lab.unchanged();
  }

  @Test
  void corruptVault() {
    encryptedVariables("right");
    lab.write("group_vars/all.yml", "$ANSIBLE_VAULT;1.1;AES256\n3031323334\n");
    lab.hearth("play", "play.yml", "-i", "hosts", "--vault-password-file", "right")
        .oneMessage(ExitCode.VAULT_CORRUPT, "group_vars/all.yml");
    lab.unchanged();
  }

  @Test
  void corruptInlineVaultThatATaskReads() {
    lab.write("right", "right\n");
    lab.playbook(
        """
        - ansible.builtin.debug: {msg: "{{ sealed }}"}
          vars:
            sealed: !vault |
              $ANSIBLE_VAULT;1.1;AES256
              3031323334
        """);
    lab.hearth("play", "play.yml", "--vault-password-file", "right")
        .oneMessage(ExitCode.VAULT_CORRUPT, "play.yml:9:");
    lab.unchanged();
  }

  private void encryptedVariables(String password) {
    lab.write("hosts", "localhost ansible_connection=local\n");
    lab.write(password, password + "\n");
    lab.write("group_vars/all.yml", "secret: hidden\n");
    Lab.Said said =
        lab.hearth("vault", "encrypt", "group_vars/all.yml", "--vault-password-file", password);
    assertThat(said.exit()).as(said.err()).isZero();
    lab.playbook("- ansible.builtin.debug: {msg: x}");
  }

  @Test
  void limitThatMatchesNothing() {
    lab.write("hosts", "localhost ansible_connection=local\n");
    lab.playbook("- ansible.builtin.debug: {msg: x}");
    lab.hearth("play", "play.yml", "-i", "hosts", "--limit", "locallhost")
        .oneMessage(ExitCode.NO_HOSTS, "the limit matches no host", "localhost");
    lab.unchanged();
  }

  @Test
  void limitWithoutAnInventory() {
    lab.playbook("- ansible.builtin.debug: {msg: x}");
    lab.hearth("play", "play.yml", "--limit", "web").oneMessage(ExitCode.NO_HOSTS, "-i ");
    lab.unchanged();
  }

  @Test
  void limitOfAnEmptyInventory() {
    lab.write("hosts", "[web]\n");
    lab.playbook("- ansible.builtin.debug: {msg: x}");
    lab.hearth("play", "play.yml", "-i", "hosts", "--limit", "web")
        .oneMessage(ExitCode.NO_HOSTS, "the inventory has no hosts");
    lab.unchanged();
  }

  @Test
  void inventoryThatDoesNotExist() {
    lab.playbook("- ansible.builtin.debug: {msg: x}");
    Lab.Said said = lab.hearth("play", "play.yml", "-i", "nowhere.yml");
    said.oneMessage(ExitCode.NO_HOSTS, "nowhere.yml");
    lab.unchanged();
  }

  @Test
  void provisionWithoutAnInventory() {
    lab.write("playbooks/provision.yml", "- hosts: all\n  gather_facts: false\n  tasks: []\n");
    lab.hearth("provision", "host01").oneMessage(ExitCode.NO_HOSTS, "-i ");
  }

  @Test
  void unknownOption() {
    lab.hearth("play", "play.yml", "--chekc")
        .oneMessage(ExitCode.INVALID, "'--chekc'", "did you mean '--check'?");
  }

  @Test
  void unknownSubcommand() {
    lab.hearth("provison", "host01")
        .oneMessage(ExitCode.INVALID, "'provison'", "did you mean 'provision'?");
  }

  @Test
  void badExtraVariables() {
    lab.playbook("- ansible.builtin.debug: {msg: x}");
    lab.hearth("play", "play.yml", "-e", "{broken: [").oneMessage(ExitCode.INVALID, "{broken: [");
    lab.unchanged();
  }

  @Test
  void extraVariablesOfAMissingFile() {
    lab.playbook("- ansible.builtin.debug: {msg: x}");
    lab.hearth("play", "play.yml", "-e", "@none.yml").oneMessage(ExitCode.NOT_FOUND, "none.yml");
    lab.unchanged();
  }

  @Test
  void teardownWithoutATerminal() {
    Path playbook = lab.playbook("- ansible.builtin.debug: {msg: x}");
    lab.hearth("teardown", "localhost", "--playbook", playbook.toString())
        .oneMessage(ExitCode.INVALID, "nobody is there to answer", "--yes");
    lab.unchanged();
  }

  @Test
  void aWayToBecomeSomebodyThatHearthDoesNotHaveIsRefusedWithItsPlace() {
    Path play =
        lab.write(
            "become.yml",
            """
            - hosts: localhost
              connection: local
              gather_facts: false
              tasks:
                - ansible.builtin.command: id
                  become: true
                  become_method: doass
            """);

    lab.hearth("play", play.toString())
        .oneMessage(
            ExitCode.BECOME,
            "become.yml:7",
            "become_method 'doass' is not supported",
            "did you mean 'doas'?");
  }

  @Test
  void theFullNameOfAWayToBecomeSomebodyIsItsNameToo() {
    Path play =
        lab.write(
            "become.yml",
            """
            - hosts: localhost
              connection: local
              gather_facts: false
              tasks:
                - ansible.builtin.command: id
                  become: true
                  become_user: "{{ lookup('pipe', 'id -un') }}"
                  become_method: ansible.builtin.sudo
            """);

    assertThat(lab.hearth("play", play.toString()).exit()).isZero();
  }
}
