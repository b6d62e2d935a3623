package dev.hearth.yaml;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

  private static Node read(String text) {
    return YamlReader.read(Source.of("t.yml", text)).orElseThrow();
  }

  private static Value value(String text) {
    return Values.of(read(text));
  }

  private static Node.Scalar scalar(String text, String key) {
    return (Node.Scalar) ((Node.Mapping) read(text)).get(key).orElseThrow();
  }

  private static <T extends Value> T at(Value mapping, String key, Class<T> type) {
    return type.cast(requireNonNull(((Value.Dict) mapping).get(key)));
  }

  private static String refusal(String text) {
    try {
      YamlReader.read(Source.of("t.yml", text));
    } catch (HearthException refused) {
      return refused.diagnostics().getFirst().render();
    }
    throw new AssertionError("accepted: " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yes|Bool[value=true]",
        "Off|Bool[value=false]",
        "y|Text[value=y]",
        "yES|Text[value=yES]",
        "~|Null[]",
        "null|Null[]",
        "NULL|Null[]",
        "nULL|Text[value=nULL]",
        "0644|Int[value=420]",
        "0o644|Text[value=0o644]",
        "08|Text[value=08]",
        "0b101|Int[value=5]",
        "-0x1F|Int[value=-31]",
        "1_000|Int[value=1000]",
        "12:30:45|Int[value=45045]",
        "190:20:30.15|Real[value=685230.15]",
        "1e3|Text[value=1e3]",
        "1e+3|Text[value=1e+3]",
        "1.5e+3|Real[value=1500.0]",
        "1.5e3|Text[value=1.5e3]",
        "1.|Real[value=1.0]",
        ".5|Real[value=0.5]",
        ".|Text[value=.]",
        ".inf|Real[value=Infinity]",
        "-.INF|Real[value=-Infinity]",
        ".nan|Real[value=NaN]",
        "1.10.2|Text[value=1.10.2]",
        "2024-01-31|Text[value=2024-01-31]",
        "2024-01-31 10:00:00|Text[value=2024-01-31 10:00:00]",
        "+7|Int[value=7]",
        "-|Seq[items=[Null[]]]",
        "0|Int[value=0]",
        "00|Int[value=0]",
        "0x|Text[value=0x]",
        "0b_|Text[value=0b_]",
        "=|Text[value==]",
        "'0644'|Text[value=0644]",
        "\"yes\"|Text[value=yes]",
        "!!str 0644|Text[value=0644]",
        "!!int \"7\"|Int[value=7]",
        "!!float 3|Real[value=3.0]",
        "123456789012345678901234567890|Int[value=123456789012345678901234567890]",
      })
  void typesPlainScalarsAsAnsibleDoes(String yaml, String expected) {
    assertThat(value(yaml).toString()).isEqualTo(expected);
  }

  @Test
  void keepsTextsWithDelimitersAsTemplatesWithTheirPlace() {
    Value.Template plain = (Value.Template) value("a {{ b }}");
    assertThat(plain.at()).hasToString("t.yml:1:1");
    Value.Dict dict = (Value.Dict) value("x:\n  k: \"{{ b }}\"\n  l: !unsafe '{{ b }}'\n");
    Value.Dict inner = at(dict, "x", Value.Dict.class);
    assertThat(at(inner, "k", Value.Template.class).at()).hasToString("t.yml:2:7");
    assertThat(inner.get("l")).isEqualTo(Value.text("{{ b }}"));
  }

  @Test
  void marksEverythingInsideAnUnsafeContainer() {
    assertThat(value("a: &x ['{{ b }}']\nu: !unsafe {l: *x, m: {n: '{{ c }}'}}"))
        .extracting(all -> ((Value.Dict) all).get("u"))
        .isEqualTo(
            Value.Dict.ofTexts(
                Map.of(
                    "l",
                    Value.Seq.of(Value.text("{{ b }}")),
                    "m",
                    Value.Dict.ofTexts(Map.of("n", Value.text("{{ c }}"))))));
  }

  @Test
  void knowsWhereTheTextOfABlockScalarStarts() {
    Node.Mapping outer =
        (Node.Mapping) read("a:\n  k: |-  # comment\n\n    one\n    two {{ x }}\n");
    Node.Mapping inner = (Node.Mapping) outer.get("a").orElseThrow();
    Node.Scalar literal = (Node.Scalar) inner.get("k").orElseThrow();
    assertThat(literal.text()).isEqualTo("\none\ntwo {{ x }}");
    assertThat(literal.at()).hasToString("t.yml:2:6");
    assertThat(literal.textAt()).hasToString("t.yml:3:5");
  }

  @Test
  void readsVaultedValuesWithoutOpeningThem() {
    Value.Dict dict =
        (Value.Dict)
            value("pw: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\nold: !vault-encrypted x\n");
    Value.Vaulted vaulted = at(dict, "pw", Value.Vaulted.class);
    assertThat(vaulted.envelope()).isEqualTo("$ANSIBLE_VAULT;1.1;AES256\n6162\n");
    assertThat(vaulted.at()).hasToString("t.yml:2:3");
    assertThat(dict.get("old")).isInstanceOf(Value.Vaulted.class);
  }

  @Test
  void makesSecretsOfTextsFromEncryptedFiles() {
    Value.Dict dict =
        (Value.Dict)
            Values.of(
                YamlReader.read(new Source("t.yml", "a: x\nb: '{{ a }}'\nc: 1", true))
                    .orElseThrow());
    assertThat(dict.get("a")).isEqualTo(new Value.Secret("x"));
    assertThat(at(dict, "b", Value.Template.class).secret()).isTrue();
    assertThat(dict.get("c")).isEqualTo(new Value.Int(BigInteger.ONE));
  }

  @Test
  void mergesMappingsAsPyYamlDoes() {
    assertThat(
            value(
                "b: &b {x: 1, y: 2}\nc: &c {y: 3, z: 4}\nd:\n  <<: [*b, *c]\n  z: 5\n  '<<': t\n"))
        .extracting(all -> at(all, "d", Value.Dict.class).toString())
        .isEqualTo(
            "Dict[entries={Text[value=y]=Int[value=2], Text[value=z]=Int[value=5],"
                + " Text[value=x]=Int[value=1], Text[value=<<]=Text[value=t]}]");
  }

  @Test
  void toleratesByteOrderMarksAndWindowsLineEnds() {
    assertThat(value("\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n"))
        .isEqualTo(
            new Value.Dict(
                Map.of(Value.text("a"), Value.number(1), Value.text("b"), Value.text("x\ny\n"))));
    assertThat(scalar("\uFEFFa: 1\r\nb: zz\r\n", "b").at()).hasToString("t.yml:2:4");
  }

  @Test
  void readsNothingAndManyDocuments() {
    assertThat(YamlReader.read(Source.of("t.yml", "# only\n"))).isEmpty();
    assertThat(YamlReader.readAll(Source.of("t.yml", "---\na: 1\n---\n---\nb")))
        .extracting(Node::kind)
        .isEqualTo(List.of("a mapping", "nothing", "a text"));
    assertThat(refusal("a: 1\n---\nb: 2\n")).contains("second YAML document", "t.yml:3:1");
  }

  @Test
  void refusesDuplicateKeysNamingBothPlaces() {
    assertThat(refusal("a: 1\nb: 2\n\"a\": 3\n"))
        .contains("'a' is written twice", "t.yml:3:1", "already set at t.yml:1:1");
    assertThat(((Value.Dict) value("1: a\n'1': b")).entries()).hasSize(2);
    assertThat(refusal("0x1: a\n1: b")).contains("written twice");
  }

  @Test
  void letsTheLaterOfDuplicateKeysCountWhereTheyAreTolerated() {
    List<Boolean> same = new ArrayList<>();
    Source tolerant =
        Source.of("t.yml", "a: [1, {b: x}]\nz: 1\na: [1, {b: 'x'}]\nz: '1'\na: 3\n")
            .with((_, says) -> same.add(says));
    assertThat(Values.of(YamlReader.read(tolerant).orElseThrow()))
        .hasToString(value("a: 3\nz: '1'\n").toString());
    assertThat(same).containsExactly(true, false, false);
  }

  @Test
  void refusesAliasBombs() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int level = 1; level < 12; level++) {
      String below = "*a" + (level - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  level,
                  level,
                  String.join(
                      ",", List.of(below, below, below, below, below, below, below, below))));
    }
    assertThat(refusal(bomb.toString())).contains("too many values");
    assertThat(refusal("a: &a [*a]")).contains("inside its own anchor", "t.yml:1:8");
    assertThat(refusal("a: *b")).contains("no anchor &b");
    assertThat(refusal("[".repeat(200_000))).contains("nested too deeply");
    assertThat(refusal("a: [" + "[".repeat(500) + "]".repeat(501))).contains("nested too deeply");
  }

  @Test
  void refusesForeignTags() {
    assertThat(refusal("a: !valt x")).contains("unknown YAML tag !valt", "did you mean '!vault'?");
    assertThat(refusal("a: !!python/object/apply:os.system [ls]"))
        .contains("unknown YAML tag !!python");
    assertThat(refusal("a: !!binary aGk=")).contains("unknown YAML tag !!binary");
    assertThat(refusal("a: !vault [x]")).contains("does not fit a list");
    assertThat(refusal("a: !!int x")).contains("not what its tag !!int says");
    assertThat(refusal("? [a]\n: b")).contains("a list cannot be the key");
  }

  @Test
  void explainsTheUsualMistakes() {
    assertThat(refusal("a:\n\tb: 1\n")).contains("a tab is used for indentation", "t.yml:2:1");
    assertThat(refusal("a:\n  b: 1\n \tc: 2\n"))
        .contains("a tab is used for indentation", "t.yml:3:2");
    assertThat(refusal("- debug:\n    msg: {{ foo }}/x\n"))
        .contains("a value that starts with a template has to be quoted", "t.yml:2:10");
    assertThat(refusal("- debug:\n    msg: {{ foo }}\n"))
        .contains("a value that starts with a template has to be quoted", "t.yml:2:");
    assertThat(refusal("- name: {% if a %}b{% endif %}\n"))
        .contains("a value that starts with a template has to be quoted", "t.yml:1:9");
    assertThat(refusal("a: b: c\n")).contains("a ': ' inside an unquoted text");
    assertThat(refusal("a: 'it\nb: 2\n")).contains("quote is never closed", "t.yml:1:4");
    assertThat(refusal("a: \"\\d+\"\n")).contains("unknown escape", "single quotes");
    assertThat(refusal("a: @x\n")).contains("cannot start with this character", "t.yml:1:4");
    assertThat(refusal("a: 1\n b: 2\n")).contains("t.yml:2:3", "indentation");
    assertThat(refusal("a:\n  - b\n - c\n"))
        .contains("does not fit to the lines above", "t.yml:3:2");
    assertThat(refusal("a: \u0007x\n")).contains("U+0007", "t.yml:1:4");
    assertThat(refusal("a\nb: 1\n")).contains("t.yml:");
  }

  @Test
  void refusesHugeTexts() {
    assertThatThrownBy(
            () -> YamlReader.read(Source.of("big.yml", "a: " + "x".repeat(17 * 1024 * 1024))))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: \"\\u", "a: \"\\x1\"", "a: \"\\U0011\"", "a: \"\\UFFFFFFFF\""})
  void findsEscapesWithoutTheirDigits(String yaml) {
    assertThatThrownBy(() -> YamlReader.read(Source.of("x.yml", yaml)))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("x.yml:1:");
  }
}
