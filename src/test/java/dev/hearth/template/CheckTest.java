package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Diagnostic;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong, and which variables are read, is known without evaluating. */
class CheckTest {

  private final Templar templar = Fixture.templar();

  private List<Diagnostic> check(String template) {
    return templar.check(Fixture.template(template));
  }

  @Test
  void unknownNamesAreFoundWhereTheyStand() {
    List<Diagnostic> found =
        check(
            "{% if x is deffined %}{{ x | uper }}{{ lookup('enw', 'A') }}{{ l | map('trimm') }}{{ l | selectattr('a', 'equalsto', 1) }}{% endif %}");
    assertThat(found)
        .extracting(Diagnostic::summary)
        .containsExactly(
            "there is no test 'deffined'",
            "there is no filter 'uper'",
            "there is no lookup 'enw'",
            "there is no filter 'trimm'",
            "there is no test 'equalsto'");
    assertThat(found.get(0).next()).isEqualTo("did you mean 'defined'?");
    assertThat(found.get(2).next()).isEqualTo("did you mean 'env'?");
  }

  @Test
  void rightTemplatesHaveNoFindings() {
    assertThat(check("{{ x | ansible.builtin.default('y') | map('ansible.builtin.upper') }}"))
        .isEmpty();
    assertThat(check("{{ x is ansible.builtin.failed }}{{ q('ansible.builtin.env', 'A') }}"))
        .isEmpty();
    assertThat(templar.check(Value.text("{{ data"))).isEmpty();
  }

  @Test
  void conditionsAreChecked() {
    Located condition = new Located(Value.text("x is difined"), Fixture.at("x is difined"));
    assertThat(templar.checkCondition(condition)).hasSize(1);
    assertThat(templar.checkCondition(new Located(Value.number(1), Fixture.at("1")))).hasSize(1);
    assertThat(templar.checkCondition(new Located(Value.text("x =="), Fixture.at("x =="))))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{{ a.b[c] }}; a c",
        "{{ a | default(b) }}; a? b?",
        "{{ a | default('x') }} {{ a }}; a? a?",
        "{{ a is defined and a.b }}; a? a?",
        "{{ a and b }}; a b?",
        "{{ a if b else c }}; a? b c?",
        "{% if a %}{{ b }}{% else %}{{ c }}{% endif %}; a b? c?",
        "{% for i in items_list %}{{ i }}{{ loop.index }}{{ z }}{% endfor %}; items_list z?",
        "{% set v = w %}{{ v }}; w",
        "{% macro m(p, q=d) %}{{ p }}{{ q }}{{ r }}{% endmacro %}{{ m(1) }}; d? r?",
        "{% with a = b %}{{ a }}{% endwith %}; b",
        "{{ lookup('vars', n) }} {{ range(k) }} {{ omit }}; n k",
        "{{ lookup('file', f, errors='ignore') }}; f?",
        "{{ [x, {'k': y}] }}; x y",
        "{% import 't.j2' as t %}{{ t.m(u) }}; u",
        "{% for a, b in d.items() if c %}{{ a }}{% endfor %}; d c?",
        "{{ a | mandatory }}; a?",
        "{{ a is undefined or a == 1 }}; a? a?"
      })
  void readVariablesAreNamed(String template, String wanted) {
    String found =
        templar.references(Fixture.template(template)).stream()
            .map(reference -> reference.name() + (reference.guarded() ? "?" : ""))
            .sorted()
            .collect(Collectors.joining(" "));
    assertThat(found)
        .isEqualTo(List.of(wanted.split(" ")).stream().sorted().collect(Collectors.joining(" ")));
  }

  @Test
  void referencesHaveTheirPlace() {
    Located condition = new Located(Value.text("ok and nope"), Fixture.at("ok and nope"));
    assertThat(templar.referencesOfCondition(condition))
        .extracting(reference -> reference.at().column())
        .containsExactly(1, 8);
  }
}
