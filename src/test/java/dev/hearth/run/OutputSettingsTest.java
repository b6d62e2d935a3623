package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reports beside the run, and callbacks that Hearth does not have. */
class OutputSettingsTest {

  @TempDir private Path directory;

  @BeforeEach
  void playbook() throws IOException {
    InProcess.playbook(
        directory,
        """
        - name: Fine <&>
          ansible.builtin.debug: {msg: "bell \\x07"}
        - name: Left out
          ansible.builtin.debug: {msg: x}
          when: false
        - name: Ignored
          ansible.builtin.fail: {msg: x}
          ignore_errors: true
        - name: Hidden
          ansible.builtin.debug: {msg: hunter42}
          no_log: true
        - name: Wrong
          ansible.builtin.fail: {msg: no such luck}
        """);
  }

  @Test
  void junitHasACaseForEachTaskOfEachHost() throws Exception {
    InProcess run = InProcess.hearth(directory, "play", "play.yml", "--junit", "out/report.xml");

    assertThat(run.exit()).isEqualTo(2);
    String text = Files.readString(directory.resolve("out/report.xml"));
    assertThat(text).doesNotContain("hunter42");
    Element suite =
        (Element)
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getElementsByTagName("testsuite")
                .item(0);
    assertThat(suite.getAttribute("name")).isEqualTo("play");
    assertThat(suite.getAttribute("tests")).isEqualTo("5");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    NodeList cases = suite.getElementsByTagName("testcase");
    assertThat(((Element) cases.item(0)).getAttribute("name"))
        .isEqualTo("[localhost] localhost: Fine <&> msg=bell \uFFFD");
    assertThat(((Element) suite.getElementsByTagName("error").item(0)).getAttribute("message"))
        .isEqualTo("no such luck");
  }

  @Test
  void theCallbackJunitWritesIntoItsDirectory() throws IOException {
    InProcess.hearth(
        directory,
        Map.of("ANSIBLE_CALLBACKS_ENABLED", "junit", "JUNIT_OUTPUT_DIR", "reports"),
        "",
        "play",
        "play.yml");

    try (var files = Files.list(directory.resolve("reports"))) {
      assertThat(files.map(Path::toString))
          .singleElement()
          .asString()
          .matches(".*/play-[0-9.E]+\\.xml");
    }
  }

  @Test
  void timesAreTold() {
    InProcess run =
        InProcess.hearth(
            directory,
            Map.of("ANSIBLE_CALLBACKS_ENABLED", "timer, ansible.posix.profile_tasks"),
            "",
            "play",
            "play.yml");

    assertThat(run.out())
        .contains("TASKS RECAP ***")
        .containsPattern("Left out -+ \\d+\\.\\d\\ds\n")
        .contains("Playbook run took 0 days, 0 hours, ");
  }

  @Test
  void anotherCallbackIsWarnedOf() {
    InProcess run =
        InProcess.hearth(
            directory, Map.of("ANSIBLE_CALLBACKS_ENABLED", "slack"), "", "play", "play.yml");

    assertThat(run.err()).contains("the callback 'slack'");
  }

  @Test
  void anotherStandardOutputIsRefusedWithWhatToUseInstead() {
    InProcess run =
        InProcess.hearth(
            directory,
            Map.of("ANSIBLE_STDOUT_CALLBACK", "community.general.dense"),
            "",
            "play",
            "play.yml");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("dense").contains("next: use 'default'");
  }

  @Test
  void aSettingThatIsNoneIsRefused() {
    InProcess run =
        InProcess.hearth(
            directory, Map.of("ANSIBLE_CALLBACK_RESULT_FORMAT", "xml"), "", "play", "play.yml");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).contains("'xml'").contains("json or yaml");
  }
}
