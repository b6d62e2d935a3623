package dev.hearth.playbook;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybookLoaderTest {

  @TempDir Path directory;

  private Lab lab;

  @BeforeEach
  void openLab() {
    lab = new Lab(directory);
  }

  private static Map<String, Located> merged(List<Map<String, Located>> layers) {
    Map<String, Located> all = new LinkedHashMap<>();
    layers.forEach(all::putAll);
    return all;
  }

  private static String show(Located value) {
    return switch (value.value()) {
      case Value.Template template -> "<" + template.source() + ">";
      case Value.Text text -> text.value();
      default -> value.value().toString();
    };
  }

  private static String show(Action action) {
    String args =
        action.args().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + show(entry.getValue()))
            .collect(Collectors.joining("; "));
    String free = action.freeForm().map(text -> " [" + show(text) + "]").orElse("");
    String template = action.argsTemplate().map(text -> " *" + show(text)).orElse("");
    return action.name().replace("ansible.builtin.", "") + "(" + args + ")" + free + template;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "ping:~ping()",
        "ansible.legacy.ping:~ping()",
        "ansible.builtin.copy: {dest: /x}~copy(dest=/x)",
        "ufw: {rule: allow}~community.general.ufw(rule=allow)",
        "file: path=/a b state=absent~?",
        "file: path=\"/a b\" state=absent~file(path=/a b; state=absent)",
        "debug: msg=\"{{ a | join(', ') }} b\"~debug(msg=<{{ a | join(', ') }} b>)",
        "debug: msg={{ a | join(' ') }}/x~debug(msg=<{{ a | join(' ') }}/x>)",
        "debug: msg=a=b=c~debug(msg=a=b=c)",
        "debug: '{{ args }}'~debug() *<{{ args }}>",
        "command: uptime~command() [uptime]",
        "command: touch /x creates=/x chdir=/tmp~command(creates=/x; chdir=/tmp) [touch /x]",
        "command: env FOO=bar  run  --x='a  b'~command() [env FOO=bar  run  --x='a  b']",
        "command: docker ps --format '{{ '{{' }}.Names}}'~command() [<docker ps --format '{{ '{{'"
            + " }}.Names}}'>]",
        "command: {cmd: ls, chdir: /}~command(cmd=ls; chdir=/)",
        "command: {argv: [a, 1]}~command(argv=Seq[items=[Text[value=a], Int[value=1]]])",
        "command:~command()",
        "meta: flush_handlers~meta() [flush_handlers]",
        "include_vars: file=a.yml name=x~include_vars(file=a.yml; name=x)",
        "include_tasks: a.yml~include_tasks() [a.yml]",
        "set_fact: a=1 b={{ c }}~set_fact(a=1; b=<{{ c }}>)",
        "set_fact: {a: 1}~set_fact(a=Int[value=1])",
        "action: copy src={{ a }} dest=/x~copy(src=<{{ a }}>; dest=/x)",
        "action: {module: copy, dest: /x}~copy(dest=/x)",
        "local_action: command ls -l~command() [ls -l]",
        "{copy: {dest: /x}, args: {dest: /y, mode: 420}}~copy(dest=/x; mode=Int[value=420])",
        "{command: ls, args: {chdir: /}}~command(chdir=/) [ls]",
        "{copy: , args: '{{ all }}'}~copy() *<{{ all }}>",
      })
  void readsActionsInAllSpellings(String written, String expected) {
    String text = "- " + written.indent(2).strip() + "\n";
    if (expected.equals("?")) {
      assertThatThrownBy(() -> lab.tasks(text)).isInstanceOf(HearthException.class);
      return;
    }
    lab.with("a.yml", "vars: {}\n").with("a.yml", "[]");
    assertThat(show(lab.task(text).action())).isEqualTo(expected);
  }

  @Test
  void decodesEscapesInKeyValues() {
    Task task = lab.task("- debug: msg=\"a\\nb\\\\c\\x41\\d\"");
    assertThat(show(requireNonNull(task.action().args().get("msg")))).isEqualTo("a\nb\\cA\\d");
  }

  @Test
  void keepsTheTextOfAShellScriptAsItWasWritten() {
    Task task =
        lab.task("- shell: |\n    cat <<E >x\n      in  {{ a }}\n    E\n  args:\n    creates: x\n");
    Value.Template text = (Value.Template) task.action().freeForm().orElseThrow().value();
    assertThat(text.source()).isEqualTo("cat <<E >x\n  in  {{ a }}\nE\n");
    assertThat(text.at().line()).isEqualTo(4);
    assertThat(text.at().column()).isEqualTo(9);
  }

  @Test
  void placesKeyValueTemplatesExactly() {
    Task task = lab.task("- copy: dest=/x content=\"a {{ b }}\"");
    Value.Template template =
        (Value.Template) requireNonNull(task.action().args().get("content")).value();
    assertThat(template.at().line()).isEqualTo(3);
    assertThat(template.source()).isEqualTo("a {{ b }}");
  }

  @Test
  void appliesInheritance() {
    Play play =
        lab.play(
            """
            - hosts: all
              become: true
              become_user: root
              tags: play
              environment: {A: 1}
              tasks:
                - block:
                    - ping:
                      when: [c, d]
                      tags: [t, u]
                      become_user: me
                      vars: {x: inner}
                      environment: [{C: 3}]
                  when: a
                  tags: "b, c"
                  notify: h
                  vars: {x: outer, y: outer}
                  environment: {B: 2}
                  module_defaults: {copy: {mode: '0600'}, ufw: {rule: allow}}
              handlers:
                - name: h
                  ping:
            """);
    Task task = (Task) ((Block) play.tasks().getFirst()).entries().getFirst();
    Attributes all = task.attributes();
    assertThat(all.when()).extracting(PlaybookLoaderTest::show).containsExactly("a", "c", "d");
    assertThat(all.tags()).containsExactly("play", "b", "c", "t", "u");
    assertThat(show(all.get(Keyword.BECOME_USER).orElseThrow())).isEqualTo("me");
    assertThat(all.get(Keyword.BECOME)).isPresent();
    assertThat(all.get(Keyword.DELEGATE_TO)).isEmpty();
    assertThat(all.environment()).hasSize(3);
    assertThat(all.vars()).hasSize(2);
    assertThat(show(requireNonNull(all.vars().get("x")))).isEqualTo("inner");
    assertThat(task.notifies()).extracting(PlaybookLoaderTest::show).containsExactly("h");
    assertThat(((Value.Dict) all.moduleDefaults().getFirst().value()).entries().keySet())
        .containsExactly(Value.text("ansible.builtin.copy"), Value.text("community.general.ufw"));
  }

  @Test
  void readsTheRestOfATask() {
    Task task =
        lab.task(
            """
            - name: wait
              command: curl {{ item }}
              with_nested:
                - [1]
                - [2]
              loop_control: {loop_var: url, index_var: i, label: "{{ url }}", pause: 0.5}
              register: r
              until: r.rc == 0
              retries: 3
              delay: "1"
              changed_when: false
              failed_when: [a, b]
              async: 10
              poll: 0
              local: x
            """
                .replace("  local: x\n", ""));
    Loop loop = task.loop().orElseThrow();
    assertThat(loop.kind()).isEqualTo(Loop.Kind.WITH);
    assertThat(loop.lookup()).isEqualTo("nested");
    assertThat(loop.loopVar()).isEqualTo("url");
    assertThat(loop.indexVar()).contains("i");
    assertThat(loop.pause()).map(PlaybookLoaderTest::show).contains("Real[value=0.5]");
    assertThat(task.until()).hasSize(1);
    assertThat(task.failedWhen()).hasSize(2);
    assertThat(task.changedWhen()).extracting(Located::value).containsExactly(Value.bool(false));
    assertThat(task.retries()).map(Located::value).contains(Value.number(3));
    assertThat(task.register()).map(PlaybookLoaderTest::show).contains("r");
    assertThat(lab.task("- local_action: ping").attributes().get(Keyword.DELEGATE_TO))
        .map(PlaybookLoaderTest::show)
        .contains("localhost");
  }

  @Test
  void readsPlays() {
    Play play =
        lab.with("vars/v.yml", "a: 1")
            .play(
                """
                - name: P
                  hosts: [web, "{{ more }}"]
                  gather_facts: no
                  gather_subset: ['!all', network]
                  serial: [1, "30%", 5]
                  strategy: ansible.builtin.free
                  order: sorted
                  max_fail_percentage: 20
                  force_handlers: yes
                  vars: {a: 1}
                  vars_files: [v.yml, ["{{ x }}.yml", v.yml]]
                  vars_prompt: [{name: pw, prompt: Password}, {name: u, private: no, default: me}]
                  handlers:
                    - name: h
                      listen: [a, b]
                      ping:
                """);
    assertThat(play.gatherFacts()).map(Located::value).contains(Value.bool(false));
    assertThat(play.strategy()).map(PlaybookLoaderTest::show).contains("free");
    assertThat(play.serial()).isPresent();
    assertThat(play.varsFiles()).hasSize(2);
    assertThat(play.varsPrompt()).extracting(VarsPrompt::secret).containsExactly(true, false);
    assertThat(play.handlers().getFirst().listen()).hasSize(2);
    assertThat(play.attributes().when()).isEmpty();
  }

  @Test
  void importsPlaybooksWithTheirConditionsTagsAndVariables() {
    lab.with(
        "sub/inner.yml", "- hosts: a\n  vars: {x: inner, y: 1}\n  tags: i\n  tasks: [ping: ]\n");
    lab.with(
        "play.yml",
        "- import_playbook: sub/inner.yml\n  when: c\n  tags: o\n  vars: {x: outer}\n- hosts: b\n");
    List<Play> plays = lab.load("play.yml").plays();
    assertThat(plays).extracting(play -> show(play.hosts())).containsExactly("a", "b");
    Play inner = plays.getFirst();
    assertThat(show(requireNonNull(inner.vars().get("x")))).isEqualTo("outer");
    assertThat(inner.tasks().getFirst().attributes().tags()).containsExactly("o", "i");
    assertThat(inner.tasks().getFirst().attributes().when()).hasSize(1);
    assertThat(inner.tasks().getFirst().context().playbookDirectory()).isEqualTo(lab.path("sub"));
  }

  @Test
  void importsTasksAsABlock() {
    lab.with("tasks/a.yml", "- import_tasks: sub/b.yml\n  tags: two\n  vars: {v: 1}\n")
        .with("tasks/sub/b.yml", "- import_tasks: c.yml\n")
        .with("tasks/sub/c.yml", "- ping:\n");
    Block a =
        (Block) lab.tasks("- name: n\n  import_tasks: a.yml\n  when: x\n  tags: one").getFirst();
    Block b = (Block) a.entries().getFirst();
    Block c = (Block) b.entries().getFirst();
    Task task = (Task) c.entries().getFirst();
    assertThat(task.attributes().tags()).containsExactly("one", "two");
    assertThat(task.attributes().when()).hasSize(1);
    assertThat(task.attributes().vars()).containsKey("v");
    assertThat(task.context().file()).isEqualTo(lab.path("tasks/sub/c.yml"));
    assertThat(task.context().searchDirectories())
        .containsExactly(lab.path("tasks/sub"), directory);
  }

  @Test
  void readsRolesInExecutionOrder() {
    lab.with(
            "roles/app/meta/main.yml",
            "dependencies:\n  - role: base\n    level: 2\n    tags: dep\n")
        .with("roles/app/tasks/main.yaml", "- import_tasks: \"{{ role_path }}/tasks/more.yml\"\n")
        .with("roles/app/tasks/more.yml", "- template: {src: a.j2, dest: /a}\n")
        .with("roles/app/templates/a.j2", "x")
        .with("roles/app/handlers/main.yml", "- name: restart\n  ping:\n")
        .with("roles/app/defaults/main/a.yml", "one: 1\n")
        .with("roles/app/defaults/main/b.yml", "two: 2\n")
        .with("roles/app/vars/main", "three: 3\n")
        .with("roles/base/tasks/main", "- ping:\n")
        .with("roles/base/defaults/main.json", "{\"one\": \"base\", \"four\": 4}\n")
        .with("roles/base/handlers/main.yml", "- name: reload\n  ping:\n");
    Play play =
        lab.play(
            """
            - hosts: all
              roles:
                - base
                - {role: app, become: true, when: w, port: 22, colour: red, vars: {e: 1}}
              handlers:
                - name: own
                  ping:
            """);
    assertThat(play.roles()).extracting(RoleInstance::name).containsExactly("base", "base", "app");
    assertThat(play.roleEntries()).hasSize(3);
    assertThat(play.handlers())
        .extracting(handler -> show(handler.task().name().orElseThrow()))
        .containsExactly("reload", "reload", "restart", "own");
    RoleInstance dependency = play.roles().get(1);
    assertThat(dependency.params()).containsOnlyKeys("level");
    assertThat(dependency.attributes().tags()).containsExactly("dep");
    assertThat(dependency.attributes().get(Keyword.BECOME)).isPresent();
    assertThat(dependency.attributes().when()).hasSize(1);
    assertThat(merged(dependency.paramsInForce())).containsOnlyKeys("level", "colour");
    RoleInstance app = play.roles().get(2);
    assertThat(app.path()).isEqualTo(lab.path("roles/app"));
    assertThat(app.params()).containsOnlyKeys("colour");
    assertThat(app.entryVars()).containsOnlyKeys("e");
    assertThat(merged(app.defaultsInForce())).containsOnlyKeys("one", "two", "four");
    assertThat(show(requireNonNull(merged(app.defaultsInForce()).get("one"))))
        .isEqualTo("Int[value=1]");
    assertThat(merged(app.varsInForce())).containsOnlyKeys("three", "e");
    assertThat(merged(app.exportedVars())).containsOnlyKeys("three");
    Block block = (Block) ((Block) play.roleEntries().get(2)).entries().getFirst();
    assertThat(block.entries().getFirst().context().searchDirectories())
        .containsExactly(lab.path("roles/app"), lab.path("roles/app/tasks"), directory);
  }

  @Test
  void listsARoleAsOftenAsItIsWritten() {
    lab.with("roles/a/tasks/main.yml", "- ping:\n")
        .with("shared/b/tasks/main.yml", "- ping:\n")
        .with("shared/b/meta/main.yml", "allow_duplicates: yes\ndependencies: [a]\n");
    Play play =
        lab.play(
            """
            - hosts: all
              roles: [a, a, {role: a, x: '{{ y }}'}, {role: a, x: '{{ y }}'}, b, b]
            """);
    // Whether it is done again is decided for each host when its turn comes: the parity cases tell.
    assertThat(play.roles())
        .extracting(RoleInstance::name)
        .containsExactly("a", "a", "a", "a", "a", "b", "a", "b");
  }

  @Test
  void importsRolesAmongTasks() {
    lab.with("roles/r/tasks/install.yml", "- ping:\n")
        .with("roles/r/vars/other.yml", "o: 1\n")
        .with("roles/r/handlers/main.yml", "- name: h\n  ping:\n")
        .with(
            "roles/r/meta/argument_specs.yml",
            "argument_specs:\n  install:\n    options:\n      x: {type: str}\n");
    Play play =
        lab.play(
            """
            - hosts: all
              tasks:
                - import_role: {name: r, tasks_from: install, vars_from: other}
                  vars: {x: 1}
                  tags: t
            """);
    Block role = (Block) ((Block) play.tasks().getFirst()).entries().getFirst();
    assertThat(role.entries())
        .extracting(entry -> ((Task) entry).action().name())
        .containsExactly("ansible.builtin.validate_argument_spec", "ansible.builtin.ping");
    assertThat(role.entries().getFirst().attributes().tags()).containsExactly("t", "always");
    assertThat(role.entries().get(1).attributes().vars()).containsKey("x");
    assertThat(play.roles()).extracting(RoleInstance::name).containsExactly("r");
    assertThat(play.roles().getFirst().vars()).containsKey("o");
    assertThat(play.handlers()).hasSize(1);
    assertThat(play.roleEntries()).isEmpty();
  }

  @Test
  void keepsIncludesForTheRun() {
    Task include =
        (Task)
            ((Block)
                    lab.tasks(
                            """
                            - block:
                                - include_tasks:
                                    file: "{{ f }}.yml"
                                    apply: {become: true, tags: [in], when: inner}
                                  vars: {v: 1}
                                  tags: out
                                  when: own
                                  loop: [1, 2]
                              when: outer
                            """)
                        .getFirst())
                .entries()
                .getFirst();
    Attributes inherited = include.included();
    assertThat(inherited.when())
        .extracting(PlaybookLoaderTest::show)
        .containsExactly("outer", "inner");
    assertThat(inherited.tags()).containsExactly("in");
    assertThat(inherited.vars()).containsKey("v");
    assertThat(inherited.get(Keyword.BECOME)).isPresent();
    assertThat(include.attributes().tags()).containsExactly("out");

    lab.with("x.yml", "- ping:\n- import_role: {name: late}\n")
        .with("roles/late/tasks/main.yml", "- ping:\n")
        .with("roles/late/handlers/main.yml", "- name: h\n  ping:\n");
    Located name = new Located(Value.text("x.yml"), Location.startOf(Source.of("play.yml", "")));
    LoadedTasks loaded = lab.loader.loadTasks(name, inherited, include.context());
    assertThat(loaded.entries()).hasSize(2);
    assertThat(loaded.entries().getFirst().attributes()).isEqualTo(inherited);
    assertThat(loaded.handlers()).hasSize(1);
    assertThat(loaded.roles()).hasSize(1);

    LoadedRole role =
        lab.loader.loadRole(RoleRequest.of(name.at(), "late"), inherited, include.context());
    assertThat(role.role().name()).isEqualTo("late");
    assertThat(role.entries()).hasSize(1);
    assertThatThrownBy(
            () ->
                lab.loader.loadRole(RoleRequest.of(name.at(), "lat"), inherited, include.context()))
        .hasMessageContaining("did you mean 'late'?");
    assertThatThrownBy(
            () ->
                lab.loader.loadTasks(
                    new Located(Value.text("y.yml"), name.at()), inherited, include.context()))
        .hasMessageContaining("'y.yml' does not exist");
  }

  @Test
  void importsHandlers() {
    lab.with("handlers/more.yml", "- name: a\n  ping:\n- name: b\n  ping:\n");
    Play play =
        lab.play(
            """
            - hosts: all
              handlers:
                - import_tasks: handlers/more.yml
                  become: yes
                - name: c
                  include_tasks: handlers/more.yml
            """);
    assertThat(play.handlers())
        .extracting(handler -> show(handler.task().name().orElseThrow()))
        .containsExactly("a", "b", "c");
    assertThat(play.handlers().getFirst().task().attributes().get(Keyword.BECOME)).isPresent();
  }

  @Test
  void searchesShortNamesInTheCollectionsKeyword() {
    assertThat(
            ((Task)
                    lab.play("- hosts: all\n  collections: [community.general]\n  tasks: [ufw: ]\n")
                        .tasks()
                        .getFirst())
                .action()
                .name())
        .isEqualTo("community.general.ufw");
  }

  @Test
  void keepsSecretsOfEncryptedFilesSecret() {
    lab.with("roles/s/vars/main/secret.yml", "pw: hunter2\nuse: 'x {{ pw }}'\n");
    Play play = lab.play("- hosts: all\n  roles: [s]\n");
    assertThat(requireNonNull(play.roles().getFirst().vars().get("pw")).value())
        .isEqualTo(new Value.Secret("hunter2"));
    lab.with("roles/s/tasks/main.yml", "- import_tasks: secret-tasks.yml\n")
        .with(
            "roles/s/tasks/secret-tasks.yml",
            "- copy: dest=/x content=hunter2 mode=0600 'a\n- nope: hunter2\n- hunter2\n");
    assertThat(lab.findings("play.yml")).contains("cannot be split").doesNotContain("hunter2");
  }

  @Test
  void findsEverythingThatIsEvaluated() {
    lab.with("roles/r/defaults/main.yml", "d: '{{ a }}'\nplain: x\n")
        .with("roles/r/tasks/main.yml", "- debug: var=foo.bar\n  when: w\n");
    lab.with(
        "play.yml",
        """
        - hosts: "{{ h }}"
          roles: [r]
          tasks:
            - assert: {that: ["x", y is defined], fail_msg: "no {{ x }}"}
              loop: "{{ items }}"
              when: [c, true]
            - block:
                - command: "echo {{ b }}"
                  until: u
                - ping:
              when: outer
        """);
    List<String> found =
        Templates.in(lab.load("play.yml")).stream()
            .map(each -> each.kind() + " " + each.role() + " " + show(each.value()))
            .toList();
    assertThat(found)
        .containsExactly(
            "VALUE hosts <{{ h }}>",
            "VALUE d <{{ a }}>",
            "CONDITION when w",
            "EXPRESSION var foo.bar",
            "CONDITION when c",
            "CONDITION when Bool[value=true]",
            "CONDITION that x",
            "CONDITION that y is defined",
            "VALUE fail_msg <no {{ x }}>",
            "VALUE loop <{{ items }}>",
            "CONDITION when outer",
            "VALUE command <echo {{ b }}>",
            "CONDITION until u");
  }

  @Test
  void reportsAMissingPlaybookWithItsOwnExitCode() {
    assertThatThrownBy(() -> lab.load("nothere.yml"))
        .isInstanceOfSatisfying(
            HearthException.class, failure -> assertThat(failure.exit().number()).isEqualTo(7));
    assertThat(
            lab.with(Map.of("a.yml", "- hosts: all\n"))
                .loader
                .loadAll(List.of(directory.resolve("a.yml"))))
        .hasSize(1);
  }
}
