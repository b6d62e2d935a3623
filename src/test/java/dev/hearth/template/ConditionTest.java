package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
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
              "s", Value.text("hello"),
              "yes", Value.Bool.TRUE,
              "lazy", Fixture.template("{{ x == 1 }}"),
              "expression", Value.text("x == 1")));

  private boolean holds(Value condition) {
    return templar.condition(new Located(condition, Fixture.at("x")), scope);
  }

  @Test
  void holdWhenTheExpressionIsTrue() {
    assertThat(holds(Value.text("x == 1 and s is match('h')"))).isTrue();
    assertThat(holds(Value.text("x > 1"))).isFalse();
    assertThat(holds(Value.text("nope is defined"))).isFalse();
    assertThat(holds(Value.text("lazy"))).isTrue();
    assertThat(holds(Value.Bool.FALSE)).isFalse();
    assertThat(holds(Fixture.template("{{ yes }}"))).isTrue();
    assertThat(holds(Value.text("'a\\tb' | length == 3"))).isTrue();
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
    assertThatThrownBy(() -> holds(Value.text(condition))).isInstanceOf(TemplateFailure.class);
  }

  @Test
  void dataIsNeverTakenForAnExpression() {
    assertThatThrownBy(() -> holds(Fixture.template("{{ expression }}")))
        .isInstanceOfSatisfying(
            TemplateFailure.class,
            failure -> assertThat(failure.diagnostic().summary()).contains("of type 'str'"));
    assertThatThrownBy(() -> holds(Fixture.template("x == {{ x }}")))
        .isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> holds(Value.number(1))).isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> holds(Value.NULL)).isInstanceOf(TemplateFailure.class);
  }
}
