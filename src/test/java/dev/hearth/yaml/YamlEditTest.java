package dev.hearth.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class YamlEditTest {

  private static final List<String> VALUES =
      List.of(
          "",
          "new",
          "yes",
          "123",
          "a: b # c",
          "\"quoted\" and 'single' \\ back",
          "two\nlines",
          "two\nlines\n",
          "\n leading",
          "ends\n\n",
          "tab\tand\rreturn\r\n",
          "{{ template }} {% x %}",
          "\u00fc \u65e5\u672c \ud83d\udd11 \u2028 \u0085 \ufeff \u0000\u007f",
          "-----BEGIN KEY-----\nabc\n  def\n\n---\n-----END KEY-----\n");

  @Test
  void changesTheValueAndNothingElse() {
    assertThat(replaced("a: 1 # one\nb: 'x'  # two\nc: 3\n", "b", "y"))
        .isEqualTo("a: 1 # one\nb: \"y\"  # two\nc: 3\n");
    assertThat(replaced("a:\r\nb: 1\r\n", "a", "y")).isEqualTo("a: \"y\"\r\nb: 1\r\n");
    assertThat(replaced("a: |\n  x\n  y\n\n# end\nb: 1\n", "a", "z"))
        .isEqualTo("a: \"z\"\n\n# end\nb: 1\n");
    assertThat(replaced("\uFEFFk\u00fc\ud83d\udd11: {a: x, b: 'y'}\n", "b", "z"))
        .isEqualTo("\uFEFFk\u00fc\ud83d\udd11: {a: x, b: \"z\"}\n");
    assertThat(replaced("- x\n- [1, two words\n  here, 3]", "two words here", "z"))
        .isEqualTo("- x\n- [1, \"z\", 3]");
    assertThatThrownBy(() -> replaced("a: &x 1\nb: *x\n", "a", "z"))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("tag or an anchor");
    assertThatThrownBy(() -> replaced("a: !unsafe x\n", "a", "z"))
        .isInstanceOf(HearthException.class);
  }

  @Test
  void addsAKey() {
    assertThat(YamlEdit.added(source("a: 1"), "b", "x")).isEqualTo("a: 1\nb: \"x\"\n");
    assertThat(YamlEdit.added(source("a: 1\r\n"), "b", "x\ny\n"))
        .isEqualTo("a: 1\r\nb: |\r\n  x\r\n  y\r\n");
    assertThat(YamlEdit.added(source(""), "b", "x\ny")).isEqualTo("b: |-\n  x\n  y\n");
  }

  /** Any text comes back as it was given, wherever it is put, and no other value changes. */
  @Test
  void everyTextReadsBack() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      String text = document(random);
      Source source = source(text);
      List<Node.Scalar> before = scalars(YamlReader.read(source).orElseThrow());
      int chosen = random.nextInt(before.size());
      String value = VALUES.get(random.nextInt(VALUES.size()));
      String changed = YamlEdit.replaced(source, before.get(chosen), value);
      List<Node.Scalar> after = scalars(YamlReader.read(source(changed)).orElseThrow());
      assertThat(after).as(text + "\nbecame\n" + changed).hasSameSizeAs(before);
      for (int index = 0; index < before.size(); index++) {
        String wanted = index == chosen ? value : before.get(index).text();
        assertThat(after.get(index).text()).as(text + "\nbecame\n" + changed).isEqualTo(wanted);
      }
      assertThat(after.get(chosen).type()).isEqualTo(Node.Type.TEXT);
      String added = YamlEdit.added(source, "added", value);
      Node.Mapping with = (Node.Mapping) YamlReader.read(source(added)).orElseThrow();
      assertThat(with.get("added"))
          .as(added)
          .hasValueSatisfying(node -> assertThat(((Node.Scalar) node).text()).isEqualTo(value));
    }
  }

  private static String document(Random random) {
    List<String> values =
        List.of("", " 1", " plain", " two  # why", " 'x'", " \"y\\n\"", " [1, 'a b']", " {k: v}");
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "---\n" : "# c\n");
    int keys = 1 + random.nextInt(6);
    for (int key = 0; key < keys; key++) {
      text.append("k").append(key).append(':');
      switch (random.nextInt(4)) {
        case 0 -> text.append(" |\n  block\n  text\n").append(random.nextBoolean() ? "\n" : "");
        case 1 ->
            text.append("\n  in:")
                .append(any(values, random))
                .append("\n  too: >-\n    a\n    b\n");
        case 2 -> text.append("\n  -").append(any(values, random)).append("\n  - last\n");
        default -> text.append(any(values, random)).append('\n');
      }
    }
    return text.toString();
  }

  private static String any(List<String> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static String replaced(String text, String keyOrText, String value) {
    Source source = source(text);
    Node root = YamlReader.read(source).orElseThrow();
    Node.Scalar scalar = (Node.Scalar) find(root, keyOrText).getFirst();
    return YamlEdit.replaced(source, scalar, value);
  }

  private static List<Node> find(Node node, String word) {
    List<Node> found = new ArrayList<>();
    switch (node) {
      case Node.Mapping mapping -> {
        mapping.get(word).ifPresent(found::add);
        mapping.entries().values().forEach(one -> found.addAll(find(one, word)));
      }
      case Node.Sequence list -> list.items().forEach(one -> found.addAll(find(one, word)));
      case Node.Scalar scalar -> {
        if (scalar.text().equals(word)) {
          found.add(scalar);
        }
      }
    }
    return found;
  }

  private static List<Node.Scalar> scalars(Node node) {
    return switch (node) {
      case Node.Mapping mapping ->
          mapping.entries().values().stream().flatMap(one -> scalars(one).stream()).toList();
      case Node.Sequence list ->
          list.items().stream().flatMap(one -> scalars(one).stream()).toList();
      case Node.Scalar scalar -> List.of(scalar);
    };
  }

  private static Source source(String text) {
    return new Source("vars.yml", text, true);
  }
}
