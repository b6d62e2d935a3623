package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in Python beside playbooks and roles are refused with their place, never left out. */
class PythonPluginsTest {

  @TempDir private Path directory;

  @BeforeEach
  void playbook() throws IOException {
    write("inventory", "h1 ansible_connection=local\n");
    write("roles/r/tasks/main.yml", "- debug: {msg: \"{{ 1 | of_role }}\"}\n");
    write(
        "site.yml",
        """
        - hosts: h1
          gather_facts: false
          roles: [r]
          tasks:
            - debug: {msg: "{{ 'x' | shout }} {{ lookup('mine', 1) }} {{ 1 is loud }}"}
            - ping:
        """);
  }

  @Test
  void namesThePluginThatAnExpressionNeeds() throws IOException {
    write("filter_plugins/all.py", "class FilterModule:\n  names = {'shout': str.upper}\n");
    write("lookup_plugins/mine.py", "");
    write("roles/r/filter_plugins/some.py", "names = {\"of_role\": str}\n");

    InProcess checked = check();

    assertThat(checked.exit()).isEqualTo(5);
    assertThat(checked.err())
        .contains("there is no filter 'shout'", "filter_plugins/all.py has it")
        .contains("there is no lookup 'mine'", "lookup_plugins/mine.py has it")
        .contains("there is no filter 'of_role'", "roles/r/filter_plugins/some.py has it")
        .contains("there is no test 'loud'")
        .doesNotContain("test_plugins");
  }

  @Test
  void refusesVarsPluginsAndActionsOfTheSameName() throws IOException {
    write("vars_plugins/theirs.py", "x = 1\n");
    write("vars_plugins/__init__.py", "");
    write("callback_plugins/log.py", "");
    write("action_plugins/ping.py", "");

    assertThat(check().err())
        .contains("this vars plugin is written in Python", "theirs.py:1:1")
        .contains("warning: this callback plugin is left out")
        .contains("the module 'ping' is written in Python", "action_plugins/ping.py")
        .doesNotContain("__init__");
  }

  @Test
  void warnsOfAnActionPluginInTheWayOfItsOwnAction() throws IOException {
    write("action_plugins/copy.py", "");
    write("library/template.py", "");
    write(
        "site.yml",
        """
        - hosts: h1
          gather_facts: false
          tasks:
            - ansible.builtin.copy: {content: x, dest: /tmp/x}
            - copy: {content: x, dest: /tmp/x}
            - copy: {content: x, dest: /tmp/y}
            - ansible.legacy.template: {src: t, dest: /tmp/y}
        """);
    write("t", "");

    InProcess checked = check();

    assertThat(checked.exit()).isEqualTo(0);
    assertThat(checked.err())
        .containsOnlyOnce("warning: the action plugin for 'copy' is left out")
        .contains("site.yml:5:7")
        .contains("action_plugins/copy.py is Python")
        .doesNotContain("template");
  }

  private InProcess check() throws IOException {
    return InProcess.hearth(directory, Map.of(), "", "check", "-i", "inventory", "site.yml");
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
