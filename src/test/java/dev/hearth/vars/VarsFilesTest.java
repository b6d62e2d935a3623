package dev.hearth.vars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.Inventory;
import dev.hearth.inventory.TestServices;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VarsFilesTest {

  @TempDir private Path root;

  private final List<String> opened = Collections.synchronizedList(new ArrayList<>());

  @Test
  void everyLevelBeatsTheOnesBelowIt() throws IOException {
    write(
        "inv/hosts",
        """
        [g]
        h x=host
        [all:vars]
        x=all
        [g:vars]
        x=group
        [p:children]
        g
        [p:vars]
        x=parent
        """);
    write("inv/group_vars/all.yml", "x: inventory all");
    write("play/group_vars/all.yml", "x: playbook all");
    write("inv/group_vars/p.yml", "x: inventory parent");
    write("inv/group_vars/g.yml", "x: inventory group");
    write("play/group_vars/p.yml", "x: playbook parent");
    write("play/group_vars/g.yml", "x: playbook group");
    write("inv/host_vars/h.yml", "x: inventory host");
    write("play/host_vars/h.yml", "x: playbook host");
    Layers layers = layers("h", Optional.of(root.resolve("play")), "inv/hosts");
    assertThat(layers.explain("x"))
        .extracting(variable -> ((Value.Text) variable.value()).value())
        .containsExactly(
            "playbook host",
            "inventory host",
            "host",
            "playbook group",
            "playbook parent",
            "inventory group",
            "inventory parent",
            "playbook all",
            "inventory all",
            "group",
            "parent",
            "all");
    assertThat(layers.winner("x").orElseThrow().origin())
        .hasToString(root.resolve("play/host_vars/h.yml") + ":1:4");
  }

  @Test
  void laterInventoriesBeatEarlierOnesWhateverTheGroupsDepth() throws IOException {
    write("one/hosts", "[deep]\nh\n[top:children]\ndeep\n");
    write("two/hosts", "h\n");
    write("one/group_vars/deep", "x: one deep");
    write("two/group_vars/top", "x: two top");
    assertThat(layers("h", Optional.empty(), "one/hosts", "two/hosts").find("x"))
        .isEqualTo(Value.text("two top"));
  }

  @Test
  void opensOnlyWhatTheHostNeedsAndOnlyOnce() throws IOException {
    write("hosts", "[a]\nh1\nh2\n[b]\nother\n");
    write("group_vars/a.yml", "x: 1");
    write("group_vars/b.yml", "$ANSIBLE_VAULT;would need a password");
    write("host_vars/h1/main.yml", "y: 1");
    write("host_vars/other.yml", "not: [yaml");
    Inventory inventory = inventory("hosts");
    VarsFiles files =
        new VarsFiles(
            new VarsDirectories(this::open, HashBehaviour.REPLACE),
            inventory.directories(),
            Optional.of(root),
            HashBehaviour.REPLACE);
    files.layersFor(host(inventory, "h1"), inventory);
    files.layersFor(host(inventory, "h1"), inventory);
    files.layersFor(host(inventory, "h2"), inventory);
    assertThat(opened).containsExactly("group_vars/a.yml", "host_vars/h1/main.yml");
  }

  @Test
  void takesTheFirstOfSeveralSpellings() throws IOException {
    write("hosts", "h\n");
    write("host_vars/h.json", "{\"x\": \"json\"}");
    assertThat(layers("h", Optional.empty(), "hosts").find("x")).isEqualTo(Value.text("json"));
    write("host_vars/h.yaml", "x: yaml");
    assertThat(layers("h", Optional.empty(), "hosts").find("x")).isEqualTo(Value.text("yaml"));
    write("host_vars/h.yml", "x: yml");
    assertThat(layers("h", Optional.empty(), "hosts").find("x")).isEqualTo(Value.text("yml"));
    write("host_vars/h/sub/last.yml", "x: directory");
    write("host_vars/h/sub.d/never.yml", "x: never");
    assertThat(layers("h", Optional.empty(), "hosts").find("x")).isEqualTo(Value.text("directory"));
  }

  @Test
  void givesTheImplicitLocalhostWhatAllHave() throws IOException {
    write("hosts", "[all:vars]\nx=1\n");
    write("group_vars/all.yml", "y: 2");
    Layers layers = layers("localhost", Optional.empty(), "hosts");
    assertThat(layers.find("x")).isEqualTo(Value.number(1));
    assertThat(layers.find("y")).isEqualTo(Value.number(2));
    assertThat(layers.find("ansible_connection")).isEqualTo(Value.text("local"));
  }

  @Test
  void takesEmptyFilesAndRefusesWhatIsNoMapping() throws IOException {
    write("hosts", "h\n");
    write("host_vars/h", "---\n# nothing\n");
    assertThat(layers("h", Optional.empty(), "hosts").names()).isEmpty();
    write("host_vars/h", "- a\n");
    assertThatThrownBy(() -> layers("h", Optional.empty(), "hosts"))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("host_vars/h:1:1")
        .hasMessageContaining("mapping");
  }

  private Layers layers(String host, Optional<Path> playbook, String... sources) {
    Inventory inventory = inventory(sources);
    return new VarsFiles(
            new VarsDirectories(this::open, HashBehaviour.REPLACE),
            inventory.directories(),
            playbook,
            HashBehaviour.REPLACE)
        .layersFor(host(inventory, host), inventory);
  }

  private Inventory inventory(String... sources) {
    Inventory inventory = TestServices.loader(this::open).load(List.of(sources), root);
    opened.clear();
    return inventory;
  }

  private static Host host(Inventory inventory, String name) {
    return inventory.host(name).orElseThrow();
  }

  private Source open(Path file) {
    opened.add(root.relativize(file).toString());
    try {
      return new Source(file.toString(), Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
