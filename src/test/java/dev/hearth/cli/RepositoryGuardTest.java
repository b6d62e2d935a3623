package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host that has the backups on its disks does not go with them unawares. */
final class RepositoryGuardTest {

  private static final String BACKUP =
      """
      repository: {host: localhost, WHERE, password: "{{ word }}"}
      hosts: others
      max_age: 36h
      sets:
        - {name: files, paths: [/srv/data]}
      """;

  @TempDir private Path directory;

  private Lab lab;

  @BeforeEach
  void lab() {
    lab = new Lab(directory);
    lab.write(
        "hosts",
        "[others]\nother ansible_connection=local\n[all]\nlocalhost ansible_connection=local\n");
    lab.write("group_vars/all.yml", "word: w\nroot: /srv\n");
    lab.write(
        "playbooks/teardown.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.copy: {content: x, dest: %s}
        """
            .formatted(lab.marker()));
    declare("path: \"{{ root }}/restic\"");
  }

  private void declare(String where) {
    lab.write("backup.yml", BACKUP.replace("WHERE", where));
  }

  @Test
  void aTeardownByPlaybookIsRefused() {
    lab.hearth("teardown", "localhost", "--yes", "-i", "hosts")
        .oneMessage(
            ExitCode.FAILED,
            "localhost is not torn down",
            "holds the backup repository",
            "--with-repository");
    lab.unchanged();
  }

  @Test
  void sayingItLetsItGo() {
    Lab.Said said =
        lab.hearth("teardown", "localhost", "--yes", "--with-repository", "-i", "hosts");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(lab.marker()).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"url: \"s3:https://store/lab\"", "url: \"rest:https://me:pw@store/lab\""})
  void aRepositoryBehindAnAddressIsOnNoHost(String where) {
    declare(where);
    Lab.Said said = lab.hearth("teardown", "localhost", "--yes", "-i", "hosts");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(lab.marker()).exists();
  }

  @Test
  void aLocalAddressIsOnTheHost() {
    declare("url: \"local:/srv/restic\"");
    lab.hearth("teardown", "localhost", "--yes", "-i", "hosts")
        .oneMessage(ExitCode.FAILED, "holds the backup repository");
    lab.unchanged();
  }

  @Test
  void aRebuildIsRefused() {
    lab.write("backup.yml", BACKUP.replace("WHERE", "path: /srv/restic").replace("others", "all"));
    lab.write("playbooks/provision.yml", "- hosts: all\n  gather_facts: false\n  tasks: []\n");
    lab.hearth("rebuild", "localhost", "--yes", "-i", "hosts")
        .oneMessage(ExitCode.FAILED, "localhost is not rebuilt", "--with-repository");
  }
}
