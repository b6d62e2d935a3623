package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where Hearth's output differs from Ansible's on purpose.
 *
 * <p>Everywhere: the text of an error that no module made (Ansible begins it with "Task failed:",
 * or calls it a reason) is Hearth's own, which says the place and the next step on standard error;
 * only that the task fails, on which host and with some text, is compared. In one case: its {@code
 * accepted.yml}, a list of Ansible's line, Hearth's line and the reason; or, where Hearth refuses
 * before the run what Ansible stumbles over in it, Hearth's whole output and exit status with the
 * reason. A line that Ansible does not print fails the test.
 */
record AcceptedDifferences(List<Line> lines, Optional<Whole> whole) {

  private static final String ENGINE = "Task failed: ";

  /** One line of Ansible's and Hearth's in its place. */
  record Line(String ansible, String hearth) {}

  /** All of Hearth's standard output. */
  record Whole(String output, int exit) {}

  static AcceptedDifferences of(Path here) throws IOException {
    Path list = here.resolve("accepted.yml");
    if (!Files.exists(list)) {
      return new AcceptedDifferences(List.of(), Optional.empty());
    }
    Node written =
        YamlReader.read(new Source(list.toString(), Files.readString(list))).orElseThrow();
    if (written instanceof Node.Mapping whole) {
      assertThat(text(whole, "why")).isNotBlank();
      return new AcceptedDifferences(
          List.of(),
          Optional.of(new Whole(text(whole, "output"), Integer.parseInt(text(whole, "exit")))));
    }
    List<Line> lines = new ArrayList<>();
    for (Node entry : ((Node.Sequence) written).items()) {
      Node.Mapping difference = (Node.Mapping) entry;
      assertThat(text(difference, "why")).isNotBlank();
      lines.add(new Line(text(difference, "ansible"), text(difference, "hearth")));
    }
    return new AcceptedDifferences(lines, Optional.empty());
  }

  /** What is expected of Hearth where Ansible printed this. */
  PlainOutput output(PlainOutput ansible, PlainOutput hearth) {
    if (whole.isPresent()) {
      return new PlainOutput(List.of(whole.get().output().split("\n", -1)));
    }
    List<String> expected = new ArrayList<>(ansible.lines());
    for (Line line : lines) {
      assertThat(expected).as("an accepted difference that is none").contains(line.ansible());
      expected.replaceAll(each -> each.equals(line.ansible()) ? line.hearth() : each);
    }
    for (int i = 0; i < Math.min(expected.size(), hearth.lines().size()); i++) {
      if (sameButForTheEnginesWords(expected.get(i), hearth.lines().get(i))) {
        expected.set(i, hearth.lines().get(i));
      }
    }
    return new PlainOutput(expected);
  }

  int exit(int ansible) {
    return whole.map(Whole::exit).orElse(ansible);
  }

  private static boolean sameButForTheEnginesWords(String ansible, String hearth) {
    int split = ansible.indexOf(" => {");
    return split >= 0
        && ansible.endsWith("}")
        && madeByTheEngine(ansible.substring(split + 4))
        && hearth.startsWith(ansible.substring(0, split + 5))
        && hearth.endsWith("}")
        && !message(hearth.substring(split + 4)).isBlank();
  }

  private static boolean madeByTheEngine(String json) {
    return message(json).startsWith(ENGINE)
        || (Json.read(json) instanceof Value.Dict result && result.get("reason") != null);
  }

  private static String message(String json) {
    return Json.read(json) instanceof Value.Dict result
            && result.get("msg") instanceof Value.Text text
        ? text.value()
        : "";
  }

  private static String text(Node.Mapping mapping, String key) {
    return ((Node.Scalar) mapping.get(key).orElseThrow()).text();
  }
}
