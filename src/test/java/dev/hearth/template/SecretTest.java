package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made from a secret is a secret. */
class SecretTest {

  private final Templar templar = Fixture.templar();
  private final Scope scope =
      Fixture.scope(
          Map.of(
              "pw", new Value.Secret("hunter2"),
              "box",
                  Value.Dict.ofTexts(
                      Map.of("pw", new Value.Secret("hunter2"), "user", Value.text("ann"))),
              "hidden",
                  new Value.Template("pre-{{ box.user }}", Fixture.at("pre-{{ box.user }}"), true),
              "sealed", new Value.Vaulted("$ANSIBLE_VAULT;1.1;AES256 00", Fixture.at("x"))));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ pw }}",
        "x{{ pw }}y",
        "{{ pw ~ 'x' }}",
        "{{ 'x' + pw }}",
        "{{ pw * 2 }}",
        "{{ '%s' % pw }}",
        "{{ '{}'.format(pw) }}",
        "{{ pw.upper() }}",
        "{{ ','.join([pw]) }}",
        "{{ pw | upper }}",
        "{{ pw | b64encode }}",
        "{{ pw | hash('sha256') }}",
        "{{ pw | password_hash('sha512', 'salt', rounds=1000) }}",
        "{{ box | to_json }}",
        "{{ box | to_nice_yaml }}",
        "{{ [pw] | join }}",
        "{{ 'a' | replace('a', pw) }}",
        "{{ pw[0] }}",
        "{{ pw[1:] }}",
        "{{ box.pw | default('x') }}",
        "{{ nope | default(pw) }}",
        "{{ box }}text",
        "{% set copy = pw %}{{ copy }}!",
        "{% macro m(v) %}<{{ v }}>{% endmacro %}{{ m(pw) }}",
        "{% filter upper %}{{ pw }}{% endfilter %}",
        "{% for c in pw %}{{ c }}{% endfor %}",
        "{{ [pw] | map('upper') | first }}",
        "{{ hidden }}",
        "{{ sealed }}",
        "{{ sealed | upper }}",
        "{{ true | ternary(pw, 'no') }}"
      })
  void textMadeFromASecretIsASecret(String template) {
    assertThat(templar.resolve(Fixture.template(template), scope)).isInstanceOf(Value.Secret.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ box.user }}",
        "{{ pw | length | string }}x",
        "{{ pw == 'x' }}x",
        "{{ box | length }}x"
      })
  void whatHasNoneOfItsTextIsNot(String template) {
    Value made = templar.resolve(Fixture.template(template), scope);
    assertThat(made).isInstanceOf(Value.Text.class);
  }

  @Test
  void containersKeepTheirLeaves() {
    Value made = templar.resolve(Fixture.template("{{ box | combine({'port': 1}) }}"), scope);
    assertThat(((Value.Dict) made).get("pw")).isEqualTo(new Value.Secret("hunter2"));
    assertThat(((Value.Dict) made).get("user")).isEqualTo(Value.text("ann"));
    assertThat(templar.resolve(Fixture.template("{{ [box.user, pw] | sort }}"), scope))
        .isEqualTo(new Value.Seq(List.of(Value.text("ann"), new Value.Secret("hunter2"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ pw | from_json }}",
        "{{ pw + 1 }}",
        "{{ pw.nosuch }}",
        "{{ pw | to_datetime }}",
        "{{ box[pw] }}",
        "{{ 1 | combine(pw) }}",
        "{{ pw is version('1', '<') }}"
      })
  void errorsDoNotTellIt(String template) {
    assertThatThrownBy(() -> templar.resolve(Fixture.template(template), scope))
        .isInstanceOfSatisfying(
            TemplateFailure.class,
            failure -> assertThat(failure.diagnostic().render()).doesNotContain("hunter2"));
  }

  @Test
  void aSecretFileRendersToASecret() {
    assertThat(
            templar.renderFile(
                new dev.hearth.diag.Source("t.j2", "plain"),
                true,
                dev.hearth.template.syntax.TemplateOptions.DEFAULT,
                scope))
        .isInstanceOf(Value.Secret.class);
  }
}
