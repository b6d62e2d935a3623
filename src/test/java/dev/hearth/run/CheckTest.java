package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth check}: every mistake of all files at once, and nothing that is none. */
class CheckTest {

  @TempDir private Path directory;

  @BeforeEach
  void inventory() {
    write("hosts", "host01 ansible_connection=local\n");
  }

  @Test
  void findsTheMistakesOfLoadingAndThoseInTemplatesTogether() {
    write(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.debug: {msg: "{{ 1 | uper }}"}
            - ansible.builtin.debug: {msg: x}
              whem: true
            - ansible.builtin.debug: {msg: "{{ nowhere }}"}
            - ansible.builtin.file: {path: /x, state: directory, mode: often}
            - ansible.builtin.command: {cmd: true}
              notify: restrat
            - ansible.builtin.template: {src: broken.j2, dest: /x}
            - ansible.builtin.template: {src: brokn.j2, dest: /x}
            - ansible.builtin.debug: {msg: "{{ lookup('fle', 'x') }}"}
            - ansible.builtin.debug: {msg: x}
              when: x is definde
          handlers:
            - name: restart
              ansible.builtin.debug:
        """);
    write("templates/broken.j2", "one\n{% if x %}\n");

    InProcess check = check("play.yml");

    assertThat(errors(check))
        .containsExactly(
            "play.yml:4:44 there is no filter 'uper'",
            "play.yml:6:7 unknown keyword 'whem' in a task",
            "play.yml:7:40 'nowhere' is defined nowhere",
            "play.yml:8:64 'mode' of ansible.builtin.file must be a file mode, not 'often'",
            "play.yml:10:15 there is no handler 'restrat' in this play",
            "play.yml:12:39 the file 'brokn.j2' does not exist",
            "play.yml:13:47 there is no lookup 'fle'",
            "play.yml:15:18 there is no test 'definde'",
            "templates/broken.j2:2:11 the template has end of template where {% elif %} or"
                + " {% else %} or {% endif %} belongs");
    assertThat(check.exit()).isEqualTo(5);
    assertThat(check.out())
        .isEqualTo("play.yml: 9 errors, 0 warnings (1 play, 10 tasks, 0 roles, 1 template file)\n");
  }

  @Test
  void aHandlerThatCouldNotBeReadIsNotCalledMissing() {
    write(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          roles: [r]
          tasks:
            - ansible.builtin.command: {cmd: true}
              notify: [first, second, "r : first", third]
        """);
    write(
        "roles/r/handlers/main.yml",
        """
        - name: first
          acme.lab.gadget:
        - name: Something else
          acme.lab.gadget:
          listen: second
        """);
    assertThat(errors(check("play.yml")))
        .containsExactly(
            "play.yml:6:44 there is no handler 'third' in this play",
            "roles/r/handlers/main.yml:2:3 unknown module 'acme.lab.gadget'",
            "roles/r/handlers/main.yml:4:3 unknown module 'acme.lab.gadget'");
  }

  @Test
  void namesThatABrokenPartMayDefineAreNotCalledUndefined() {
    write(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          vas: {port: 1}
          tasks:
            - ansible.builtin.comand: {cmd: x}
              register: got
            - ansible.builtin.debug: {msg: "{{ port }} {{ got }} {{ other }}"}
        """);

    assertThat(errors(check("play.yml")))
        .containsExactly(
            "play.yml:3:3 unknown keyword 'vas' in a play",
            "play.yml:5:7 unknown module 'ansible.builtin.comand'",
            "play.yml:7:61 'other' is defined nowhere");
  }

  @Test
  void missingContentLeavesNamesOpen() {
    write(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          roles: [absent]
          tasks:
            - ansible.builtin.debug: {msg: "{{ set_by_the_role }}"}
        """);

    InProcess check = check("play.yml");

    assertThat(errors(check)).containsExactly("play.yml:3:11 the role 'absent' does not exist");
    assertThat(check.exit()).isEqualTo(7);
  }

  @Test
  void handlersOfIncludedRolesCount() {
    write(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.include_role: {name: web}
            - ansible.builtin.command: {cmd: true}
              notify: [reload, relaod]
        """);
    write("roles/web/tasks/main.yml", "- ansible.builtin.debug:\n");
    write("roles/web/handlers/main.yml", "- name: reload\n  ansible.builtin.debug:\n");

    assertThat(errors(check("play.yml")))
        .containsExactly("play.yml:6:24 there is no handler 'relaod' in this play");
  }

  @Test
  void saysWhatItCouldNotCheck() {
    write(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.include_tasks: "{{ inventory_hostname }}.yml"
            - ansible.builtin.template: {src: "{{ inventory_hostname }}.j2", dest: /x}
            - ansible.builtin.debug: {msg: "{{ nowhere }}"}
        """);

    InProcess check = check("play.yml");

    assertThat(check.exit()).isZero();
    assertThat(check.err()).isEmpty();
    assertThat(check.out())
        .isEqualTo(
            """
            play.yml: nothing wrong (1 play, 3 tasks, 0 roles, 0 template files)
              1 include depends on variables of the run: not checked
                play.yml:4:7
              1 template file is named by variables of the run: not checked
                play.yml:5:40
              1 source of variables is only read in the run: undefined names not looked for
                play.yml:4:7
            """);
  }

  @Test
  void aMistakeInAnIncludeThatMayNeverHappenIsAWarning() {
    write(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.include_tasks: rare.yml
              when: inventory_hostname == 'other'
        """);
    write("rare.yml", "- ansible.builtin.comand: x\n");

    InProcess check = check("play.yml");

    assertThat(check.exit()).isZero();
    assertThat(check.err()).startsWith("warning: unknown module 'ansible.builtin.comand'");
  }

  @Test
  void tagsThatNothingHasAreWarnedOf() {
    write(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.debug:
              tags: [deploy]
        """);

    assertThat(check("play.yml", "--tags", "depoly,always").err())
        .isEqualTo(
            """
            warning: no task has the tag 'depoly'
              why:  --tags names it and so selects nothing
              next: did you mean 'deploy'?
            """);
    assertThat(check("play.yml", "--skip-tags", "deploy").err()).isEmpty();
  }

  @Test
  void vaultFilesThatDoNotOpenAreFindingsLikeOthers() {
    write(
        "play.yml",
        """
        - hosts: all
          gather_facts: false
          vars_files: [sealed.yml]
          tasks:
            - ansible.builtin.debug: {msg: "{{ 1 | uper }}"}
        """);
    write("sealed.yml", "$ANSIBLE_VAULT;1.1;AES256\n3030\n");
    write("host_vars/host01.yml", "$ANSIBLE_VAULT;1.1;AES256\n3030\n");

    InProcess check = check("play.yml");

    assertThat(check.err())
        .contains("sealed.yml")
        .contains("host_vars/host01.yml")
        .contains("there is no filter 'uper'");
    assertThat(check.exit()).isIn(12, 13);
  }

  @Test
  void theGraphShowsWhichFileBringsInWhich() {
    write("site.yml", "- import_playbook: play.yml\n");
    write(
        "play.yml",
        """
        - name: Web
          hosts: all
          roles: [web]
          tasks:
            - ansible.builtin.import_tasks: more.yml
            - ansible.builtin.include_tasks: "{{ inventory_hostname }}.yml"
        """);
    write("more.yml", "- ansible.builtin.include_tasks: more.yml\n  when: false\n");
    write("roles/web/tasks/main.yml", "- ansible.builtin.debug:\n- import_tasks: b.yml\n");
    write("roles/web/tasks/b.yml", "- ansible.builtin.debug:\n");
    write("roles/web/meta/main.yml", "dependencies: [base]\n");
    write("roles/base/tasks/main.yml", "- ansible.builtin.debug:\n");

    assertThat(check("site.yml", "--graph").out())
        .startsWith(
            """
            site.yml
              playbook play.yml
                play Web (all)
                  role base: roles/base/tasks/main.yml
                  role web: roles/web/tasks/main.yml
                    role web: roles/web/tasks/b.yml
                  tasks more.yml
                    ansible.builtin.include_tasks more.yml
                      ansible.builtin.include_tasks more.yml (again)
                  ansible.builtin.include_tasks {{ inventory_hostname }}.yml (depends on variables of the run)
            site.yml: nothing wrong (1 play,\
            """);
  }

  @Test
  void withoutANameItChecksThePlaybooksOfTheDirectory() {
    write("site.yml", "---\n# all\n\n- name: x\n  hosts: all\n  tasks: []\n");
    write("playbooks/web.yml", "- hosts: all\n  tasks: [{debug: {msg: '{{ 1 | uper }}'}}]\n");
    write("compose.yml", "services:\n  x:\n    hosts: y\n");
    write("requirements.yml", "- src: x\n");

    InProcess check = check();

    assertThat(check.out().lines().map(line -> line.split(" ")[0]))
        .containsExactly("site.yml:", "playbooks/web.yml:");
    assertThat(check.exit()).isEqualTo(5);
  }

  @Test
  void jsonLinesHaveTheSame() {
    write("play.yml", "- hosts: all\n  taks: []\n");

    InProcess check = check("play.yml", "--json");

    assertThat(check.err()).isEmpty();
    assertThat(check.out())
        .contains("\"message_type\": \"error\"")
        .contains("\"at\": \"play.yml:2:3\"")
        .contains("\"message_type\": \"checked\"");
  }

  /** The findings' places and summaries; paths in them are relative to the directory. */
  private List<String> errors(InProcess check) {
    return List.of(("\n" + check.err()).split("\n(error|warning): ")).stream()
        .skip(1)
        .map(each -> each.split("\n", 3))
        .map(
            lines ->
                lines[1].replaceAll("^ *--> ", "").replace(directory + "/", "") + " " + lines[0])
        .toList();
  }

  private InProcess check(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "check";
    all[1] = "-i";
    all[2] = "hosts";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    InProcess run = InProcess.hearth(directory, all);
    return new InProcess(
        run.exit(), run.out().replace(directory + "/", ""), run.err().replace(directory + "/", ""));
  }

  private void write(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
