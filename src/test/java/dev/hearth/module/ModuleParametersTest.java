package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.library.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Our modules beside what Ansible 2.19 and its collections document: every parameter with all its
 * names and choices is known, every value returned, or the reason why not is written down, which
 * the module's page shows. {@code bench/record-modules} writes what they document.
 */
class ModuleParametersTest {

  private static final Path DOCUMENTED =
      Path.of("src/test/resources/compatibility/modules-2.19.tsv");
  private static final Path CASES = Path.of("src/test/resources/modules");

  /**
   * Defaults that are written elsewhere than in the record, or that Ansible's own documentation
   * leaves out or has for parameters that are refused. The engine of docker is the one that the
   * host's own docker talks to.
   */
  private static final Set<String> DEFAULTS =
      Set.of(
          "ansible.builtin.apt upgrade: ",
          "ansible.builtin.apt_repository install_python_apt: ",
          "ansible.builtin.copy local_follow: true",
          "ansible.builtin.get_url checksum:  ",
          "ansible.builtin.mount_facts sources: all",
          "ansible.builtin.package state: present",
          "ansible.builtin.shell executable: /bin/sh",
          "ansible.builtin.systemd_service force: false",
          "ansible.builtin.template comment_end_string: #}",
          "ansible.builtin.template comment_start_string: {#",
          "ansible.builtin.template newline_sequence: \\n",
          "ansible.builtin.unarchive copy: ",
          "ansible.builtin.user ssh_key_comment: ",
          "ansible.builtin.wait_for active_connection_states: ",
          "ansible.posix.firewalld permanent: ",
          "community.crypto.x509_certificate acme_chain: ",
          "community.crypto.x509_certificate acme_directory: ",
          "community.docker.docker_login config_path: ",
          "community.docker.docker_network driver: ",
          "community.docker.docker_prune builder_cache_all: ",
          "community.general.pacman update_cache: false",
          "community.general.pacman upgrade: false",
          "community.general.slack prepend_hash: auto",
          "community.mysql.mysql_user column_case_sensitive: false");

  @Test
  void everyModuleIsRecorded() throws IOException {
    Set<String> recorded = new TreeSet<>();
    rows().forEach(row -> recorded.add(row.getFirst()));
    assertThat(recorded).containsAll(Library.modules().names());
  }

  @Test
  void whatAnsibleDocumentsIsThereOrLeftOutForAReason() throws IOException {
    Set<String> lacking = new TreeSet<>();
    for (List<String> row : rows()) {
      Module<?> module = Library.modules().find(row.getFirst()).orElse(null);
      if (module == null || row.get(2).contains(".")) {
        continue;
      }
      if (row.get(1).equals("parameter")) {
        lacking.addAll(lacking(module, row));
      } else if (!page(module).returned().contains(row.get(2))) {
        lacking.add(row.getFirst() + "\tvalue\t" + row.get(2));
      }
    }
    Set<String> reasons = new TreeSet<>();
    LeftOut.all().forEach(each -> reasons.add(each.key()));
    assertThat(lacking).isEqualTo(reasons);
  }

  /** What is taken when nothing is given; {@link #DEFAULTS} tells where it is said otherwise. */
  @Test
  void whatAnsibleTakesWhenNothingIsGivenIsTaken() throws IOException {
    Set<String> other = new TreeSet<>();
    for (List<String> row : rows()) {
      if (row.get(1).equals("parameter") && Library.modules().find(row.getFirst()).isPresent()) {
        parameters(row.getFirst()).stream()
            .filter(parameter -> !parameter.name().equals("docker_host"))
            .filter(parameter -> parameter.name().equals(row.get(2)))
            .limit(1)
            .filter(parameter -> !parameter.defaultsTo().equals(plain(row.get(4))))
            .forEach(it -> other.add(row.getFirst() + " " + it.name() + ": " + it.defaultsTo()));
      }
    }
    assertThat(other).containsExactlyInAnyOrderElementsOf(DEFAULTS);
  }

  private static List<Parameter> parameters(String module) {
    return Parameter.of(Library.modules().find(module).orElseThrow().spec().arguments());
  }

  /** A default as our records write it. */
  private static String plain(String json) {
    return switch (json) {
      case "null", "[]", "{}" -> "";
      case "\"no\"" -> "false";
      case "\"yes\"" -> "true";
      default -> json.replaceAll("^\"|\"$", "").replaceAll("^\\[\"?|\"?\\]$", "");
    };
  }

  private static List<String> lacking(Module<?> module, List<String> row) {
    List<String> names = new ArrayList<>(List.of(row.get(2)));
    names.addAll(items(row.get(3)));
    List<String> lacking = new ArrayList<>();
    Set<String> choices = new TreeSet<>(items(row.get(5).replaceAll("[\\[\\]\" ]", "")));
    for (Parameter parameter : Parameter.of(module.spec().arguments())) {
      if (parameter.name().equals(row.get(2))) {
        names.remove(parameter.name());
        names.removeAll(parameter.aliases());
        Set<String> ours = new TreeSet<>();
        // Line ends are written with a backslash there.
        parameter.choices().forEach(choice -> ours.add(shown(choice)));
        if (!ours.isEmpty() && !ours.containsAll(choices)) {
          lacking.add(row.getFirst() + "\tchoice\t" + parameter.name());
        }
      }
    }
    names.forEach(name -> lacking.add(row.getFirst() + "\tparameter\t" + name));
    return lacking;
  }

  private static String shown(String choice) {
    return choice.replace("\r", "\\\\r").replace("\n", "\\\\n");
  }

  private static List<String> items(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }

  private static ModulePage page(Module<?> module) throws IOException {
    return new ModulePage(module, CASES.resolve(module.spec().shortName()));
  }

  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(DOCUMENTED).stream()
        .map(line -> List.of(line.split("\t", -1)))
        .toList();
  }
}
