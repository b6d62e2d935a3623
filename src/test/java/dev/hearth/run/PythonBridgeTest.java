package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules written in Python really run, on this machine and with Hearth's own module_utils. */
class PythonBridgeTest {

  private static final String OWN =
      """
      from ansible.module_utils.basic import AnsibleModule
      from ansible.module_utils.greeting import greet


      def main():
          module = AnsibleModule(
              argument_spec=dict(
                  path=dict(type='path', required=True),
                  count=dict(type='int', default=2),
                  state=dict(choices=['present', 'absent'], default='present'),
                  password=dict(no_log=True)),
              supports_check_mode=True)
          try:
              now = open(module.params['path']).read()
          except IOError:
              now = ''
          wanted = greet('bob') * module.params['count']
          if now != wanted and not module.check_mode:
              open(module.params['path'], 'w').write(wanted)
          module.exit_json(changed=now != wanted, said=module.params['password'], diff=dict(before=now, after=wanted),
                           ansible_facts=dict(greeted='bob'))


      main()
      """;

  @TempDir private Path directory;

  @BeforeEach
  void files() throws IOException {
    assumeThat(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "python3")));
    write("hosts", "h1 ansible_connection=local\n");
    write("library/own.py", OWN);
    write("module_utils/greeting.py", "def greet(name):\n    return 'hello ' + name + '\\n'\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private InProcess play(String tasks, String... more) throws IOException {
    write(
        "site.yml",
        "- hosts: all\n  gather_facts: false\n  environment: {TMPDIR: "
            + Files.createDirectories(directory.resolve("tmp"))
            + "}\n  tasks:\n"
            + tasks.indent(4));
    String[] all = new String[more.length + 4];
    all[0] = "play";
    all[1] = "-i";
    all[2] = "hosts";
    all[3] = "site.yml";
    System.arraycopy(more, 0, all, 4, more.length);
    return InProcess.hearth(directory, all);
  }

  @Test
  void moduleOfTheLibraryRunsOnceAndIsThenSatisfied() throws IOException {
    String tasks =
        """
        - own: {path: PATH, password: geheim}
          register: first
        - own: {path: PATH}
          register: second
        - debug: {msg: "{{ first is changed }} {{ second is changed }} {{ first.said }} {{ greeted }}"}
        """
            .replace("PATH", directory.resolve("out").toString());
    InProcess checked = play(tasks, "--check", "--diff");
    assertThat(checked.out()).contains("+hello bob").contains("True True");
    assertThat(directory.resolve("out")).doesNotExist();
    InProcess run = play(tasks);
    assertThat(run.out()).contains("True False VALUE_SPECIFIED_IN_NO_LOG_PARAMETER bob");
    assertThat(run.err()).contains("2 tasks run Python modules on the host").contains("site.yml:5");
    assertThat(Files.readString(directory.resolve("out"))).isEqualTo("hello bob\nhello bob\n");
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void wrongArgumentsAreToldAsAnsibleTellsThem() throws IOException {
    String tasks =
        """
        - own: {pth: x}
          ignore_errors: true
        - own: {path: x, pth: x}
          ignore_errors: true
        - own: {path: x, count: many}
          ignore_errors: true
        - own: {path: x, state: gone}
          ignore_errors: true
        """;
    assertThat(play(tasks).out())
        .contains("missing required arguments: path")
        .contains(
            "Unsupported parameters for (own) module: pth. Supported parameters include: count,"
                + " password, path, state.")
        .contains("argument 'count' is of type <class 'str'> and we were unable to convert to int")
        .contains("value of state must be one of: present, absent, got: gone");
  }

  @Test
  void moduleThatFailsOrPrintsNothingFailsTheTask() throws IOException {
    write("library/bad.py", "from ansible.module_utils.basic import AnsibleModule\n1 / 0\n");
    write("library/json.py", "# WANT_JSON\nimport sys\nprint(open(sys.argv[1]).read())\n");
    InProcess run =
        play(
            """
            - bad:
              ignore_errors: true
            - json: {x: [1, two]}
              register: told
            - debug: {var: told.x}
            """);
    assertThat(run.out())
        .contains("the Python module ansible.modules.bad failed: ZeroDivisionError")
        .contains("\"two\"");
  }

  @Test
  void checkModeDoesNotRunWhatDoesNotKnowOfIt() throws IOException {
    write(
        "library/plain.py",
        """
        # WANT_JSON
        import json, sys
        arguments = json.load(open(sys.argv[1]))
        open(arguments["path"], "w").close()
        print(json.dumps({"changed": True}))
        """);
    Path made = directory.resolve("made");
    String tasks = "- plain: {path: %s}\n".formatted(made);

    assertThat(play(tasks, "--check").out()).contains("skipping: [h1]");
    assertThat(made).doesNotExist();
    assertThat(play(tasks).out()).contains("changed: [h1]");
    assertThat(made).exists();
  }

  @Test
  void moduleOfACollectionBringsItsUtils() throws IOException {
    write(
        "collections/ansible_collections/a/b/plugins/modules/c.py",
        """
        from ansible.module_utils.basic import AnsibleModule
        from ..module_utils.pieces import answer
        module = AnsibleModule(argument_spec={})
        module.exit_json(answer=answer)
        """);
    write(
        "collections/ansible_collections/a/b/plugins/module_utils/pieces/__init__.py",
        "from .deeper import answer\n");
    write(
        "collections/ansible_collections/a/b/plugins/module_utils/pieces/deeper.py",
        "answer = 'forty-two'\n");
    assertThat(play("- a.b.c:\n  register: told\n- debug: {var: told.answer}\n").out())
        .contains("forty-two");
  }

  @Test
  void switchedOffItIsAnErrorAgain() throws IOException {
    write("ansible.cfg", "[hearth]\npython_bridge = no\n");
    assertThat(play("- own: {path: x}\n").err())
        .contains("the module 'own' is written in Python")
        .contains("the Python bridge is off");
  }

  @Test
  void hostWithoutPythonIsToldSo() throws IOException {
    assertThat(play("- own: {path: x}\n  vars: {ansible_python_interpreter: /no/python3}\n").out())
        .contains("the host has no /no/python3");
  }

  @Test
  void moduleOfTheLibraryStandsForHearthsOwnUnderItsShortName() throws IOException {
    write(
        "library/sysctl.py",
        """
        from ansible.module_utils.basic import AnsibleModule
        AnsibleModule(dict(mine=dict())).exit_json(said='of the library')
        """);
    assertThat(play("- sysctl: {mine: x}\n  register: told\n- debug: {var: told.said}\n").out())
        .contains("of the library");
    assertThat(play("- ansible.posix.sysctl: {mine: x}\n").err())
        .contains("'ansible.posix.sysctl' has no parameter 'mine'");
  }

  @Test
  void moduleForWindowsFailsOnlyWhenItIsReached() throws IOException {
    String modules = "collections/ansible_collections/ansible/windows/plugins/modules/";
    write(modules + "win_shell.py", "DOCUMENTATION = ''\n");
    write(modules + "win_shell.ps1", "");
    String task = "- ansible.windows.win_shell: Get-Item x\n  when: ";
    assertThat(play(task + "false\n").out()).contains("skipping: [h1]");
    assertThat(play(task + "true\n").out() + play(task + "true\n").err())
        .contains("this module is for hosts with Windows");
  }
}
