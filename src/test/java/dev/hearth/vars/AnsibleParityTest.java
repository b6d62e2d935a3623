package dev.hearth.vars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.HearthException;
import dev.hearth.inventory.Canonical;
import dev.hearth.inventory.GoldenLines;
import dev.hearth.inventory.Group;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.inventory.Inventory;
import dev.hearth.inventory.TestServices;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultSecrets;
import dev.hearth.vault.VaultedFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds inventories against what ansible-inventory and ansible --list-hosts said of them. */
final class AnsibleParityTest {

  private final VaultedFiles files = new VaultedFiles(new Vault(VaultSecrets.none()));

  @ParameterizedTest
  @CsvSource({"lab/hosts.ini, lab.golden", "tree.yml, tree.golden"})
  void groupsVariablesAndPatternsAreAnsibles(String source, String golden)
      throws IOException, URISyntaxException {
    List<String> expected = GoldenLines.of(golden);
    Path root =
        Path.of(Objects.requireNonNull(getClass().getResource("/inventory/" + golden)).toURI())
            .resolveSibling(".");
    Inventory inventory = TestServices.loader(files).load(List.of(source), root);
    List<String> actual = new ArrayList<>(groups(inventory));
    actual.addAll(variables(inventory));
    for (String line : expected) {
      if (line.startsWith("select ")) {
        String request = line.substring("select ".length(), line.indexOf(" => "));
        actual.add("select " + request + " => " + select(inventory, request));
      }
    }
    // Groups stand in no agreed order in that output, so lines are compared as sets.
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(actual);
    assertThat(missing).as("what Ansible says and we do not").isEmpty();
    actual.removeAll(expected);
    assertThat(actual).as("what we say and Ansible does not").isEmpty();
  }

  private static List<String> groups(Inventory inventory) {
    return inventory.groups().stream()
        .filter(
            group ->
                group.name().equals(Group.ALL)
                    || !group.hosts().isEmpty()
                    || !group.children().isEmpty())
        .map(
            group ->
                "group "
                    + group.name()
                    + " children="
                    + String.join(",", group.children())
                    + " hosts="
                    + (group.name().equals(Group.ALL) ? "" : String.join(",", group.hosts())))
        .toList();
  }

  private List<String> variables(Inventory inventory) {
    VarsFiles varsFiles =
        new VarsFiles(
            new VarsDirectories(files, HashBehaviour.REPLACE),
            inventory.directories(),
            Optional.empty(),
            HashBehaviour.REPLACE);
    List<String> lines = new ArrayList<>();
    for (Host host : inventory.hosts().stream().sorted(Comparator.comparing(Host::name)).toList()) {
      new TreeMap<>(varsFiles.layersFor(host, inventory).winners())
          .forEach(
              (name, variable) ->
                  lines.add(
                      "var " + host.name() + " " + name + " " + Canonical.of(variable.value())));
    }
    return lines;
  }

  private static String select(Inventory inventory, String request) {
    String[] parts = request.split(" limit ", 2);
    Optional<HostPattern> limit =
        parts.length == 1 ? Optional.empty() : Optional.of(HostPattern.parse(parts[1]));
    try {
      List<Host> hosts =
          limit.isEmpty()
              ? inventory.select(HostPattern.parse(parts[0]), limit).hosts()
              : inventory.selectSome(HostPattern.parse(parts[0]), limit).hosts();
      return hosts.stream().map(Host::name).collect(Collectors.joining(","));
    } catch (HearthException nothing) {
      return "ERROR";
    }
  }
}
