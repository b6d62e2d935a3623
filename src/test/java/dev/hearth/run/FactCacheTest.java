package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts from one run to the next, and when plays collect them. */
final class FactCacheTest {

  private static final String GATHERS = "Gathering Facts";

  @TempDir private Path home;

  @BeforeEach
  void lab() throws IOException {
    write("hosts", "h1 ansible_connection=local weak=host\n");
    write(
        "learn.yml",
        """
        - hosts: h1
          gather_facts: false
          tasks:
            - set_fact: {kept: "{{ 40 + 2 }}", weak: cached, brace: "{{ '{' + '{ 1 }' + '}' }}"}
              args: {cacheable: true}
            - set_fact: {lost: 1}
        """);
    write(
        "use.yml",
        """
        - hosts: h1
          gather_facts: false
          tasks:
            - debug: {msg: "{{ kept }} {{ weak }} {{ brace }} {{ lost | default('gone') }}"}
            - debug: {msg: "{{ weak }} in the play"}
              vars: {weak: task}
        """);
  }

  @Test
  void cachedFactsAreThereInTheNextRunAsDataOfTheirLevel() throws IOException {
    settings("fact_caching = jsonfile\nfact_caching_connection = cache\n");
    assertThat(play("learn.yml").exit()).isZero();
    Path file = home.resolve("cache/h1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    InProcess used = play("use.yml");
    assertThat(used.exit()).as(used.err()).isZero();
    assertThat(used.out()).contains("42 cached {{ 1 }} gone").contains("task in the play");
    assertThat(play("use.yml", "--syntax-check").exit()).isZero();
  }

  @Test
  void whatWasCachedCanBeForgotten() throws IOException {
    settings("fact_caching = jsonfile\nfact_caching_connection = cache\n");
    assertThat(play("learn.yml").exit()).isZero();
    InProcess forgotten = play("use.yml", "--flush-cache");
    assertThat(forgotten.exit()).isNotZero();
    assertThat(forgotten.err()).contains("'kept' is undefined");
    assertThat(home.resolve("cache/h1")).doesNotExist();
  }

  @Test
  void oldAndDamagedFilesDoNotCount() throws IOException {
    settings("fact_caching=jsonfile\nfact_caching_connection=cache\nfact_caching_timeout=60\n");
    assertThat(play("learn.yml").exit()).isZero();
    Path file = home.resolve("cache/h1");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
    assertThat(play("use.yml").exit()).isNotZero();
    Files.writeString(file, "{\"kept\": ");
    InProcess damaged = play("use.yml");
    assertThat(damaged.exit()).isNotZero();
    assertThat(damaged.err()).contains("cannot be read and do not count").contains("'kept'");
  }

  @Test
  void secretsAreNotWritten() throws IOException {
    settings("fact_caching = jsonfile\nfact_caching_connection = cache\n");
    write("pw", "vault password\n");
    write("secret.yml", "token: hunter2hunter2\n");
    assertThat(
            InProcess.hearth(home, "vault", "encrypt", "secret.yml", "--vault-password-file", "pw")
                .exit())
        .isZero();
    write(
        "secrets.yml",
        """
        - hosts: h1
          gather_facts: false
          vars_files: [secret.yml]
          tasks:
            - set_fact: {cacheable: true, derived: "{{ {'url': 'x:' ~ token} }}", open: "yes"}
            - debug: {msg: "{{ derived }} {{ hostvars.h1.derived }} {{ ansible_facts.derived }}"}
        """);
    InProcess run = play("secrets.yml", "--vault-password-file", "pw");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("'derived' is not cached: it holds a secret");
    assertThat(run.out() + run.err()).doesNotContain("hunter2");
    assertThat(Files.readString(home.resolve("cache/h1")))
        .contains("open")
        .doesNotContain("derived")
        .doesNotContain("hunter2");
  }

  @Test
  void smartGatheringAsksAHostOnce() throws IOException {
    write("twice.yml", "- hosts: h1\n  tasks: []\n- hosts: h1\n  gather_facts: true\n");
    settings("");
    assertThat(play("twice.yml").out().split(GATHERS, -1)).hasSize(3);
    settings("gathering = explicit\n");
    assertThat(play("twice.yml").out().split(GATHERS, -1)).hasSize(2);
    settings("gathering = smart\nfact_caching=jsonfile\nfact_caching_connection=cache\n");
    assertThat(play("twice.yml").out().split(GATHERS, -1)).hasSize(2);
    assertThat(play("twice.yml").out()).doesNotContain(GATHERS);
  }

  @Test
  void wrongSettingsAreRefused() throws IOException {
    settings("fact_caching = redis\n");
    assertThat(play("use.yml").err()).contains("no fact cache 'redis'");
    settings("fact_caching = jsonfile\n");
    assertThat(play("use.yml").err()).contains("names no directory");
    settings("gathering = sometimes\n");
    assertThat(play("use.yml").err()).contains("'sometimes'").contains("'smart'");
  }

  private InProcess play(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "play";
    all[1] = "-i";
    all[2] = "hosts";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return InProcess.hearth(home, all);
  }

  private void settings(String lines) throws IOException {
    write("ansible.cfg", "[defaults]\n" + lines);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(home.resolve(name), text);
  }
}
