package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After a run over a lab of canaries with failures, differences and all that can be written,
 * nothing that it wrote has one of them in it, in any encoding; only the files that the tasks write
 * have them.
 */
final class CanaryTest extends CanaryCase {

  @BeforeEach
  void writePlay() throws IOException {
    lab.write("play.yml", play());
  }

  private static String play() {
    return """
    - hosts: lab
      gather_facts: false
      vars_files: [ansible.yml, hearth.yml, age.yml, long.yml, inline.yml]
      vars:
        everything:
          a: "{{ ansible_file }}"
          b: "{{ hearth_file }}"
          c: "{{ age_file }}"
          d: "{{ ansible_value }}"
          e: "{{ hearth_value }}"
          f: "{{ group_value }}"
      tasks:
        - name: "Named after {{ ansible_file }}"
          ansible.builtin.copy: {content: "{{ everything | to_json }}", dest: "{{ playbook_dir }}/host/all"}
        - ansible.builtin.template: {src: all.j2, dest: "{{ playbook_dir }}/host/all"}
        - ansible.builtin.copy: {content: "{{ private_key }}", dest: "{{ playbook_dir }}/host/key"}
        - ansible.builtin.lineinfile: {path: "{{ playbook_dir }}/host/all", line: "x={{ age_file }}"}
        - ansible.builtin.copy: {src: hearth.yml, dest: "{{ playbook_dir }}/host/copied"}
        - ansible.builtin.copy: {content: "A={{ ansible_file }}\\nB={{ group_value }}\\n", dest: "{{ playbook_dir }}/host/.env"}
        - ansible.builtin.debug: {var: everything}
        - ansible.builtin.debug: {msg: "{{ item }}"}
          loop: "{{ everything.values() | list }}"
        - ansible.builtin.command: {argv: [printf, "%s\\n", "{{ item.value }}"]}
          loop: "{{ everything | dict2items }}"
          register: printed
        - ansible.builtin.debug: {var: printed}
        - ansible.builtin.shell: "printf %s {{ hearth_file | quote }} | base64; printf %s {{ age_file | quote }} | od -An -tx1 | tr -d ' '"
        - ansible.builtin.shell: "cat {{ playbook_dir }}/host/key; sed -n 2p {{ playbook_dir }}/host/key >&2; exit 3"
          ignore_errors: true
        - ansible.builtin.copy: {content: "{{ long_file }}", dest: "{{ playbook_dir }}/host/long"}
        - ansible.builtin.shell: "cd {{ playbook_dir }}/host; base64 long; base64 -w 40 .env; od -An -v -tx1 long; od -An -v -tx1 .env | tr -d ' '"
        - ansible.builtin.command: "dd bs=1 if={{ playbook_dir }}/host/long"
        - ansible.builtin.command: "cat {{ playbook_dir }}/host/all"
        - ansible.builtin.shell: 'set -x; : "$(cat {{ playbook_dir }}/host/long)"'
        - ansible.builtin.copy: {src: secret.env, dest: "{{ playbook_dir }}/host/environment"}
        - ansible.builtin.command: "sed -n s/TOKEN=//p {{ playbook_dir }}/host/environment"
        - ansible.builtin.command: "cat {{ playbook_dir }}/host/key"
          async: 30
          poll: 1
        - ansible.builtin.shell: "printf %s {{ hearth_file | upper | quote }}; echo {{ group_value | reverse | quote }} {{ age_file[2:] | quote }}"
        - ansible.builtin.set_stats: {data: {told: "{{ group_value }}"}}
        - ansible.builtin.debug:
            msg:
              - "{{ ansible_file | b64encode }} {{ hearth_file | urlencode }} {{ age_file | to_json }}"
              - "{{ ansible_value | quote }} {{ hearth_value | upper }} {{ group_value | reverse }}"
              - "{{ ansible_file | regex_replace('can', 'CAN') }} {{ hearth_file | hash('sha256') }}"
        - ansible.builtin.command: "cat {{ playbook_dir }}/host/hidden"
          no_log: true
          register: hidden
        - ansible.builtin.debug: {var: hidden.stdout}
        - ansible.builtin.command: "false {{ hidden.stdout }}"
          ignore_errors: true
        - ansible.builtin.set_fact: {remembered: "{{ group_value }}", cacheable: true}
        - ansible.builtin.debug: {msg: "{{ hostvars[inventory_hostname].remembered }}"}
        - ansible.builtin.assert: {that: "everything.a == 'no'", fail_msg: "not {{ everything.a }}"}
          ignore_errors: true
        - ansible.builtin.debug: {msg: "{{ everything.a.nothing.there }}"}
          ignore_errors: true
        - ansible.builtin.file: {path: "{{ playbook_dir }}/host/{{ group_value }}/no/such", state: touch}
          ignore_errors: true
        - ansible.builtin.include_vars: "{{ hearth_value }}.yml"
          ignore_errors: true
        - ansible.builtin.fail: {msg: "the end: {{ everything }}"}
    """;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-vvvv --diff",
        "--check --diff",
        "--json -vvvv",
        "ANSIBLE_CALLBACK_RESULT_FORMAT=yaml -vv",
        "ANSIBLE_STDOUT_CALLBACK=debug -v"
      })
  void nothingThatIsWrittenHasACanaryInIt(String options) throws IOException {
    List<String> words = new ArrayList<>(List.of("play", "play.yml", "--junit", "junit.xml"));
    Map<String, String> variables = new LinkedHashMap<>(Map.of("ANSIBLE_SHOW_CUSTOM_STATS", "1"));
    for (String option : options.split(" ")) {
      if (option.startsWith("-")) {
        words.add(option);
      } else {
        variables.put(option.split("=")[0], option.split("=")[1]);
      }
    }
    Lab.Said said = lab.hearth(variables, words.toArray(String[]::new));
    assertThat(said.exit()).as(said.err()).isEqualTo(2);
    assertThat(said.out()).contains("***");

    Map<String, String> artefacts = new LinkedHashMap<>();
    artefacts.put("standard output", said.out());
    artefacts.put("standard error", said.err());
    lookBack(artefacts, !options.contains("--check"));
    canaries.files(artefacts);
    for (String artefact : artefactsOf(options)) {
      assertThat(artefacts.keySet()).as(artefact).anyMatch(name -> name.endsWith(artefact));
    }
    CanaryLab.lookIn(artefacts);
    if (!options.contains("--check")) {
      assertThat(Files.readString(lab.directory().resolve("host/all")))
          .as("data is not altered")
          .contains(
              canaries.canary("group_value"),
              canaries.lines().get(1),
              "x=" + canaries.canary("age_file"));
    }
  }

  /** What a run writes: without one of these the rest would show nothing. */
  private static List<String> artefactsOf(String options) {
    List<String> names = new ArrayList<>(List.of("/junit.xml", "/run.log", "/play.retry"));
    if (!options.contains("--check")) {
      names.addAll(
          List.of(
              "/cache/localhost",
              "/run.journal",
              "/hosts/localhost.journal",
              "/receipts/localhost.receipt",
              "/host/receipt",
              "/kept"));
    }
    return names;
  }

  /** What other commands tell of the run and of the variables. */
  private void lookBack(Map<String, String> artefacts, boolean ran) throws IOException {
    List<List<String>> commands =
        new ArrayList<>(
            List.of(
                List.of("inventory", "--list"),
                List.of("inventory", "--host", "localhost"),
                List.of("why", "localhost", "group_value"),
                List.of("check", "play.yml"),
                List.of("vault", "list")));
    if (ran) {
      try (Stream<Path> runs = Files.list(lab.home().resolve(".local/state/hearth/runs"))) {
        String run = String.valueOf(runs.findFirst().orElseThrow().getFileName());
        commands.add(List.of("history"));
        commands.add(List.of("show", run));
        commands.add(List.of("diff", run));
      }
      lab.write("host/key", "changed since");
    }
    for (List<String> command : commands) {
      Lab.Said said = lab.hearth(command.toArray(String[]::new));
      assertThat(said.out() + said.err()).as(command.toString()).isNotEmpty();
      artefacts.put(command.toString(), said.out() + said.err());
    }
  }
}
