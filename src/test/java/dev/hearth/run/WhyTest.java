package dev.hearth.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth why}: every definition with its place, in the order of precedence, no secret. */
final class WhyTest {

  @TempDir private Path home;

  @BeforeEach
  void lab() throws IOException {
    write("hosts", "[web]\nh1 colour=white\nh2\n[web:vars]\ncolour=grey\nbase=dark\n");
    write("group_vars/all.yml", "colour: \"{{ base }}-blue\"\nloop: \"{{ loop }}\"\n");
    write("host_vars/h1.yml", "colour: \"{{ base }}-red\"\n");
    write("roles/r/defaults/main.yml", "colour: pale\n");
    write(
        "roles/r/tasks/main.yml",
        """
        - debug: {var: colour}
          vars: {colour: task}
        - set_fact: {colour: fact}
        - include_tasks: more.yml
          vars: {colour: include}
        """);
    write("roles/r/tasks/more.yml", "- command: uptime\n  register: colour\n");
    write(
        "site.yml",
        """
        - name: First
          hosts: web
          vars_prompt: [{name: token}]
          vars: {broken: "{{ missing }}"}
          roles: [{role: r, colour: parameter}]
        - hosts: h2
          tasks: []
        """);
  }

  @Test
  void tellsTheWinnerWhatItIsMadeOfAndWhatItHides() {
    InProcess why = why("h1", "colour");
    assertThat(why.exit()).isZero();
    assertThat(lines(why))
        .containsExactly(
            "colour of h1 is \"dark-red\"",
            "set by inventory host_vars (level 9) HERE/host_vars/h1.yml:1:10",
            "written \"{{ base }}-red\"",
            "uses base inventory group variables (level 3) HERE/hosts:6:6",
            "hides inventory host variables (level 8) HERE/hosts:2:11 \"white\"",
            "inventory group_vars/all (level 4) HERE/group_vars/all.yml:1:10"
                + " \"{{ base }}-blue\"",
            "inventory group variables (level 3) HERE/hosts:5:8 \"grey\"");
  }

  @Test
  void addsWhatAPlaybookSays() {
    assertThat(lines(why("h1", "colour", "site.yml")))
        .startsWith("in play 'First' (HERE/site.yml:1:3):")
        .contains(
            "role defaults (level 2) HERE/roles/r/defaults/main.yml:1:9 \"pale\"",
            "elsewhere role parameters (level 20) HERE/site.yml:5:29 \"parameter\""
                + " seen by the role r, and wins",
            "task vars (level 17) HERE/roles/r/tasks/main.yml:2:18 \"task\" seen there only, and wins",
            "set_fact and register (level 19) HERE/roles/r/tasks/main.yml:3:22 \"fact\""
                + " set when the task has run, and wins",
            "include parameters (level 21) HERE/roles/r/tasks/main.yml:5:18 \"include\""
                + " seen by what is included, and wins",
            "set_fact and register (level 19) HERE/roles/r/tasks/more.yml:2:13"
                + " registered there, and wins");
    assertThat(lines(why("h2", "colour", "site.yml")))
        .contains("in play 'First' (HERE/site.yml:1:3):", "in play 'h2' (HERE/site.yml:6:3):");
  }

  @Test
  void extraVariablesHideEverything() {
    assertThat(lines(why("h1", "colour", "site.yml", "-e", "colour=extra")))
        .contains(
            "colour of h1 is \"extra\"",
            "set by extra vars (-e) (level 22) command line (-e):1:8",
            "elsewhere role parameters (level 20) HERE/site.yml:5:29 \"parameter\""
                + " seen by the role r, and is hidden");
  }

  @Test
  void saysWhyAValueCannotBeMade() {
    assertThat(lines(why("h1", "broken", "site.yml")))
        .contains(
            "broken of h1 cannot be evaluated",
            "error 'missing' is undefined HERE/site.yml:4:22",
            "uses missing (not defined here)");
    assertThat(why("h1", "loop").out())
        .contains("recursive loop: {{ loop }} (")
        .contains("group_vars/all.yml:2:");
    assertThat(why("h1", "token", "site.yml").out())
        .contains("asked for when the play begins")
        .contains("play vars_prompt (level 13)");
  }

  @Test
  void showsNoSecret() throws IOException {
    write("extra.yml", "password: hunter2hunter2\nurl: \"x:{{ password }}@y\"\n");
    write("pw", "vault password\n");
    InProcess encrypted =
        InProcess.hearth(home, "vault", "encrypt", "extra.yml", "--vault-password-file", "pw");
    assertThat(encrypted.exit()).as(encrypted.err()).isZero();
    for (String variable : List.of("password", "url")) {
      for (String form : List.of("--no-color", "--json")) {
        InProcess why =
            why("h1", variable, "-e", "@extra.yml", "--vault-password-file", "pw", form);
        assertThat(why.exit()).as(why.err()).isZero();
        assertThat(why.out()).contains("***").contains("extra.yml:").doesNotContain("hunter2");
        assertThat(why.err()).doesNotContain("hunter2");
      }
    }
  }

  @Test
  void writesJson() {
    Value.Dict all = (Value.Dict) Json.read(why("h1", "colour", "--json").out().strip());
    assertThat(all.get("host")).isEqualTo(Value.text("h1"));
    Value.Dict only =
        (Value.Dict) ((Value.Seq) requireNonNull(all.get("explanations"))).items().getFirst();
    assertThat(only.get("value")).isEqualTo(Value.text("dark-red"));
    List<Value> definitions = ((Value.Seq) requireNonNull(only.get("definitions"))).items();
    assertThat(definitions)
        .extracting(each -> ((Value.Dict) each).get("level"))
        .containsExactly(Value.number(9), Value.number(8), Value.number(4), Value.number(3));
    assertThat(((Value.Dict) definitions.get(1)).get("written")).isEqualTo(Value.text("white"));
  }

  @Test
  void proposesTheNearestNames() {
    InProcess variable = why("h1", "colur");
    assertThat(variable.exit()).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(variable.err()).contains("nothing defines 'colur'").contains("'colour'");
    for (String wrong : List.of("h11", "web")) {
      InProcess host = why(wrong, "colour");
      assertThat(host.exit()).isEqualTo(ExitCode.NO_HOSTS.number());
      assertThat(host.err()).contains("no host '" + wrong + "'").doesNotContain("\tat ");
    }
    assertThat(why("h1", "colour", "nowhere.yml").exit()).isEqualTo(ExitCode.NOT_FOUND.number());
  }

  private InProcess why(String host, String variable, String... more) {
    String[] arguments = new String[more.length + 5];
    List<String> first = List.of("why", "-i", "hosts", host, variable);
    first.toArray(arguments);
    System.arraycopy(more, 0, arguments, first.size(), more.length);
    return InProcess.hearth(home, arguments);
  }

  /** The lines without their alignment, the directory shortened. */
  private List<String> lines(InProcess why) {
    assertThat(why.err()).isEmpty();
    return why.out()
        .replace(home.toString(), "HERE")
        .lines()
        .map(line -> line.strip().replaceAll(" {2,}", " "))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }
}
