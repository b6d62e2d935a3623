package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lab whose every secret is a canary, one for each way in: files and values in all formats, the
 * vault password itself, what {@code no_log} hides, what templates make of them, a key of several
 * lines. After a run with failures, differences and all that can be written, nothing that it wrote
 * has one of them in it, in any encoding; only the files that the tasks write have them.
 */
final class CanaryTest {

  private static final List<String> LINES =
      List.of("-----BEGIN KEY-----", "canaryLINEONE42aZ", "canaryLINETWO77bY", "-----END KEY-----");

  private static final Map<String, String> CANARIES = canaries();

  @TempDir private Path folder;
  private Lab lab;

  private static Map<String, String> canaries() {
    Map<String, String> canaries = new LinkedHashMap<>();
    canaries.put("ansible_file", "can'ary-1f\"<7>&%s/ä");
    canaries.put("hearth_file", "canary-2q $% `x`");
    canaries.put("age_file", "canary-3k+/=&\\n");
    canaries.put("ansible_value", "canary-4v{}[]");
    canaries.put("hearth_value", "canary-5w:ü#");
    canaries.put("group_value", "canary-6x!~");
    canaries.put("hidden_result", "canary-7h*?");
    canaries.put("password", "canary-8p@;");
    return canaries;
  }

  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(folder);
    lab.write("pw", canary("password") + "\n");
    lab.write(
        "ansible.cfg",
        """
        [defaults]
        vault_password_file = pw
        inventory = hosts
        fact_caching = jsonfile
        fact_caching_connection = cache
        log_path = run.log
        retry_files_enabled = true
        """);
    lab.write("hosts", "[lab]\nlocalhost ansible_connection=local\n");
    lab.write("host/hidden", canary("hidden_result"));
    lab.write("group_vars/lab/vault.yml", yaml("group_value"));
    encrypt("group_vars/lab/vault.yml", "hearth");
    for (String format : List.of("ansible", "hearth", "age")) {
      String text = yaml(format + "_file");
      lab.write(format + ".yml", format.equals("hearth") ? text + key() : text);
      encrypt(format + ".yml", format);
    }
    lab.write("inline.yml", "plain: 1\n");
    for (String format : List.of("ansible", "hearth")) {
      lab.write("value", canary(format + "_value"));
      ok(
          "vault",
          "encrypt-string",
          "--format",
          format,
          "--name",
          format + "_value",
          "--output",
          format + ".inline",
          canary(format + "_value"));
      lab.write(
          "inline.yml",
          Files.readString(lab.directory().resolve("inline.yml"))
              + Files.readString(lab.directory().resolve(format + ".inline")));
      Files.delete(lab.directory().resolve(format + ".inline"));
    }
    Files.delete(lab.directory().resolve("value"));
    lab.write("templates/all.j2", "{{ everything | to_nice_json }}\n{{ private_key }}\n");
    lab.write("play.yml", play());
  }

  private static String canary(String name) {
    return Objects.requireNonNull(CANARIES.get(name));
  }

  private static String yaml(String name) {
    return name + ": '" + canary(name).replace("'", "''") + "'\n";
  }

  private static String key() {
    return "private_key: |\n" + String.join("\n", LINES).indent(2);
  }

  private static String play() {
    return """
    - hosts: lab
      gather_facts: false
      vars_files: [ansible.yml, hearth.yml, age.yml, inline.yml]
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
  @ValueSource(strings = {"-vvvv --diff", "--check --diff", "--json -vvvv"})
  void nothingThatIsWrittenHasACanaryInIt(String options) throws IOException {
    List<String> words = new ArrayList<>(List.of("play", "play.yml", "--junit", "junit.xml"));
    words.addAll(List.of(options.split(" ")));
    Lab.Said said = lab.hearth(words.toArray(String[]::new));
    assertThat(said.exit()).as(said.err()).isEqualTo(2);
    assertThat(said.out()).contains("***");

    Map<String, String> artefacts = new LinkedHashMap<>();
    artefacts.put("standard output", said.out());
    artefacts.put("standard error", said.err());
    lookBack(artefacts, !options.contains("--check"));
    files(folder, artefacts);
    for (String artefact : artefactsOf(options)) {
      assertThat(artefacts.keySet()).as(artefact).anyMatch(name -> name.endsWith(artefact));
    }
    look(artefacts);
    if (!options.contains("--check")) {
      assertThat(Files.readString(lab.directory().resolve("host/all")))
          .as("data is not altered")
          .contains(canary("group_value"), LINES.get(1), "x=" + canary("age_file"));
    }
  }

  /** What the other commands of a lab tell, and the reports that they write. */
  @Test
  void nothingThatIsToldOfServicesAndBackupsHasACanaryInIt() throws IOException {
    lab.write("playbooks/provision.yml", "- {hosts: lab, gather_facts: false, tasks: []}\n");
    lab.write("group_vars/lab/files.yml", Files.readString(lab.directory().resolve("inline.yml")));
    Files.move(
        lab.directory().resolve("ansible.yml"), lab.directory().resolve("group_vars/lab/a.yml"));
    lab.write(
        "bootstrap.yml",
        """
        services:
          first:
            hosts: lab
            become: false
            requires:
              - same: "{{ hearth_value }}"
                hosts: lab
            gates:
              - deep: {command: [sh, -c, 'base64 "$1" >&2; cat "$1"', sh, %1$s/host/answer], contains: nothing}
                deadline: 1s
                every: 200ms
                hints: {canary: the log has it}
        """
            .formatted(lab.directory()));
    lab.write("host/answer", canary("hearth_value"));
    lab.write(
        "backup.yml",
        """
        repository:
          host: localhost
          url: "rest:https://u:{{ ansible_file }}@localhost:1/"
          password: "{{ group_value }}"
          environment: {RESTIC_REST_PASSWORD: "{{ hearth_value }}"}
        hosts: lab
        max_age: 36h
        sets:
          - {name: files, paths: [/nowhere]}
        kit:
          - {name: one, value: "{{ ansible_value }}"}
          - {name: two, value: "{{ lookup('file', ansible_file) }}"}
        """);
    Map<String, String> artefacts = new LinkedHashMap<>();
    for (String command :
        List.of(
            "status",
            "graph",
            "up",
            "backup list",
            "recovery-kit",
            "rebuild localhost --yes",
            "rebuild localhost --check",
            "doctor",
            "config dump",
            "vault verify",
            "vault list",
            "vault git-textconv group_vars/lab/vault.yml")) {
      Lab.Said said = lab.hearth(command.split(" "));
      assertThat(said.out() + said.err()).as(command).isNotEmpty();
      artefacts.put(command, said.out() + said.err());
    }
    files(folder, artefacts);
    assertThat(artefacts.keySet())
        .anyMatch(name -> name.matches(".*/rebuilds/localhost-[0-9]+\\.html"))
        .anyMatch(name -> name.matches(".*/rebuilds/localhost-[0-9]+\\.json"));
    assertThat(
            artefacts.entrySet().stream()
                .filter(artefact -> artefact.getKey().endsWith(".html"))
                .map(Map.Entry::getValue))
        .as("the failure that names a canary is in the report")
        .allMatch(page -> page.contains("***"));
    look(artefacts);
  }

  /** What an edit leaves in memory and on the disk, whether its editor works or fails. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "/nonexistent/editor"})
  void anEditLeavesNothing(String editor) throws IOException {
    Path memory = Path.of("/dev/shm/hearth-canary-" + ProcessHandle.current().pid());
    Files.createDirectories(
        memory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Map<String, String> artefacts = new LinkedHashMap<>();
      for (String file :
          List.of("ansible.yml", "hearth.yml", "age.yml", "inline.yml:hearth_value")) {
        Lab.Said said =
            lab.hearth(
                Map.of("EDITOR", editor, "XDG_RUNTIME_DIR", memory.toString()),
                "vault",
                "edit",
                file);
        artefacts.put("edit " + file, said.out() + said.err());
      }
      files(folder, artefacts);
      files(memory, artefacts);
      look(artefacts);
    } finally {
      Files.delete(memory);
    }
  }

  /** All files below a directory but those that are to hold secrets. */
  private void files(Path directory, Map<String, String> artefacts) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(lab.directory().resolve("host")) && !file.endsWith("lab/pw")) {
          artefacts.put(file.toString(), new String(Files.readAllBytes(file), ISO_8859_1));
        }
      }
    }
  }

  private static void look(Map<String, String> artefacts) {
    artefacts.forEach(
        (name, text) ->
            forms()
                .forEach(
                    (form, canary) ->
                        assertThat(
                                text.contains(canary)
                                    || text.contains(
                                        new String(canary.getBytes(UTF_8), ISO_8859_1)))
                            .as(form + " in " + name + around(text, canary))
                            .isFalse()));
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

  private static String around(String text, String canary) {
    int at = text.indexOf(canary);
    return at < 0
        ? ""
        : ":\n" + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
  }

  /** Every canary in every encoding, by a name that says which. */
  private static Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    Map<String, String> all = new LinkedHashMap<>(CANARIES);
    all.put("line one", LINES.get(1));
    all.put("line two", LINES.get(2));
    all.forEach(
        (name, canary) -> {
          byte[] bytes = canary.getBytes(UTF_8);
          forms.put(name + ", plain", canary);
          forms.put(name + ", its start", canary.substring(0, 8));
          forms.put(name + ", hex", HexFormat.of().formatHex(bytes));
          forms.put(name + ", upper hex", HexFormat.of().withUpperCase().formatHex(bytes));
          forms.put(name + ", upper case", canary.toUpperCase(Locale.ROOT));
          forms.put(name + ", reversed", new StringBuilder(canary).reverse().toString());
          String markup = canary.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
          forms.put(name + ", HTML", markup.replace("\"", "&quot;"));
          forms.put(name + ", Jinja's HTML", markup.replace("\"", "&#34;").replace("'", "&#39;"));
          String quoted = canary.replace("'", "'\\''");
          forms.put(name + ", shell", quoted);
          forms.put(name + ", shell in JSON", quoted.replace("\\", "\\\\").replace("\"", "\\\""));
          forms.put(name + ", JSON", canary.replace("\\", "\\\\").replace("\"", "\\\""));
          forms.put(name + ", URL", URLEncoder.encode(canary, UTF_8).replace("+", "%20"));
          forms.put(name + ", form", URLEncoder.encode(canary, UTF_8));
          for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[bytes.length + shift];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            String core = base64.substring(shift == 0 ? 0 : shift + 1, base64.length() - 2);
            forms.put(name + ", base64 at " + shift, core);
          }
        });
    forms.remove("password, its start");
    forms.keySet().removeIf(form -> form.startsWith("line") && form.endsWith("its start"));
    return forms;
  }

  private void encrypt(String file, String format) {
    ok("vault", "encrypt", "--format", format, file);
  }

  private void ok(String... arguments) {
    Lab.Said said = lab.hearth(arguments);
    assertThat(said.exit()).as(said.err()).isZero();
  }
}
