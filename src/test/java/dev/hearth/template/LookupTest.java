package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lookups that touch the controller. */
class LookupTest {

  private final Templar templar = Fixture.templar();
  @TempDir private Path playbook;
  private Scope scope = Fixture.scope(Map.of());

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(playbook.resolve("files"));
    Files.createDirectories(playbook.resolve("templates"));
    Files.createDirectories(playbook.resolve("vars"));
    scope =
        Scope.of(
            Map.of("name", Value.text("web"), "distro", Value.text("debian")),
            new SearchPath(List.of(playbook)));
  }

  private Value resolve(String template) {
    return templar.resolve(Fixture.template(template), scope);
  }

  private Value text(String template) {
    return resolve(template);
  }

  @Test
  void fileReadsAlongTheSearchPath() throws IOException {
    Files.writeString(playbook.resolve("files/motd"), "  hello {{ name }}\n\n");
    assertThat(text("{{ lookup('file', 'motd') }}")).isEqualTo(Value.text("  hello {{ name }}"));
    assertThat(text("{{ lookup('file', 'motd', rstrip=false, lstrip=true) }}"))
        .isEqualTo(Value.text("hello {{ name }}\n\n"));
    assertThatThrownBy(() -> text("{{ lookup('file', 'nope') }}"))
        .isInstanceOfSatisfying(
            TemplateFailure.class,
            failure ->
                assertThat(failure.diagnostic().summary())
                    .contains(playbook.resolve("files/nope").toString()));
  }

  @Test
  void whatIsPassedOverIsWarnedOf() {
    List<String> warned = new ArrayList<>();
    Surroundings usual = Fixture.SURROUNDINGS;
    Templar warning =
        Fixture.templar(
            new Surroundings(
                usual.environment(),
                usual.home(),
                usual.workingDirectory(),
                usual.clock(),
                usual.brokenConditionals(),
                usual.extensions(),
                usual.settings(),
                usual.secrets(),
                told -> warned.add(told.summary()),
                usual.random()));
    Scope clashing =
        Fixture.scope(
            Map.of(
                "x_a", Value.Dict.ofTexts(Map.of("k", Value.number(1))),
                "x_b", Value.Dict.ofTexts(Map.of("k", Value.number(2)))));
    String merge = "{{ lookup('community.general.merge_variables', '^x_', override='%s') }}";

    warning.resolve(Fixture.template(merge.formatted("ignore")), clashing);
    warning.resolve(Fixture.template("{{ lookup('file', 'none', errors='ignore') }}"), clashing);
    assertThat(warned).isEmpty();

    assertThat(warning.resolve(Fixture.template(merge.formatted("warn")), clashing))
        .isEqualTo(Value.Dict.ofTexts(Map.of("k", Value.number(2))));
    warning.resolve(Fixture.template("{{ lookup('file', 'none', errors='warn') }}"), clashing);
    assertThat(warned)
        .containsExactly(
            "merge_variables gives 'x_b.k' another value",
            "the lookup 'file' failed and gives nothing");
    assertThatThrownBy(() -> warning.resolve(Fixture.template(merge.formatted("maybe")), clashing))
        .hasMessageContaining("error, warn and ignore");
  }

  @Test
  void encryptedFilesAreOpenedAndStaySecret() throws IOException {
    Files.writeString(playbook.resolve("files/key"), "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
    assertThat(text("{{ lookup('file', 'key') }}")).isInstanceOf(Value.Secret.class);
    assertThat(text("{{ lookup('unvault', 'key') }}")).isInstanceOf(Value.Secret.class);
  }

  @Test
  void templateRendersWithTheScope() throws IOException {
    Files.writeString(playbook.resolve("templates/t.j2"), "{{ name }}:{{ port }}\n");
    assertThat(text("{{ lookup('template', 't.j2', template_vars={'port': 80}) }}"))
        .isEqualTo(Value.text("web:80\n"));
    Files.writeString(playbook.resolve("templates/d.j2"), "{{ {'a': name} }}\n");
    assertThat(resolve("{{ lookup('template', 'd.j2').a }}")).isEqualTo(Value.text("web"));
  }

  @Test
  void firstFoundTakesTheFirstThatExists() throws IOException {
    Files.writeString(playbook.resolve("vars/debian.yml"), "");
    Files.writeString(playbook.resolve("vars/default.yml"), "");
    Value found = Value.text(playbook.resolve("vars/debian.yml").toString());
    assertThat(text("{{ lookup('first_found', ['nope.yml', 'vars/' ~ distro ~ '.yml']) }}"))
        .isEqualTo(found);
    assertThat(
            templar.lookup(
                "first_found",
                List.of(
                    Value.Dict.ofTexts(
                        Map.of(
                            "files", Value.Seq.of(Fixture.template("{{ distro }}.yml")),
                            "paths", Value.Seq.of(Value.text("vars"))))),
                Map.of(),
                Fixture.at("x"),
                scope))
        .containsExactly(found);
    assertThat(resolve("{{ q('first_found', ['nope.yml'], skip=true) }}"))
        .isEqualTo(Value.Seq.of());
    assertThatThrownBy(() -> text("{{ lookup('first_found', ['nope.yml']) }}"))
        .isInstanceOf(TemplateFailure.class);
  }

  @Test
  void fileglobListsFilesInOrder() throws IOException {
    for (String name : List.of("b.conf", "a.conf", ".hidden.conf", "c.txt")) {
      Files.writeString(playbook.resolve("files").resolve(name), "");
    }
    assertThat(resolve("{{ q('fileglob', '*.conf') | map('basename') | list }}"))
        .isEqualTo(Value.Seq.of(Value.text("a.conf"), Value.text("b.conf")));
    assertThat(resolve("{{ q('fileglob', '*.none') }}")).isEqualTo(Value.Seq.of());
  }

  @Test
  void commandsRunWithTheGivenEnvironment() {
    assertThat(text("{{ lookup('pipe', 'echo \"$HEARTH_TEST\"; echo') }}"))
        .isEqualTo(Value.text("from the environment"));
    assertThat(resolve("{{ q('lines', 'printf \"a\\nb\\n\"') }}"))
        .isEqualTo(Value.Seq.of(Value.text("a"), Value.text("b")));
    assertThatThrownBy(() -> text("{{ lookup('pipe', 'exit 3') }}"))
        .isInstanceOfSatisfying(
            TemplateFailure.class,
            failure -> assertThat(failure.diagnostic().summary()).contains("status 3"));
  }

  @Test
  void tablesAreRead() throws IOException {
    Files.writeString(
        playbook.resolve("files/x.ini"),
        "[main]\nHost = a.b ; no comment\nport: 22\n[other]\nport = 1\n");
    assertThat(text("{{ lookup('ini', 'host', section='main', file='x.ini') }}"))
        .isEqualTo(Value.text("a.b ; no comment"));
    assertThat(
            text(
                "{{ lookup('ini', 'port section=other file=x.ini'.split(' ')[0], section='other',"
                    + " file='x.ini') }}"))
        .isEqualTo(Value.text("1"));
    assertThat(text("{{ lookup('ini', 'nope', section='main', file='x.ini', default='d') }}"))
        .isEqualTo(Value.text("d"));
    Files.writeString(playbook.resolve("files/x.csv"), "ann,1000,\"a, \"\"b\"\"\"\nbob,1001,c\n");
    assertThat(text("{{ lookup('csvfile', 'ann', file='x.csv', delimiter=',', col=2) }}"))
        .isEqualTo(Value.text("a, \"b\""));
    assertThat(text("{{ lookup('csvfile', 'zoe', file='x.csv', delimiter=',', default='-') }}"))
        .isEqualTo(Value.text("-"));
  }

  @Test
  void aPasswordIsMadeOnceForItsOwnerAlone() throws IOException {
    Value first = resolve("{{ lookup('password', 'secrets/db length=12 chars=digits') }}");
    assertThat(first).isInstanceOf(Value.Secret.class);
    assertThat(((Value.Secret) first).reveal()).matches("\\d{12}");
    Path file = playbook.resolve("secrets/db");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(resolve("{{ lookup('password', 'secrets/db') }}")).isEqualTo(first);
    assertThat(resolve("{{ lookup('password', '/dev/null', length=5) | length }}"))
        .isEqualTo(Value.number(5));
  }

  @Test
  void anEncryptedPasswordKeepsItsSalt() {
    Value first = resolve("{{ lookup('password', 'secrets/root encrypt=sha512_crypt') }}");
    assertThat(((Value.Secret) first).reveal()).startsWith("$6$");
    assertThat(resolve("{{ lookup('password', 'secrets/root encrypt=sha512_crypt') }}"))
        .isEqualTo(first);
  }
}
