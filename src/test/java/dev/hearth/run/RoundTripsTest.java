package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a task costs that has nothing to do, by the connection's own count. The connection is to
 * this machine; it speaks the same protocol as over SSH.
 */
class RoundTripsTest {

  private static final Pattern COUNT =
      Pattern.compile("\"changed\": (\\d+).*\"round_trips\": (\\d+)");

  @TempDir private Path directory;

  /** {@code D} is a directory of the test's own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | file: {path: D/made, state: directory, mode: '0750'}
          1 | file: {path: D/none, state: absent}
          1 | file: {src: away, dest: D/link, state: link, force: true}
          1 | copy: {content: hello, dest: D/copy, mode: '0600'}
          1 | copy: {src: play.yml, dest: D/play.yml, mode: '0644'}
          1 | template: {src: play.yml, dest: D/template}
          1 | lineinfile: {path: D/lines, line: a=1, regexp: '^a=', create: true}
          1 | blockinfile: {path: D/lines, block: b=1, create: true}
          1 | stat: {path: D}
          1 | slurp: {src: /etc/passwd}
          1 | group: {name: root}
          1 | user: {name: root}
          1 | command: {cmd: echo x, creates: D}
          1 | shell: {cmd: echo x, creates: D}
          0 | debug: {msg: nothing}
          0 | set_fact: {a: 1}
          """)
  void ofASatisfiedTask(int wanted, String action) throws IOException {
    Path own = Files.createDirectory(directory.resolve("own"));
    InProcess.playbook(directory, "- " + action.replace("D", own.toString()));
    String[] play = {"play", "play.yml", "-i", "localhost,", "-c", "local", "--json"};

    assertThat(InProcess.hearth(directory, play).exit()).isZero();
    InProcess again = InProcess.hearth(directory, play);

    Matcher counts = COUNT.matcher(again.out());
    assertThat(counts.find()).as("%s", again).isTrue();
    assertThat(counts.group(1)).as("changed").isEqualTo("0");
    assertThat(Integer.parseInt(counts.group(2))).as("round trips").isEqualTo(wanted);
  }
}
