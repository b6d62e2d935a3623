package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A canary from a vault is in files on the host and nowhere in the output. */
class HiddenSecretsTest {

  private static final String CANARY = "canary-9f3Xq7";

  @TempDir private Path directory;

  @BeforeEach
  void vault() throws IOException {
    Files.writeString(directory.resolve("password"), "open sesame\n");
    Files.writeString(directory.resolve("secrets.yml"), "token: " + CANARY + "\n");
    InProcess encrypted =
        InProcess.hearth(
            directory, "vault", "encrypt", "--vault-password-file", "password", "secrets.yml");
    assertThat(encrypted.exit()).as(encrypted.err()).isZero();
    assertThat(Files.readString(directory.resolve("secrets.yml"))).startsWith("$ANSIBLE_VAULT");
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          vars_files: [secrets.yml]
          tasks:
            - ansible.builtin.copy: {content: "x={{ token }}", dest: %s/written, mode: "0600"}
            - ansible.builtin.copy: {content: "plain", dest: %s/written}
            - ansible.builtin.debug: {msg: "it is {{ token }}"}
            - ansible.builtin.command: echo {{ token }}
              register: said
            - ansible.builtin.debug: {var: said}
            - ansible.builtin.shell: printf %%s {{ token }} | base64
            - name: Named {{ token }}
              ansible.builtin.command: /bin/false {{ item }}
              loop: ["{{ token }}"]
              ignore_errors: true
            - ansible.builtin.debug: {msg: "{{ token.nothing }}"}
              ignore_errors: true
            - ansible.builtin.fail: {msg: "{{ token }}"}
        """
            .formatted(directory, directory));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--diff", "-vvv", "--check", "--json"})
  void noOutputShowsIt(String option) {
    InProcess run = play(option);

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).contains("***");
    assertThat(run.out() + run.err()).doesNotContain(CANARY).doesNotContain("Y2FuYXJ5LTlmM1hxN");
  }

  @Test
  void theHostGetsIt() throws IOException {
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          vars_files: [secrets.yml]
          tasks:
            - ansible.builtin.copy: {content: "x={{ token }}", dest: %s/written, mode: "0600"}
        """
            .formatted(directory));

    assertThat(play("--diff").exit()).isZero();
    assertThat(directory.resolve("written")).hasContent("x=" + CANARY);
  }

  @Test
  void everyLineOfJsonIsAnObjectWithAType() {
    List<String> lines = play("--json").out().lines().toList();

    assertThat(lines).hasSizeGreaterThan(10);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(Json.read(line))
                    .isInstanceOfSatisfying(
                        Value.Dict.class,
                        object -> assertThat(object.get("message_type")).isNotNull()));
    assertThat(lines.getLast()).contains("finished");
  }

  private InProcess play(String option) {
    return InProcess.hearth(
        directory, "play", "play.yml", "--vault-password-file", "password", option);
  }
}
