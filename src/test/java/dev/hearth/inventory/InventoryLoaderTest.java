package dev.hearth.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InventoryLoaderTest {

  @TempDir private Path directory;

  private boolean secret;

  @Test
  void laterSourcesAddToEarlierOnes() {
    Inventory both =
        load(
            Map.of(
                "a.ini", "[web]\nw1 v=1 keep=1\n[web:vars]\nx=1\n",
                "b.yml", "web: {hosts: {w1: {v: 2}, w2: }, vars: {x: 2}}\n"),
            "a.ini",
            "b.yml",
            "w3,");
    assertThat(both.hosts()).extracting(Host::name).containsExactly("w3", "w1", "w2");
    assertThat(value(both, "w1", "v")).isEqualTo(Value.number(2));
    assertThat(value(both, "w1", "keep")).isEqualTo(Value.number(1));
    assertThat(both.group("web").orElseThrow().vars().get("x"))
        .extracting(Located::value)
        .isEqualTo(Value.number(2));
    assertThat(both.directories()).containsExactly(directory);
  }

  @Test
  void readsTheSourcesOfADirectoryInOrder() throws IOException {
    Files.createDirectories(directory.resolve("inv/group_vars"));
    Files.createDirectories(directory.resolve("inv/sub"));
    Map<String, String> files =
        Map.of(
            "inv/20-b.yml", "g: {hosts: {b: {order: second}, a: {order: second}}}\n",
            "inv/10-a", "[g]\na order=first\n",
            "inv/sub/c", "c\n",
            "inv/readme.md", "not an inventory = at all\n",
            "inv/.hidden", "[not an inventory\n",
            "inv/old~", "[not an inventory\n",
            "inv/group_vars/g.yml", "x: 1\n");
    Inventory inventory = load(files, "inv");
    assertThat(inventory.hosts()).extracting(Host::name).containsExactlyInAnyOrder("c", "a", "b");
    assertThat(value(inventory, "a", "order")).isEqualTo(Value.text("second"));
    assertThat(inventory.directories()).containsExactly(directory.resolve("inv"));
    assertThat(inventory.host("a").orElseThrow().file()).contains(directory.resolve("inv/10-a"));
  }

  @Test
  void tellsYamlFromIniWithoutAnEnding() {
    Map<String, String> files =
        Map.of(
            "yaml", "# comment\nall:\n  hosts:\n    y:\n",
            "dashes", "---\nall: {hosts: {d: }}\n",
            "json", "{\"all\": {\"hosts\": {\"j\": {}}}}\n",
            "ini", "i ansible_host=10.0.0.1\n",
            "port", "p:22\n",
            "hosts.lab", "h\n");
    Inventory all = load(files, "yaml", "dashes", "json", "ini", "port", "hosts.lab");
    assertThat(all.hosts()).extracting(Host::name).containsExactly("y", "d", "j", "i", "p", "h");
  }

  @Test
  void whatAnEncryptedInventoryHoldsIsSecret() {
    secret = true;
    Inventory inventory = load(Map.of("hosts", "h pw=x t='{{ a }}' l=\"['y']\" n=1\n"), "hosts");
    assertThat(value(inventory, "h", "pw")).isEqualTo(new Value.Secret("x"));
    assertThat(value(inventory, "h", "t"))
        .isInstanceOfSatisfying(
            Value.Template.class, template -> assertThat(template.secret()).isTrue());
    assertThat(value(inventory, "h", "l")).isEqualTo(Value.Seq.of(new Value.Secret("y")));
    assertThat(value(inventory, "h", "n")).isEqualTo(Value.number(1));
  }

  @Test
  void templatesKnowWhereTheyStand() {
    Inventory inventory =
        load(Map.of("hosts", "[g]\nh a=1 b='{{ x }}'\n[g:vars]\nc = {{ y }} # z\n"), "hosts");
    Value.Template host = (Value.Template) value(inventory, "h", "b");
    assertThat(host.source()).isEqualTo("{{ x }}");
    assertThat(host.at().line()).isEqualTo(2);
    assertThat(host.at().column()).isEqualTo(9);
    Value.Template group =
        (Value.Template)
            Objects.requireNonNull(inventory.group("g").orElseThrow().vars().get("c")).value();
    assertThat(group.source()).isEqualTo("{{ y }} # z");
    assertThat(group.at()).hasToString(directory.resolve("hosts") + ":4:5");
  }

  @Test
  void stopsAProgramThatDoesNotComeToAnEnd() throws IOException {
    for (String endless : List.of("sleep 600", "sleep 600 & echo '{}'")) {
      Path program = directory.resolve("endless.sh");
      Files.writeString(program, "#!/bin/sh\necho asking the cloud >&2\n" + endless + "\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
      InventoryLoader hasty = TestServices.loader(this::open, Duration.ofSeconds(1));
      assertThatThrownBy(() -> hasty.load(List.of("endless.sh"), directory))
          .isInstanceOf(HearthException.class)
          .hasMessageContaining("does not come to an end")
          .hasMessageContaining("asking the cloud")
          .hasMessageContaining("HEARTH_INVENTORY_TIMEOUT");
    }
  }

  @Test
  void hearsWhatAChildOfTheProgramSaysAfterItsEnd() throws IOException {
    Path program = directory.resolve("late.sh");
    Files.writeString(
        program, "#!/bin/sh\n(sleep 0.3; echo '{\"late\": {\"hosts\": [\"h1\"]}}') &\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(load(Map.of(), "late.sh").hosts()).extracting(Host::name).contains("h1");
  }

  @Test
  void aProgramThatCannotBeStartedIsAFinding() throws IOException {
    Path program = directory.resolve("lost.sh");
    Files.writeString(program, "#!/nowhere/interpreter\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(refused(Map.of(), "lost.sh"))
        .hasMessageContaining("cannot be run")
        .hasMessageContaining("head -1");
  }

  @Test
  void warnsOfWhatPluginsAndGroupNamesHaveThatNobodyReads() {
    Inventory odd =
        load(
            Map.of(
                "hosts", "[web-servers]\nw1\n",
                "c.yml",
                    """
                    plugin: constructed
                    keyed_group: []
                    compose: {a: "1 +", b: "nope"}
                    keyed_groups: [{key: inventory_hostname, prefx: x}]
                    """),
            "hosts",
            "c.yml");
    assertThat(odd.warnings())
        .extracting(Diagnostic::render)
        .anyMatch(text -> text.contains("'keyed_group'") && text.contains("'keyed_groups'?"))
        .anyMatch(text -> text.contains("'prefx'") && text.contains("c.yml:4:"))
        .anyMatch(text -> text.contains("c.yml:3:"))
        .anyMatch(text -> text.contains("web-servers"));
    assertThat(odd.host("w1").orElseThrow().vars()).doesNotContainKeys("a", "b");
  }

  @Test
  void leavesOutWhatTheSettingsIgnore() throws IOException {
    Files.createDirectories(directory.resolve("inv"));
    assertThat(load(Map.of("inv/skipped", "[[", "inv/taken", "h\n"), "inv").hosts())
        .extracting(Host::name)
        .containsExactly("h");
  }

  @Test
  void warnsOfWhatIsOddButAnsibleTakes() {
    Inventory odd =
        load(Map.of("odd.yml", "web: {hosts: {web: }, extra: {a: 1}}\nlist: [1]\n"), "odd.yml");
    assertThat(odd.warnings())
        .extracting(Diagnostic::summary)
        .anyMatch(text -> text.contains("'extra' of group 'web' is left out"))
        .anyMatch(text -> text.contains("'list' is no group"))
        .anyMatch(text -> text.contains("both a host and a group"));
  }

  @Test
  void refusesAChildThatIsATextAndNoGroupOfTheInventory() {
    assertThatThrownBy(() -> load(Map.of("bad.yml", "web: {children: {front: h1}}\n"), "bad.yml"))
        .hasMessageContaining("'front' is no group of this inventory");
    Inventory known =
        load(
            Map.of("odd.yml", "front: {hosts: {h1: }}\nweb: {children: {front: h1}}\n"), "odd.yml");
    assertThat(known.warnings())
        .extracting(Diagnostic::summary)
        .anyMatch(text -> text.contains("'front' is no group, it is left out"));
  }

  @Test
  void growsDuringARun() {
    Inventory before = load(Map.of("hosts", "[web]\nw1\n[db]\nd1\n"), "hosts");
    Location at = Location.startOf(Source.of("add_host", ""));
    Inventory after =
        before
            .withHost("new", List.of("web", "fresh"), Map.of("a", new Located(Value.NULL, at)), at)
            .withGroup("os_debian", List.of("w1", "new"), List.of("all", "os"), at);
    assertThat(before.host("new")).isEmpty();
    assertThat(after.groupsOf(after.host("new").orElseThrow()))
        .extracting(Group::name)
        .containsExactly("all", "fresh", "os", "web", "os_debian");
    assertThat(after.hostsOf(after.group("os").orElseThrow()))
        .extracting(Host::name)
        .containsExactly("w1", "new");
    assertThat(after.group(Group.UNGROUPED).orElseThrow().hosts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "h.ini | [web:vars]\\na=1 | no group 'web' | :1:1",
        "h.ini | [web]\\n[all2:children]\\nwbe | did you mean 'web'? | :3:1",
        "h.ini | [web]\\nh a | 'a' is not name=value | :2:3",
        "h.ini | [web:children]\\na b | no group name | :2:1",
        "h.ini | [web:vars]\\nnovalue | no variable | :2:1",
        "h.ini | [we b]\\nh | cannot be read | :1:1",
        "h.ini | [web:var]\\na=1 | did you mean 'vars'? | :1:1",
        "h.ini | h a='x | not closed | :1:5",
        "h.ini | h[1:] | no end | :1:1",
        "h.ini | h[3:1] | behind its end | :1:1",
        "h.ini | h[01:1] | same length | :1:1",
        "h.ini | h[1:3:0] | at least 1 | :1:1",
        "h.ini | h[a:3] | no end of a range | :1:1",
        "h.ini | h[a-c] | bracket that is no range | :1:1",
        "h.ini | h[1:99999999] | more than 100000 | :1:1",
        "h.ini | h[1:1000][1:1000] | more than 100000 | :1:1",
        "h.ini | h:99999 | port of 'h:99999' does not exist | :1:1",
        "h.ini | h: | cannot be the name | :1:1",
        "h.ini | -oProxyCommand=x | cannot be the name | :1:1",
        "h.ini | [a:children]\\nb\\n[b:children]\\na | a circle | ini:4:1",
        "h.ini | [a:children]\\na | a circle | :2:1",
        "h.ini | [a:children]\\nall | a circle | :2:1",
        "h.ini | [a]\\n[a:vars]\\nansible_group_priority=x | not a number | :3:",
        "h.yml | a: {hosts: [b]} | cannot be a list | :1:12",
        "h.yml | a: {host: {b: }} | did you mean 'hosts'? | :1:5",
        "h.yml | - a | must be a mapping, not a list | :1:1",
        "h.yml | plugin: constructd | did you mean 'constructed'? | :1:9",
        "h.yml | plugin: community.general.nmap | is not supported | ansible-inventory -i",
        "h.yml | a: {hosts: {b: 1}} | variables of host 'b' must be | :1:16",
        "h.yml | a: {vars: 1} | vars of group 'a' must be | :1:11",
        "h.yml | a: {children: {a: }} | a circle | :1:16",
        "h.sh | #!/bin/sh | is a program that may not be executed | chmod +x",
        "h.toml | [a] | TOML | ansible-inventory -i",
      })
  void saysWhatIsWrongAndWhere(String name, String text, String message, String place) {
    HearthException refused = refused(Map.of(name, text.replace("\\n", "\n")), name);
    assertThat(refused.exit()).isEqualTo(ExitCode.INVALID);
    assertThat(refused).hasMessageContaining(message).hasMessageContaining(place);
    assertThat(refused.diagnostics().getFirst().next()).isNotEmpty();
  }

  @Test
  void aMissingSourceIsAnErrorWithTheNextStep() {
    for (String missing : List.of("nowhere.yml", "nowhere/", "\0", "")) {
      HearthException refused = refused(Map.of(), missing.isEmpty() ? "host01" : missing);
      assertThat(refused.exit()).isEqualTo(ExitCode.NO_HOSTS);
      assertThat(refused).hasMessageContaining("-i host01,");
    }
  }

  @Test
  void randomTextsGiveAnInventoryOrAFinding() {
    List<String> pieces =
        List.of(
            "[",
            "]",
            ":",
            "vars",
            "children",
            "hosts",
            "web",
            "db",
            "all",
            "\n",
            "\n",
            " ",
            "=",
            "1",
            "'",
            "\"",
            "\\",
            "#",
            "[1:3]",
            "[a:c]",
            "- ",
            "{",
            "}",
            "a=b",
            ": ",
            "  ",
            ",",
            "ungrouped",
            "---",
            "&x",
            "*x",
            "<<: ");
    Random random = new Random(3);
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      String name = round % 2 == 0 ? "random.ini" : "random.yml";
      try {
        Inventory read = load(Map.of(name, text.toString()), name);
        assertThat(read.hostsOf(read.group(Group.ALL).orElseThrow()))
            .containsExactlyElementsOf(read.hosts());
      } catch (HearthException refused) {
        assertThat(refused.diagnostics()).isNotEmpty();
      }
    }
  }

  private static Value value(Inventory inventory, String host, String name) {
    return Objects.requireNonNull(inventory.host(host).orElseThrow().vars().get(name)).value();
  }

  private HearthException refused(Map<String, String> files, String source) {
    return catchThrowableOfType(HearthException.class, () -> load(files, source));
  }

  private Inventory load(Map<String, String> files, String... sources) {
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(directory.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return TestServices.loader(this::open).load(List.of(sources), directory);
  }

  private Source open(Path file) {
    try {
      return new Source(file.toString(), Files.readString(file), secret);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
