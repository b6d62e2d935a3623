package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.value.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values with templates inside them. */
class ResolveTest {

  private final Templar templar = Fixture.templar();

  @Test
  void dataIsReturnedAsItIs() {
    Value data = Value.Seq.of(Value.text("{{ not a template }}"), Value.number(1));
    assertThat(templar.resolve(data, Fixture.scope(Map.of()))).isSameAs(data);
  }

  @Test
  void textOfAHostIsNeverTemplated() {
    Scope scope = Fixture.scope(Map.of("out", Value.text("{{ lookup('pipe', 'id') }}")));
    assertThat(templar.resolve(Fixture.template("{{ out }}"), scope))
        .isEqualTo(Value.text("{{ lookup('pipe', 'id') }}"));
    assertThat(templar.resolve(Fixture.template("a {{ out | trim }}"), scope))
        .isEqualTo(Value.text("a {{ lookup('pipe', 'id') }}"));
  }

  @Test
  void omitStaysAtTheTopAndDisappearsInside() {
    Scope scope = Fixture.scope(Map.of());
    Value omit = Fixture.template("{{ nope | default(omit) }}");
    assertThat(templar.resolve(omit, scope)).isEqualTo(Value.OMIT);
    assertThat(templar.resolve(Value.Seq.of(Value.number(1), omit), scope))
        .isEqualTo(Value.Seq.of(Value.number(1)));
    assertThat(templar.resolve(Value.Dict.ofTexts(Map.of("a", omit)), scope))
        .isEqualTo(Value.Dict.EMPTY);
  }

  @Test
  void localNamesAreNotSeenByOtherTemplates() {
    Scope scope = Fixture.scope(Map.of("x", Value.number(1), "y", Fixture.template("{{ x }}")));
    assertThat(templar.resolve(Fixture.template("{% set x = 2 %}{{ x }}{{ y }}"), scope))
        .isEqualTo(Value.text("21"));
  }

  @Test
  void variablesOfTheScopeAreNeverChanged() {
    Value list = Value.Seq.of(Value.number(1));
    Scope scope = Fixture.scope(Map.of("l", list));
    assertThat(templar.resolve(Fixture.template("{% set _ = l.append(2) %}{{ l }}"), scope))
        .isEqualTo(Value.Seq.of(Value.number(1), Value.number(2)));
    assertThat(templar.resolve(Fixture.template("{{ l }}"), scope)).isEqualTo(list);
  }

  @Test
  void lazyMappingsAreReadWhereTheyAreAsked() {
    Scope other = Fixture.scope(Map.of("a", Fixture.template("{{ b }}!"), "b", Value.number(7)));
    LazyMapping hosts =
        new LazyMapping() {
          @Override
          public @Nullable Value get(Value key) {
            return key.equals(Value.text("h1")) ? templar.view(other) : null;
          }

          @Override
          public Collection<Value> keys() {
            return List.of(Value.text("h1"));
          }
        };
    Scope scope = Fixture.scope(Map.of("hostvars", hosts, "b", Value.number(1)));
    assertThat(resolve("{{ hostvars.h1.a }} {{ hostvars['h1']['b'] }}", scope))
        .isEqualTo(Value.text("7! 7"));
    assertThat(
            resolve(
                "{{ 'h1' in hostvars }} {{ hostvars | list }} {{ hostvars.h2 is defined }}", scope))
        .isEqualTo(Value.text("True ['h1'] False"));
    assertThat(resolve("{{ ['h1'] | map('extract', hostvars, 'b') | list }}", scope))
        .isEqualTo(Value.Seq.of(Value.number(7)));
    assertThat(resolve("{{ hostvars['h1'] | dict2items | map(attribute='key') | list }}", scope))
        .isEqualTo(Value.Seq.of(Value.text("a"), Value.text("b")));
  }

  @Test
  void aViewThatNeedsItselfEndsWithAFailure() {
    LazyMapping[] self = new LazyMapping[1];
    Scope scope =
        new Scope() {
          @Override
          public @Nullable Value find(String name) {
            return switch (name) {
              case "me" -> self[0];
              case "x" -> Fixture.template("{{ me.x }}");
              default -> null;
            };
          }

          @Override
          public java.util.Set<String> names() {
            return java.util.Set.of("me", "x");
          }

          @Override
          public SearchPath searchPath() {
            return SearchPath.NONE;
          }
        };
    self[0] = templar.view(scope);
    assertThatThrownBy(() -> resolve("{{ x }}", scope)).isInstanceOf(TemplateFailure.class);
  }

  private Value resolve(String template, Scope scope) {
    return templar.resolve(Fixture.template(template), scope);
  }
}
