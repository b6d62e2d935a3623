package dev.hearth.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles, playbooks and modules of collections, by their full and by their short names. */
final class CollectionsTest {

  private static final String HERE = "collections/ansible_collections/acme/lab/";
  private static final String INSTALLED = "installed/ansible_collections/acme/lab/";

  @TempDir private Path directory;
  private Lab lab;

  @BeforeEach
  void lab() {
    lab = new Lab(directory);
  }

  @Test
  void findsARoleByItsFullNameBesideThePlaybookBeforeTheInstalledOne() {
    lab.with(INSTALLED + "roles/web/tasks/main.yml", "- debug:\n    msg: installed\n")
        .with(INSTALLED + "roles/only/tasks/main.yml", "- debug:\n")
        .with(HERE + "roles/web/tasks/main.yml", "- debug:\n    msg: here\n");
    Play play = lab.play("- hosts: all\n  roles: [acme.lab.web]\n");
    assertThat(play.roles().getFirst().path()).isEqualTo(lab.path(HERE + "roles/web"));
    assertThat(play.roles().getFirst().fullName()).isEqualTo("acme.lab.web");
    // The first directory that has the collection has all of it.
    assertThat(
            lab.with("play.yml", "- hosts: all\n  roles: [acme.lab.only]\n").findings("play.yml"))
        .contains("the role 'acme.lab.only' does not exist")
        .contains("play.yml:2:11");
  }

  @Test
  void looksForShortNamesInTheCollectionsKeywordAndInTheOwnCollection() {
    lab.with(INSTALLED + "roles/outer/tasks/main.yml", "- import_role:\n    name: inner\n")
        .with(INSTALLED + "roles/inner/tasks/main.yml", "- debug:\n");
    Play play = lab.play("- hosts: all\n  collections: [acme.lab]\n  roles: [outer]\n");
    assertThat(play.roles())
        .extracting(RoleInstance::name)
        .containsExactly("acme.lab.outer", "acme.lab.inner");
  }

  @Test
  void rolesDoNotInheritTheCollectionsOfThePlay() {
    lab.with(INSTALLED + "roles/inner/tasks/main.yml", "- debug:\n")
        .with("roles/plain/tasks/main.yml", "- import_role:\n    name: inner\n");
    lab.with("play.yml", "- hosts: all\n  collections: [acme.lab]\n  roles: [plain]\n");
    assertThat(lab.findings("play.yml")).contains("the role 'inner' does not exist");
  }

  @Test
  void findsRolesInDirectoriesOfRolesByDots() {
    lab.with(INSTALLED + "roles/net/dns/tasks/main.yml", "- debug:\n");
    assertThat(lab.play("- hosts: all\n  roles: [acme.lab.net.dns]\n").roles()).hasSize(1);
  }

  @Test
  void aPlaybookOfACollectionIsImportedByItsFullNameAndSeesItsOwnRoles() {
    lab.with(INSTALLED + "playbooks/all.yml", "- hosts: all\n  roles: [web]\n")
        .with(INSTALLED + "roles/web/tasks/main.yml", "- debug:\n")
        .with("play.yml", "- import_playbook: acme.lab.all\n");
    assertThat(lab.load("play.yml").plays().getFirst().roles())
        .extracting(RoleInstance::name)
        .containsExactly("acme.lab.web");
  }

  @Test
  void saysThatACollectionIsNotInstalled() {
    lab.with("play.yml", "- hosts: all\n  roles:\n    - role: acme.other.web\n");
    assertThat(lab.findings("play.yml"))
        .contains("the collection 'acme.other' is not installed")
        .contains("play.yml:3:13")
        .contains("next: hearth galaxy collection install acme.other");
  }

  @Test
  void refusesModulesWrittenInPythonByName() {
    lab.with(INSTALLED + "plugins/modules/gadget.py", "")
        .with("roles/r/library/own.py", "")
        .with("roles/r/tasks/main.yml", "- own:\n    x: 1\n")
        .with(
            "play.yml",
            """
            - hosts: all
              roles: [r]
              tasks:
                - acme.lab.gadget:
                    size: 1
                - gadget:
                  collections: [acme.lab]
            """);
    assertThat(lab.findings("play.yml"))
        .contains("the module 'acme.lab.gadget' is written in Python")
        .contains("play.yml:4:7")
        .contains(INSTALLED + "plugins/modules/gadget.py needs Python")
        .contains("the module 'gadget' is written in Python")
        .contains("the module 'own' is written in Python")
        .contains("roles/r/library/own.py");
  }

  @Test
  void followsModulesThatMovedAndTellsThatOneIsGone() {
    lab.with(
            INSTALLED + "meta/runtime.yml",
            """
            requires_ansible: '>=2.15'
            plugin_routing:
              modules:
                wall: {redirect: community.general.ufw}
                old:
                  tombstone: {removal_version: 2.0.0, warning_text: Use wall instead.}
            """)
        .with("play.yml", "- hosts: all\n  tasks:\n    - acme.lab.wall:\n    - acme.lab.old:\n");
    assertThat(lab.findings("play.yml"))
        .doesNotContain("acme.lab.wall")
        .contains("the module 'acme.lab.old' was removed from its collection")
        .contains("Use wall instead.");
  }

  @Test
  void aModuleOfACollectionOrOfTheLibraryStandsForTheShortNameBeforeHearthsOwn() {
    lab.with(INSTALLED + "plugins/modules/service.py", "")
        .with(INSTALLED + "plugins/modules/file.py", "")
        .with(INSTALLED + "plugins/modules/debug.py", "")
        .with("library/apt.py", "")
        .with("library/copy.py", "")
        .with(
            "play.yml",
            """
            - hosts: all
              collections: [acme.lab]
              tasks:
                - file: {wanted: there}
                - service: {name: x}
                - debug: {msg: x}
                - apt: {name: x}
                - ansible.builtin.apt: {name: x}
                - ansible.legacy.apt: {name: x}
                - ansible.builtin.file: {path: x}
                - copy: {dest: x, content: x}
            """);
    assertThat(lab.findings("play.yml"))
        .contains("the module 'file' is written in Python")
        .contains(INSTALLED + "plugins/modules/file.py needs Python")
        .contains("the module 'apt' is written in Python")
        .contains("the module 'ansible.legacy.apt' is written in Python")
        .doesNotContain("'service'")
        .doesNotContain("'debug'")
        .doesNotContain("'ansible.builtin.")
        .doesNotContain("'copy'");
  }
}
