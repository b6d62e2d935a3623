package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written, a template gives a value or a failure with a place, and ends. */
class FuzzTest {

  private static final List<String> TOKENS =
      List.of(
          "{{",
          "}}",
          "{%",
          "%}",
          "{#",
          "#}",
          "-%}",
          "{%-",
          "{{-",
          "-}}",
          "if",
          "elif",
          "else",
          "endif",
          "for",
          "in",
          "endfor",
          "set",
          "endset",
          "macro",
          "endmacro",
          "call",
          "endcall",
          "filter",
          "endfilter",
          "raw",
          "endraw",
          "block",
          "endblock",
          "with",
          "endwith",
          "include",
          "extends",
          "import",
          "from",
          "as",
          "x",
          "l",
          "d",
          "s",
          "nope",
          "loop",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          ",",
          ":",
          ".",
          "|",
          "~",
          "+",
          "-",
          "*",
          "**",
          "/",
          "//",
          "%",
          "==",
          "!=",
          "<",
          ">=",
          "=",
          "and",
          "or",
          "not",
          "is",
          "defined",
          "upper",
          "default",
          "map",
          "join",
          "sort",
          "combine",
          "regex_replace",
          "to_nice_yaml",
          "random",
          "batch",
          "round",
          "'a'",
          "\"b\"",
          "'",
          "1",
          "2.5",
          "0",
          "99999999999",
          "none",
          "true",
          "\n",
          " ",
          "\\",
          "é",
          "$",
          "namespace",
          "range",
          "lookup",
          "'vars'",
          "format",
          "'%s'",
          "recursive",
          "super()",
          "self",
          "items()",
          "append",
          "1e400",
          "{{{",
          "'{:>9}'",
          "slice",
          "center");

  /** What runs commands, writes files or asks the network is not mutilated. */
  private static final Pattern REACHES_OUT = Pattern.compile("pipe|lines|password|url'");

  private final Templar templar = Fixture.templar();
  private final Scope scope =
      Fixture.scope(
          Map.of(
              "x", Value.number(3),
              "s", Value.text("text"),
              "l", Value.Seq.of(Value.number(1), Value.text("b")),
              "d", Value.Dict.ofTexts(Map.of("a", Fixture.template("{{ x }}")))));

  private void mustEnd(String template) {
    Value raw = Fixture.template(template);
    templar.check(raw);
    templar.references(raw);
    try {
      assertThat(templar.resolve(raw, scope)).isNotNull();
    } catch (TemplateFailure failure) {
      assertThat(failure.diagnostic().at()).as(template).isPresent();
    }
  }

  @Test
  void randomTokensNeverBreakIt() {
    Random random = new Random(20261121);
    for (int round = 0; round < 30_000; round++) {
      StringBuilder template = new StringBuilder();
      int length = 1 + random.nextInt(14);
      boolean wrapped = random.nextBoolean();
      template.append(wrapped ? "{{ " : "");
      for (int i = 0; i < length; i++) {
        template
            .append(TOKENS.get(random.nextInt(TOKENS.size())))
            .append(random.nextInt(3) == 0 ? "" : " ");
      }
      template.append(wrapped ? " }}" : "");
      mustEnd(template.toString());
    }
  }

  @Test
  void mutilatedTemplatesNeverBreakIt() {
    List<String> whole =
        GoldenTemplateTest.cases()
            .map(
                line ->
                    ((Value.Text)
                            java.util.Objects.requireNonNull(
                                ((Value.Dict) dev.hearth.value.JsonReader.read(line))
                                    .get("template")))
                        .value())
            .filter(template -> !REACHES_OUT.matcher(template).find())
            .toList();
    Random random = new Random(7);
    for (String template : whole) {
      for (int round = 0; round < 8; round++) {
        int from = random.nextInt(template.length() + 1);
        int to = from + random.nextInt(Math.min(4, template.length() - from + 1));
        mustEnd(template.substring(0, from) + template.substring(to));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "[", "-", "not ", "{'a':", "x if ", "x.a(", "x|default(", "lookup('vars',"})
  void deepNestingIsRefused(String part) {
    assertThatThrownBy(
            () -> templar.resolve(Fixture.template("{{ " + part.repeat(20_000) + " }}"), scope))
        .isInstanceOf(TemplateFailure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'a' * 1000000000 }}",
        "{{ 10 ** 100000000 }}",
        "{{ range(1000000000) | list }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ 'a'.center(1000000000) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' is match('(x+)+\\1[yz]') }}",
        "{{ range(200) | product(range(200), range(200)) | list }}"
      })
  void hugeResultsAreRefused(String template) {
    assertThatThrownBy(() -> templar.resolve(Fixture.template(template), scope))
        .isInstanceOf(TemplateFailure.class);
  }

  @Test
  void longChainsWork() {
    assertThat(templar.resolve(Fixture.template("{{ 0" + " + 1".repeat(250) + " }}"), scope))
        .isEqualTo(Value.number(250));
  }
}
