package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the commands around a run tell of a lab of canaries, and the reports that they write. */
final class CanaryCommandsTest extends CanaryCase {

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
    // What a report shows of an answer ends in the middle of the secret.
    lab.write("host/answer", "x".repeat(190) + canaries.canary("hearth_value"));
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
    String word = canaries.canary("group_value");
    lab.write("host/group", "before=1\n" + word + "\nafter=1\n");
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
            "run lab -m slurp -a src=" + lab.directory() + "/host/group",
            "run lab -m slurp --json -a src=" + lab.directory() + "/host/group",
            "run lab -m stat -vvvv -a path=" + lab.directory() + "/host/" + word,
            "doctor",
            "config dump",
            "vault verify",
            "vault list",
            "vault diff group_vars/lab/a.yml inline.yml",
            "vault diff age.yml hearth.yml",
            "vault git-textconv group_vars/lab/vault.yml")) {
      Lab.Said said = lab.hearth(command.split(" "));
      assertThat(said.out() + said.err()).as(command).isNotEmpty();
      artefacts.put(command, said.out() + said.err());
    }
    canaries.files(artefacts);
    assertThat(artefacts.keySet())
        .anyMatch(name -> name.matches(".*/rebuilds/localhost-[0-9]+\\.html"))
        .anyMatch(name -> name.matches(".*/rebuilds/localhost-[0-9]+\\.json"));
    assertThat(
            artefacts.entrySet().stream()
                .filter(artefact -> artefact.getKey().endsWith(".html"))
                .map(Map.Entry::getValue))
        .as("the failure that names a canary is in the report")
        .allMatch(page -> page.contains("***"));
    CanaryLab.lookIn(artefacts);
  }
}
