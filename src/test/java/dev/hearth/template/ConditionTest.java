package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions are expressions that give true or false, as in ansible-core 2.19. */
class ConditionTest {

  private final Templar templar = Fixture.templar();
  private final Scope scope =
      Fixture.scope(
          Map.of(
              "x", Value.number(1),
              "s", Value.written("hello"),
              "yes", Value.Bool.TRUE,
              "told", Value.text("x == 1"),
              "sealed", new Value.Secret("x == 1", true),
              "broken", Value.written("x =="),
              "blank", Value.written(" "),
              "lazy", Fixture.template("{{ x == 1 }}"),
              "expression", Value.written("x == 1")));

  private boolean holds(Value condition) {
    return templar.condition(new Located(condition, Fixture.at("x")), scope);
  }

  @Test
  void holdWhenTheExpressionIsTrue() {
    assertThat(holds(Value.written("x == 1 and s is match('h')"))).isTrue();
    assertThat(holds(Value.written("x > 1"))).isFalse();
    assertThat(holds(Value.written("nope is defined"))).isFalse();
    assertThat(holds(Value.written("lazy"))).isTrue();
    assertThat(holds(Value.Bool.FALSE)).isFalse();
    assertThat(holds(Fixture.template("{{ yes }}"))).isTrue();
    assertThat(holds(Value.written("'a\\tb' | length == 3"))).isTrue();
  }

  @Test
  void textConstantsMayBeTemplates() {
    assertThat(holds(Fixture.template("s == '{{ s }}'"))).isTrue();
    assertThat(holds(Fixture.template("'{{ x }}' == 1 and s in ['{{ s }}']"))).isTrue();
    assertThat(templar.checkCondition(new Located(Fixture.template("s == '{{ s }}'"), at())))
        .isEmpty();
    assertThat(templar.checkCondition(new Located(Fixture.template("s == {{ s }}"), at())))
        .singleElement()
        .extracting(Diagnostic::summary)
        .asString()
        .contains("delimiters do not belong");
    assertThat(templar.referencesOfCondition(new Located(Fixture.template("y == '{{ s }}'"), at())))
        .extracting(Reference::name)
        .containsExactly("y");
  }

  private static Location at() {
    return Fixture.at("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "s", "expression", "", "none", "[1]", "x ==", "nope", "s | nosuch"})
  void anythingElseIsAnError(String condition) {
    assertThatThrownBy(() -> holds(Value.written(condition))).isInstanceOf(TemplateFailure.class);
  }

  @Test
  void textOfTheUsersOwnMayBeTheConditionBehindATemplate() {
    assertThat(holds(Fixture.template("{{ expression }}"))).isTrue();
    assertThat(holds(Fixture.template("{{ [expression] | first }}"))).isTrue();
    assertThat(holds(Fixture.template(" {{ nope | default(expression) }} "))).isTrue();
    assertThat(holds(Fixture.template("{{ sealed }}"))).isTrue();
    assertThatThrownBy(() -> holds(Fixture.template("{{ broken }}")))
        .isInstanceOfSatisfying(
            TemplateFailure.class,
            failure ->
                assertThat(failure.diagnostic().at().orElseThrow().source().name())
                    .contains("behind site.yml:1:1"));
    assertThatThrownBy(() -> holds(Fixture.template("{{ blank }}")))
        .isInstanceOfSatisfying(
            TemplateFailure.class,
            failure -> assertThat(failure.diagnostic().summary()).contains("empty"));
  }

  @Test
  void dataIsNeverTakenForAnExpression() {
    assertThatThrownBy(() -> holds(Value.text("x == 1"))).isInstanceOf(TemplateFailure.class);
    for (String computed :
        List.of("{{ told }}", "{{ 'x' }} == {{ 1 }}", "{{ 'x == 1' }}", "{{ [s] | join }}")) {
      assertThatThrownBy(() -> holds(Fixture.template(computed)))
          .as(computed)
          .isInstanceOfSatisfying(
              TemplateFailure.class,
              failure -> assertThat(failure.diagnostic().summary()).contains("nobody wrote"));
    }
    assertThatThrownBy(() -> holds(Fixture.template("x == {{ x }}")))
        .isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> holds(Value.number(1))).isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> holds(Value.NULL)).isInstanceOf(TemplateFailure.class);
  }
}
